/** What people mistype: launch arguments, addresses of code, threads of breakpoints, commands of the console. */
import { describe, expect, it, onTestFinished } from 'vitest';
import { DapClient, type Message } from '../support/dapClient.ts';
import { example, program, stopped, topFrame } from './conversations/talk.ts';

function client(): DapClient {
  const made = new DapClient();
  onTestFinished(() => { made.dispose(); });
  return made;
}

async function stoppedAtEntry(path: string): Promise<DapClient> {
  const made = client();
  await made.launch({ program: path, stopOnEntry: true });
  await stopped(made);
  return made;
}

/** What the debug console says. */
function consoleText({ messages }: DapClient): string {
  const isOutput = (m: Message): m is Message & { body: { category: string; output: string } } => m.type === 'event' && 'event' in m && m.event === 'output';
  return messages.filter(isOutput).filter(({ body }) => body.category === 'console').map(({ body }) => body.output).join('');
}

async function refusalOf(made: DapClient, command: string, args: object): Promise<string> {
  const response = await made.request(command, args);
  expect(response.success).toBe(false);
  return response.message ?? '';
}

describe('launch arguments', () => {
  it('that are near to one, or belong to the machine, are named in the console; those of editors are not', async () => {
    const made = client();
    await made.launch({
      program: program('calls.s'), stopOnEntry: true, kernle: '2.6.18', spes: 4, memroy: '64M',
      type: 'cell', request: 'launch', name: 'x', preLaunchTask: 'y', internalConsoleOptions: 'z', suppressMultipleSessionWarning: true, __sessionId: 'q', cwd: '.', whatever: 1,
    });
    await stopped(made);
    expect(consoleText(made)).toBe(
      'There is no launch argument "kernle"; "kernel" was probably meant.\n'
      + 'The launch argument "spes" does nothing here: it belongs to the machine, as "machine": { "spes": ... }.\n'
      + 'There is no launch argument "memroy"; "machine": { "memory": ... } was probably meant.\n',
    );
  });

  it.each([
    [{ args: ['a\0b'] }, 'args[0] of launch has to be a string without NUL characters'],
    [{ env: { 'A=B': 'y' } }, 'env["A=B"] of launch has to be left out: the name of a variable'],
    [{ env: { '': 'y' } }, 'env[""] of launch has to be left out: the name of a variable'],
    [{ env: { A: 'y\0' } }, 'env.A of launch has to be a string without NUL characters'],
    [{ machine: { mappingLimits: { x: '1' } } }, 'machine.mappingLimits["x"] of launch has to be left out: mappings have names like'],
  ])('that cannot be are refused: %j', async (args, sentence) => {
    const made = client();
    await made.initialize();
    expect(await refusalOf(made, 'launch', { program: program('calls.s'), ...args })).toContain(sentence);
  });
});

describe('a program counter', () => {
  it('of the PPE is a multiple of 4', async () => {
    const made = await stoppedAtEntry(program('calls.s'));
    const frame = await topFrame(made, 1000);
    const set = { expression: '$pc = $pc + 3', frameId: frame.id, context: 'repl' };
    expect(await refusalOf(made, 'evaluate', set)).toContain('Instructions are at multiples of 4.');
    expect(await refusalOf(made, 'setExpression', { expression: '$pc', value: '0x10000002', frameId: frame.id })).toContain('Instructions are at multiples of 4.');
    expect((await topFrame(made, 1000)).instructionPointerReference).toBe(frame.instructionPointerReference);
    await made.ask('evaluate', { ...set, expression: '$pc = $pc + 4' });
    expect(await refusalOf(made, 'goto', { threadId: 1000, targetId: 0x1000_0002 })).toContain('Instructions are at multiples of 4.');
  });

  it('of an SPU is a multiple of 4 in its local store', async () => {
    const made = client();
    await made.launch({ program: example('retry.s') });
    await stopped(made);
    const frame = await topFrame(made, 100_001);
    for (const [value, sentence] of [['2', 'Instructions are at multiples of 4.'], ['0x40000', 'The local store ends at 0x40000.']]) {
      expect(await refusalOf(made, 'evaluate', { expression: `$pc = ${value ?? ''}`, frameId: frame.id, context: 'repl' })).toContain(sentence);
    }
    await made.ask('evaluate', { expression: '$pc = 0x3fffc', frameId: frame.id, context: 'repl' });
  });
});

describe('a jump', () => {
  it('has only places on the nearest line with code', async () => {
    const made = await stoppedAtEntry(example('retry.s'));
    const { targets } = await made.ask<{ targets: { line: number; label: string }[] }>('gotoTargets', { source: { path: example('retry.s') }, line: 41 });
    expect(targets.map(({ line }) => line)).toEqual([41]);
  });
});

describe('an instruction breakpoint', () => {
  it('of a task or context that does not exist is nowhere', async () => {
    const made = await stoppedAtEntry(program('calls.s'));
    const { instructionPointerReference } = await topFrame(made, 1000);
    const address = instructionPointerReference.split(':').at(-1) ?? '';
    const references = [`ea:999:${address}`, 'ls:nobody:0x0'];
    const { breakpoints } = await made.ask<{ breakpoints: object[] }>('setInstructionBreakpoints', { breakpoints: references.map((instructionReference) => ({ instructionReference })) });
    expect(breakpoints).toMatchObject([
      { verified: false, message: 'There is no task 999 now.' }, { verified: false, message: 'There is no SPE context nobody now.' },
    ]);
  });

  it('holds in the address space of its task: a child of fork goes past it', async () => {
    const source = `
        .globl  _start
_start: li      r0, 2                   # fork
        sc
        cmpdi   r3, 0
        beq     both
        li      r4, 0
        li      r5, 0
        li      r6, 0
        li      r0, 114                 # wait4
        sc
both:   li      r3, 0
        li      r0, 234
        sc
`;
    const made = new DapClient({ files: { '/fork.s': source } });
    onTestFinished(() => { made.dispose(); });
    // `both` is the tenth instruction behind _start.
    await made.launch({ program: '/fork.s', stopOnEntry: true });
    await stopped(made);
    const { instructionPointerReference } = await topFrame(made, 1000);
    const { breakpoints } = await made.ask<{ breakpoints: { verified: boolean }[] }>('setInstructionBreakpoints', { breakpoints: [{ instructionReference: instructionPointerReference, offset: 36 }] });
    expect(breakpoints).toMatchObject([{ verified: true }]);
    await made.ask('continue', { threadId: 1000 });
    expect(await stopped(made)).toMatchObject({ reason: 'instruction breakpoint', threadId: 1000 });
    await made.ask('continue', { threadId: 1000 });
    await made.event('exited');
  });
});

describe('a command of the console', () => {
  it('that does not exist is named before the list', async () => {
    const made = await stoppedAtEntry(program('calls.s'));
    const answer = async (expression: string): Promise<string> => (await made.ask<{ result: string }>('evaluate', { expression, context: 'repl' })).result;
    expect(await answer('info  nonsense')).toMatch(/^There is no command "info nonsense"; these are the commands\.\n\n/);
    expect(await answer('info')).toMatch(/^"info" alone shows nothing; say what to show\.\n\n/);
    expect(await answer('help')).not.toContain('no command');
  });
});
