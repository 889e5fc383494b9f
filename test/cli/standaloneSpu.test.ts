/** Standalone SPU programs: stop codes are those of newlib's exit for the SPU and of libspe2, statuses those of docs/commandline.md. */
import { describe, expect, it } from 'vitest';
import { refault } from '../support/refault.ts';
import { spuElf } from '../support/standaloneSpu.ts';

const TWO_WORDS = `
_start: il      $10, 5
        wrch    $SPU_WrOutMbox, $10
        ilhu    $11, 0xffff
        wrch    $SPU_WrOutIntrMbox, $11
        ai      $10, $10, 1
        wrch    $SPU_WrOutMbox, $10
        stop    0x2007
`;

/** Fetches the second pointer of argv, whose address is in r4, then what it points to, and sends the first word. */
const COPY_ARGUMENT = `
        .equ    SIZE, 32
_start: shlqbyi $21, $4, 4              # argv: high word in $4, low word in $21
        ai      $21, $21, 8             # the second pointer
        andi    $24, $21, 15
        sf      $25, $24, $21           # its quadword
        il      $26, 0x1000
        brsl    $0, fetch
        lqd     $28, 0($26)
        rotqby  $28, $28, $24           # the pointer itself
        shlqbyi $21, $28, 4
        andi    $24, $21, 15
        sf      $25, $24, $21
        ori     $4, $28, 0
        brsl    $0, fetch
        lqd     $28, 0($26)             # the text may lie in two quadwords
        lqd     $29, 16($26)
        shlqby  $28, $28, $24
        ai      $24, $24, -16
        rotqmby $29, $29, $24
        or      $28, $28, $29
        wrch    $SPU_WrOutMbox, $28
        stop    0x2000
fetch:  wrch    $MFC_LSA, $26
        wrch    $MFC_EAH, $4
        wrch    $MFC_EAL, $25
        il      $30, SIZE
        wrch    $MFC_Size, $30
        il      $31, 3
        wrch    $MFC_TagID, $31
        il      $32, 0x40               # get
        wrch    $MFC_Cmd, $32
        il      $33, 8
        wrch    $MFC_WrTagMask, $33
        il      $34, 2
        wrch    $MFC_WrTagUpdate, $34
        rdch    $35, $MFC_RdTagStat
        bi      $0
`;

const WRITE = `
_start: ila     $2, args
        stop    0x2101
        .long   27 << 24 | args         # write
        lqd     $3, 0($2)
        wrch    $SPU_WrOutMbox, $3
        stop    0x2000
        .balign 16
args:   .long   1, 0, 0, 0
        .long   text, 0, 0, 0
        .long   6, 0, 0, 0
text:   .ascii  "hello\\n"
`;

/** getpid (20) through the block whose address stands behind the stop. */
const SYSTEM_CALL = `
_start: stop    0x2104
        .long   block
        ila     $2, block
        lqd     $3, 0($2)
        shlqbyi $3, $3, 4
        wrch    $SPU_WrOutMbox, $3
        stop    0x2000
        .balign 16
block:  .quad   20, 0, 0, 0, 0, 0, 0
`;

async function run(source: string, ...args: string[]): Promise<{ readonly status: number; readonly out: string; readonly err: string }> {
  const { status, out, err } = await refault(['run', 'p.spu.elf', ...args], { 'p.spu.elf': spuElf(source) });
  return { status, out: out.slice(0, out.indexOf('\n#  cycle')), err };
}

describe('refault run of an SPU program', () => {
  it('prints its mail, and ends with the code that it exits with', async () => {
    expect(await run(TWO_WORDS)).toEqual({
      status: 7,
      out: 'SPU_WrOutMbox 0x00000005\nSPU_WrOutIntrMbox 0xffff0000\nSPU_WrOutMbox 0x00000006\n',
      err: 'The SPU program called exit: stop code 0x2007, SPU_Status 0x20070002, next instruction 0x0001c\n',
    });
  });

  it('takes assembler source as well', async () => {
    const { status, out } = await refault(['run', 'p.spu.s'], { 'p.spu.s': TWO_WORDS });
    expect(status).toBe(7);
    expect(out).toMatch(/^SPU_WrOutMbox 0x00000005\n/);
  });

  it('gives it its arguments', async () => {
    // The bytes of "word".
    expect((await run(COPY_ARGUMENT, 'word')).out).toBe('SPU_WrOutMbox 0x776f7264\n');
  });

  it.each([
    ['stop 5', 118, 'The SPU program stopped with a code that is no exit (0x2000 to 0x20ff): stop code 0x0005, SPU_Status 0x00050002, next instruction 0x00004\n'],
    ['stop 0x2100\n.long 37 << 24', 119, 'The SPU program stopped for a library call that is not served (of 0x2101 read, write, open, close and lseek are; 0x2104 is the kernel\'s): stop code 0x2100, SPU_Status 0x21000002, next instruction 0x00004\n'],
    ['il $3, 1\nheqi $3, 1', 120, 'The SPU program halted: stop code 0x0000, SPU_Status 0x00000004, next instruction 0x00008\n'],
  ])('%s ends with %d', async (code, status, err) => {
    expect(await run(`_start: ${code}\n`)).toMatchObject({ status, err });
  });

  it('makes POSIX library calls for it', async () => {
    expect(await run(WRITE)).toMatchObject({ status: 0, out: 'hello\nSPU_WrOutMbox 0x00000006\n' });
  });

  it('has the kernel make system calls for it', async () => {
    expect(await run(SYSTEM_CALL)).toMatchObject({ status: 0, out: 'SPU_WrOutMbox 0x000003e8\n' });
  });

  it('says who waits when it waits for mail that nobody sends', async () => {
    const { out, status } = await refault(['run', 'p.spu.elf'], { 'p.spu.elf': spuElf('_start: rdch $3, $SPU_RdInMbox\n') });
    expect(status).toBe(123);
    expect(out).toMatch(/Deadlock\. .*waits for SPU_RdInMbox at 0x0\.\n$/);
  });
});
