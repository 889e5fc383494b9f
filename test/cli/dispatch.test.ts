import { describe, expect, it } from 'vitest';
import manifest from '../../package.json';
import { type CommandSpec, parseChoice, parseCommand, parseNumber } from '../../src/cli/args.ts';
import { COMMANDS } from '../../src/cli/commands.ts';
import { type Command, dispatch } from '../../src/cli/dispatch.ts';
import { CommandError } from '../../src/cli/io.ts';
import { ProgramErrors } from '../../src/sim/program/program.ts';
import { fakeIo } from '../support/fakeIo.ts';

const SPEC = {
  name: 'try',
  about: 'tries things',
  operands: 'PROGRAM [ARGUMENTS...]',
  options: { kernel: { value: 'PROFILE', about: 'the kernel' }, json: { about: 'print JSON' } },
} as const satisfies CommandSpec;
const ONE_FILE = { name: 'show', about: 'shows a file', operands: 'FILE', options: {} } as const satisfies CommandSpec;
const NOTHING = { name: 'wait', about: 'waits', operands: '', options: {} } as const satisfies CommandSpec;

/** Commands that print what they were called with, or fail. */
const commands: readonly Command[] = [
  {
    spec: SPEC,
    run: (args, io) => {
      io.out(JSON.stringify(parseCommand(SPEC, args)));
      return 7;
    },
  },
  { spec: ONE_FILE, run: (args) => parseCommand(ONE_FILE, args).operands.length },
  { spec: NOTHING, run: (args) => parseCommand(NOTHING, args).operands.length },
  {
    spec: { ...NOTHING, name: 'fail' },
    run: () => Promise.reject(new ProgramErrors([
      { file: 'a.s', line: 3, column: 7, message: 'One.' },
      { file: 'a.s', line: 4, column: 1, message: 'Two.' },
    ])),
  },
  { spec: { ...NOTHING, name: 'break' }, run: () => { throw new TypeError('x is not y'); } },
];

async function refault(...args: readonly string[]): Promise<{ status: number; out: string; err: string }> {
  const io = fakeIo();
  const status = await dispatch(commands, args, io);
  return { status, ...io.printed };
}

describe('a command', () => {
  it('gets its options and operands, and its status is the exit status', async () => {
    expect(await refault('try', 'p.s', '--kernel', '2.6.18', 'a', '--json', '--', '--b')).toEqual({
      status: 7, err: '', out: '{"options":{"kernel":"2.6.18","json":true},"operands":["p.s","a","--b"],"ahead":2}',
    });
    expect((await refault('try', '--kernel=2.6.18', 'p.s')).out).toContain('{"kernel":"2.6.18"}');
  });

  it('leaves to the guest program what stands behind --, and behind its name what is no option of the command', async () => {
    expect((await refault('try', 'p.s', '--', '--help', '--json', '--')).out).toBe('{"options":{},"operands":["p.s","--help","--json","--"],"ahead":1}');
    expect((await refault('try', '--', '-p', '-h')).out).toBe('{"options":{},"operands":["-p","-h"],"ahead":0}');
    expect((await refault('try', 'p.s', '-x', '-h', '-n', '5', '--color=red', '--constructor', '-', '--json', '')).out).toBe(
      '{"options":{"json":true},"operands":["p.s","-x","-h","-n","5","--color=red","--constructor","-",""],"ahead":9}',
    );
  });

  it('gets the last of an option that is given twice', async () => {
    expect((await refault('try', '--kernel', 'a', '--kernel=b', 'p.s')).out).toContain('{"kernel":"b"}');
  });
});

