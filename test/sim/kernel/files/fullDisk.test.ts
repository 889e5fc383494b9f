/** A disk of three pages: what there is room for is written, the rest is refused, and what is given up can be had again. */
import { describe, expect, it } from 'vitest';
import { ERRNO } from '../../../../src/sim/kernel/syscall/errno.ts';
import { type AssemblyRun, runAssembly } from '../assembly.ts';

const PAGE = 4096;
const O_DIRECT = 0o400000;

/** With /tmp/f open in r31, and four pages of data. */
function run(body: string, flags = 0): AssemblyRun {
  return runAssembly(`
        .macro  call number, second, third
        mr      r3, r31
        li      r4, \\second
        li      r5, \\third
        system  \\number
        show
        .endm
        .macro  write_pages
        mr      r3, r31
        address r4, data
        li      r5, 16384
        system  4
        show
        .endm
        .macro  room
        address r3, name
        address r4, stat
        system  99
        address r4, stat
        ld      r3, 24(r4)
        show
        .endm
        address r3, name
        lis     r4, ${String((flags | 0o102) >> 16)}
        ori     r4, r4, ${String((flags | 0o102) & 0xffff)}
        li      r5, 0644
        system  5
        mr      r31, r3
${body}
        quit    0
        .data
name:   .asciz  "/tmp/f"
        .balign 4096
data:   .space  16384, 7
stat:   .space  120
`, { configuration: { diskBytes: 3 * PAGE } });
}

describe('a full disk', () => {
  it('takes what fits, refuses the rest with ENOSPC, and has room again when a file shrinks or goes', () => {
    const { shown } = run(`
        room
        write_pages
        room
        write_pages
        call    19, 0, 0
        write_pages
        call    93, 4096, 0
        room
        call    19, 0, 0
        write_pages
        address r3, name
        system  10
        show
        mr      r3, r31
        system  6
        address r3, other
        li      r4, 0102
        li      r5, 0644
        system  5
        mr      r31, r3
        write_pages
        .data
other:  .asciz  "/tmp/g"
        .text`);
    expect(shown).toEqual([3, 3 * PAGE, 0, -ERRNO.ENOSPC, 0, 3 * PAGE, 0, 2, 0, 3 * PAGE, 0, 3 * PAGE]);
  });

  it('refuses a direct write whole', () => {
    expect(run(`
        write_pages
        room`, O_DIRECT).shown).toEqual([-ERRNO.ENOSPC, 3]);
  });

  it('fails pages of a shared mapping when they are written back', () => {
    const { shown } = run(`
        call    93, 16384, 0
        li      r3, 0
        li      r4, 16384
        li      r5, 3
        li      r6, 1
        mr      r7, r31
        li      r8, 0
        system  90
        mr      r30, r3
        stb     r30, 0(r30)
        stb     r30, 4096(r30)
        stb     r30, 8192(r30)
        stb     r30, 12288(r30)
        mr      r3, r30
        li      r4, 16384
        li      r5, 4
        system  144
        show
        room`);
    expect(shown).toEqual([0, -ERRNO.EIO, 0]);
  });

  it('gives no block to a hole that is only read', () => {
    const { shown, machine } = run(`
        call    93, 16384, 0
        call    19, 0, 0
        mr      r3, r31
        address r4, data
        li      r5, 16384
        system  3
        show
        mr      r3, r31
        li      r4, 0
        li      r5, 0
        li      r6, 4
        system  233
        show
        room`);
    expect(shown).toEqual([0, 0, 4 * PAGE, 0, 3]);
    expect([...machine.state.frames.cached.values()].filter(({ inode }) => inode.path === '/tmp/f')).toEqual([]);
  });
});
