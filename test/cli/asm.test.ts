import { describe, expect, it } from 'vitest';
import { asmCommand } from '../../src/cli/asm.ts';
import { disasmCommand } from '../../src/cli/disasm.ts';
import type { Command } from '../../src/cli/dispatch.ts';
import { dispatch } from '../../src/cli/dispatch.ts';
import { ASM, DISASM } from '../../src/cli/specs.ts';
import { fakeIo } from '../support/fakeIo.ts';
import { readGuest } from '../support/guests.ts';

const COMMANDS: readonly Command[] = [{ spec: ASM, run: asmCommand }, { spec: DISASM, run: disasmCommand }];

/** Runs a command; what it printed, and its status. */
async function run(args: readonly string[], files: Readonly<Record<string, string | Uint8Array>>): Promise<{ out: string; err: string; status: number }> {
  const io = fakeIo(files);
  const status = await dispatch(COMMANDS, args, io);
  return { ...io.printed, status };
}

const MAIN = `        .include "defs.inc"
        .text
        .globl  _start
_start: pair    3, 4
        li      5,SIZE; nop
loop:   b       loop
        .section .rodata
text:   .asciz  "The quick brown fox jumps over the lazy dog."
        .bss
        .space  64
        .section .spu.work,"ax"
main:   il      $3,SIZE
again:  br      again
`;
const FILES = { 'main.s': MAIN, 'defs.inc': '.equ SIZE, 8\n.macro pair a, b\nmr \\a,\\b\nmr \\b,\\a\n.endm\n' };

describe('refault asm', () => {
  it('prints a listing with addresses and encodings', async () => {
    const { out, status } = await run(['asm', 'main.s'], FILES);
    expect(out).toBe(`main.s:
    1                                        .include "defs.inc"
    2                                        .text
    3                                        .globl  _start
    4                                _start: pair    3, 4
       10000000    7c832378          + mr 3,4
       10000004    7c641b78          + mr 4,3
    5  10000008    38a00008                  li      5,SIZE; nop
       1000000c    60000000
    6  10000010    48000000          loop:   b       loop
    7                                        .section .rodata
    8  10010000    5468652071756963  text:   .asciz  "The quick brown fox jumps over the lazy dog."
                   6b2062726f776e20
                   666f78206a756d70
                   73206f7665722074
                   ... 45 bytes
    9                                        .bss
   10  10020000    64 zeros                  .space  64
   11                                        .section .spu.work,"ax"
   12  work:00000  40800403          main:   il      $3,SIZE
   13  work:00004  32000000          again:  br      again
`);
    expect(status).toBe(0);
  });

  it('prints all mistakes, and nothing else', async () => {
    const { out, err, status } = await run(['asm', 'bad.s'], { 'bad.s': '_start: nopp\n\tli 3,99999\n' });
    expect([out, err, status]).toEqual(['', 'bad.s:1:9: "nopp" is no PowerPC instruction and no macro. Did you mean "nop"?\nbad.s:2:7: This operand of "li" is 99999; it must be -32768 to 32767.\n', 125]);
  });

  it('says what to do with a program that is assembled already, and with none', async () => {
    expect((await run(['asm', 'hello'], { hello: readGuest('hello_asm') })).err).toBe(
      'refault: "hello" is an ELF program, not assembler source; "refault disasm hello" disassembles it.\n',
    );
    expect((await run(['asm', 'none.s'], {})).err).toBe('refault: "none.s" does not exist; check its path.\n');
  });
});

describe('refault disasm', () => {
  it('prints symbols, words, text and source lines of a source file', async () => {
    const { out, status } = await run(['disasm', 'main.s'], FILES);
    expect(out).toBe(`
10000000 <_start>:
10000000  7c832378  mr      r3,r4                        # main.s:4
10000004  7c641b78  mr      r4,r3
10000008  38a00008  li      r5,8                         # main.s:5
1000000c  60000000  nop

10000010 <loop>:
10000010  48000000  b       0x10000010 <loop>            # main.s:6

SPU program work:

00000 <main>:
00000  40800403  il      $3,8                            # main.s:12

00004 <again>:
00004  32000000  br      4 <again>                       # main.s:13
00008  00000000  stop
0000c  00000000  stop
`);
    expect(status).toBe(0);
  });

  it('does the same for an ELF program', async () => {
    const { out } = await run(['disasm', 'hello'], { hello: readGuest('hello_asm') });
    // The words are those of the source, which `refault asm` lists.
    expect(out).toContain('\n10000148 <_start>:\n10000148  3c800000  lis     r4,0\n');
    expect(out).toContain('  44000002  sc\n');
  });
});