describe('help', () => {
  it.each([[[]], [['--help']], [['-h']], [['help']]])('lists the commands for %j', async (args) => {
    const { status, out } = await refault(...args);
    expect(status).toBe(0);
    expect(out).toContain('Usage: refault COMMAND ...');
    expect(out).toContain('  try    tries things\n');
  });

  it.each([[['try', '--help']], [['try', '-h']], [['try', 'p.s', '--help']], [['help', 'try']]])('describes a command for %j', async (args) => {
    const { status, out } = await refault(...args);
    expect(status).toBe(0);
    expect(out).toContain('refault try tries things.\n\nUsage: refault try PROGRAM [ARGUMENTS...] [OPTIONS]\n\n  --kernel PROFILE  the kernel\n  --json            print JSON\n');
  });

  it('is there for every real command', async () => {
    for (const { spec } of COMMANDS) {
      const io = fakeIo();
      expect(await dispatch(COMMANDS, [spec.name, '--help'], io)).toBe(0);
      expect(io.printed.out).toContain(`Usage: refault ${spec.name}`);
    }
    expect(COMMANDS.map(({ spec }) => spec.name)).toEqual(['run', 'compare', 'listing', 'dap', 'asm', 'disasm']);
  });

  it('has a version', async () => {
    expect(await refault('--version')).toEqual({ status: 0, out: `refault ${manifest.version}\n`, err: '' });
  });
});

describe('what is wrong is one sentence and status 125', () => {
  it.each([
    [['tyr'], 'There is no command "tyr"; did you mean "try"?'],
    [['debug'], 'There is no command "debug"; the commands are try, show, wait, fail and break.'],
    [['--json'], 'There is no option --json in front of a command; "refault --help" shows how it is called.'],
    [['help', 'nothing'], 'There is no command "nothing"; the commands are try, show, wait, fail and break.'],
    [['try'], 'refault try needs a PROGRAM: refault try PROGRAM [ARGUMENTS...].'],
    [['try', 'p', '--kernle', 'x'], 'refault try has no option --kernle; did you mean --kernel?'],
    [['try', '--color', 'p'], 'refault try has no option --color; options of the guest program go behind "--"; "refault try --help" lists those it has.'],
    [['try', '-x', 'p'], 'refault try has no option -x; options of the guest program go behind "--"; "refault try --help" lists those it has.'],
    [['try', '--constructor', 'p'], 'refault try has no option --constructor; options of the guest program go behind "--"; "refault try --help" lists those it has.'],
    [['try', 'p', '--kernel'], '--kernel needs a value: --kernel PROFILE.'],
    [['try', 'p', '--kernel='], '--kernel needs a value: --kernel PROFILE.'],
    [['try', 'p', '--kernel', '--json'], '--kernel needs a value: --kernel PROFILE.'],
    [['try', 'p', '--json=yes'], '--json takes no value; write "refault try --json".'],
    [['show', 'a', '-x'], 'refault show has no option -x; "refault show --help" lists those it has.'],
    [['show', 'a', 'b'], 'refault show takes FILE; "b" is one too many.'],
    [['wait', 'a'], 'refault wait takes no operands; "a" is one too many.'],
  ])('%j', async (args, sentence) => {
    expect(await refault(...args)).toEqual({ status: 125, out: '', err: `refault: ${sentence}\n` });
  });

  it('or every error of a program with its place', async () => {
    expect(await refault('fail')).toEqual({ status: 125, out: '', err: 'a.s:3:7: One.\na.s:4:1: Two.\n' });
  });

  it('or says that the mistake is its own', async () => {
    const { status, err } = await refault('break');
    expect(status).toBe(125);
    expect(err).toMatch(/^refault: This is a mistake in Refault itself: TypeError: x is not y/);
  });
});

describe('values', () => {
  it('are whole numbers within bounds', () => {
    expect(parseNumber('--spes', '16', 0, 16)).toBe(16);
    for (const text of ['17', '-1', '1.5', '', '1e1', 'four']) {
      expect(() => parseNumber('--spes', text, 0, 16)).toThrow(new CommandError(`--spes takes a whole number from 0 to 16, not "${text}".`));
    }
  });

  it('are words from a list', () => {
    expect(parseChoice('--page-size', '64K', ['4K', '64K'])).toBe('64K');
    expect(() => parseChoice('--page-size', '8K', ['4K', '64K'])).toThrow(new CommandError('--page-size takes 4K or 64K, not "8K".'));
  });
});
