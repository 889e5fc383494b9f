/** Programs of several source files on the command line. */
import { describe, expect, it } from 'vitest';
import { asmCommand } from '../../src/cli/asm.ts';
import { compareCommand } from '../../src/cli/compare.ts';
import { disasmCommand } from '../../src/cli/disasm.ts';
import { type Command, dispatch } from '../../src/cli/dispatch.ts';
import { runCommand } from '../../src/cli/run.ts';
import { ASM, COMPARE, DISASM, RUN } from '../../src/cli/specs.ts';
import { fakeIo } from '../support/fakeIo.ts';
import { readGuest } from '../support/guests.ts';

const COMMANDS: readonly Command[] = [
  { spec: RUN, run: runCommand }, { spec: COMPARE, run: compareCommand }, { spec: ASM, run: asmCommand }, { spec: DISASM, run: disasmCommand },
];

/** Ends with the number of its arguments, argv[0] left out. */
const MAIN = '        .globl  _start\n_start: b       leave\n';
const LEAVE = '# refault: memory=8M\n        .globl  leave\nleave:  subi    r3, r3, 1\n        li      r0, 234\n        sc\n';
const FILES = { 'main.s': MAIN, 'leave.s': LEAVE };

async function run(args: readonly string[], files: Readonly<Record<string, string | Uint8Array>> = FILES): Promise<{ out: string; err: string; status: number }> {
  const io = fakeIo(files);
  const status = await dispatch(COMMANDS, args, io);
  return { ...io.printed, status };
}

describe('several source files', () => {
  it('make one program, and what follows them are its arguments', async () => {
    expect((await run(['run', 'main.s', 'leave.s'])).status).toBe(0);
    expect((await run(['run', 'main.s', 'leave.s', 'one', 'two.s'])).status).toBe(2);
  });

  it('end at "--": a source file behind it is an argument', async () => {
    expect((await run(['run', 'main.s', 'leave.s', '--', 'three.s', 'four', '--json'])).status).toBe(3);
  });

  it('are run under several kernels too', async () => {
    expect((await run(['compare', 'main.s', 'leave.s', '--kernels', '2.6.18'])).out).toMatch(/^2\.6\.18 +1 +The program ended with status 0\.$/m);
  });

  it('have a listing each, with addresses of the whole program', async () => {
    const { out } = await run(['asm', 'main.s', 'leave.s']);
    expect(out).toMatch(/^main\.s:\n/);
    expect(out).toContain('10000000  48000004          _start: b       leave');
    expect(out).toContain('leave.s:\n');
    expect(out).toContain('10000004  3863ffff          leave:  subi    r3, r3, 1');
  });

  it('are named by the disassembler', async () => {
    const { out } = await run(['disasm', 'main.s', 'leave.s']);
    expect(out).toContain('b       0x10000004 <leave>');
    expect(out).toContain('# leave.s:3');
  });

  it('do not go together with an ELF program', async () => {
    const { err, status } = await run(['disasm', 'main.s', 'guest'], { ...FILES, guest: readGuest('hello_asm') });
    expect([status, err]).toEqual([125, 'guest: This is an ELF program, not assembler source: only source files go together.\n']);
  });

  it('tell every mistake of every file', async () => {
    const { err, status } = await run(['run', 'main.s', 'bad.s'], { ...FILES, 'bad.s': 'leave: frob 1\n' });
    expect(status).toBe(125);
    expect(err).toContain('main.s:2:17: The symbol "leave" is not defined in the PowerPC program. The file bad.s defines it: export it there with ".globl leave".');
    expect(err).toContain('bad.s:1:8: "frob" is no PowerPC instruction and no macro.');
  });
});
