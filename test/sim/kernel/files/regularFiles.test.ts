/** Files in memory: what one way of reaching the bytes writes, every other one reads. */
import { describe, expect, it } from 'vitest';
import { ERRNO } from '../../../../src/sim/kernel/syscall/errno.ts';
import { hostFolder, runAssembly } from '../assembly.ts';

/** open("/tmp/f", O_RDWR | O_CREAT, 0644) to r31. */
const OPEN = `
        address r3, name
        li      r4, 0102
        li      r5, 0644
        system  5
        mr      r31, r3
`;
const NAME = `
        .data
name:   .asciz  "/tmp/f"
buffer: .space  64
`;

describe('read, write and seek', () => {
  it('reads back what was written, and 0 at the end', () => {
    const { shown, lines } = runAssembly(`${OPEN}
        mr      r3, r31
        address r4, text
        li      r5, 12
        system  4
        show
        mr      r3, r31
        li      r4, 6
        li      r5, 0
        system  19
        show
        mr      r3, r31
        address r4, buffer
        li      r5, 64
        system  3
        show
        li      r3, 1
        address r4, buffer
        li      r5, 6
        system  4
        mr      r3, r31
        address r4, buffer
        li      r5, 64
        system  3
        show
        quit    0
${NAME}
text:   .ascii  "hello world\\n"
`);
    expect(shown).toEqual([12, 6, 6, 0]);
    expect(lines).toEqual(['world']);
  });

  it('leaves zeros between the old end and a write beyond it', () => {
    const { shown } = runAssembly(`${OPEN}
        mr      r3, r31
        address r4, one
        li      r5, 1
        lis     r6, 1
        system  180                     # pwrite64 at 65536
        show
        mr      r3, r31
        address r4, buffer
        li      r5, 8
        li      r6, -7
        rldicl  r6, r6, 0, 48           # 65529
        system  179                     # pread64
        show
        address r4, buffer
        ld      r3, 0(r4)
        show
        quit    0
${NAME}
        .balign 8
one:    .byte   1
`);
    expect(shown).toEqual([1, 8, 1]);
  });

  it('refuses a buffer outside the user region with EFAULT and keeps the position', () => {
    const { shown } = runAssembly(`${OPEN}
        mr      r3, r31
        address r4, name
        li      r5, 6
        system  4
        mr      r3, r31
        li      r4, 0
        li      r5, 0
        system  19
        mr      r3, r31
        li      r4, 8
        li      r5, 4
        system  3
        show
        mr      r3, r31
        li      r4, 0
        li      r5, 1
        system  19
        show
        quit    0
${NAME}`);
    expect(shown).toEqual([-ERRNO.EFAULT, 0]);
  });
});

describe('a shared mapping and the file', () => {
  it('see each other\'s writes, and truncation takes the page away', () => {
    const { shown, stop } = runAssembly(`${OPEN}
        mr      r3, r31
        address r4, name
        li      r5, 8
        system  4
        li      r3, 0
        li      r4, 4096
        li      r5, 3
        li      r6, 1
        mr      r7, r31
        li      r8, 0
        system  90                      # mmap, shared
        mr      r30, r3
        li      r5, 0x41
        stb     r5, 1(r30)              # through the mapping
        mr      r3, r31
        address r4, buffer
        li      r5, 8
        li      r6, 0
        system  179
        address r4, buffer
        lbz     r3, 1(r4)
        show
        mr      r3, r31
        address r4, buffer
        li      r5, 0x42
        stb     r5, 0(r4)
        li      r5, 1
        li      r6, 2
        system  180                     # through the file
        lbz     r3, 2(r30)
        show
        mr      r3, r31
        li      r4, 1
        system  93                      # ftruncate to 1: the rest of the page is zero
        lbz     r3, 1(r30)
        show
        mr      r3, r31
        li      r4, 0
        system  93                      # ftruncate to 0: the page is gone
        lbz     r3, 0(r30)
        quit    0
${NAME}`);
    expect(shown).toEqual([0x41, 0x42, 0]);
    expect(stop).toEqual({ kind: 'exit', exit: { kind: 'signal', signal: 7 } });
  });

  it('a private one keeps its writes to itself', () => {
    const { shown } = runAssembly(`${OPEN}
        mr      r3, r31
        address r4, name
        li      r5, 8
        system  4
        li      r3, 0
        li      r4, 4096
        li      r5, 3
        li      r6, 2
        mr      r7, r31
        li      r8, 0
        system  90
        li      r5, 0x41
        stb     r5, 0(r3)
        mr      r3, r31
        address r4, buffer
        li      r5, 1
        li      r6, 0
        system  179
        address r4, buffer
        lbz     r3, 0(r4)
        show
        quit    0
${NAME}`);
    expect(shown).toEqual(['/'.charCodeAt(0)]);
  });
});

describe('names', () => {
  it('a file without a name lives on while a descriptor holds it', () => {
    const { shown, machine } = runAssembly(`${OPEN}
        mr      r3, r31
        address r4, name
        li      r5, 7
        system  4
        address r3, name
        system  10                      # unlink
        show
        address r3, name
        li      r4, 0
        system  5                       # open again
        show
        mr      r3, r31
        address r4, buffer
        li      r5, 7
        li      r6, 0
        system  179
        show
        quit    0
${NAME}`);
    expect(shown).toEqual([0, -ERRNO.ENOENT, 7]);
    // The program has ended: nothing holds the file's page any more.
    const tmp = machine.state.files.root.content;
    expect(tmp.kind === 'directory' && tmp.entries.get('tmp')?.content).toMatchObject({ kind: 'directory', entries: new Map() });
  });

  it('says what is wrong with a name', () => {
    const { shown } = runAssembly(`
        .macro  try path, flags
        .data
9:      .asciz  "\\path"
        .balign 8
        .text
        address r3, 9b
        li      r4, \\flags
        li      r5, 0644
        system  5
        show
        .endm
        try     "/tmp/none/x", 0
        try     "/dev/null/x", 0
        try     "/tmp", 1
        try     "/dev/null", 0x4000
        try     "/dev/new", 0101
        try     "", 0
        li      r3, 8
        li      r4, 0
        system  5
        show
        quit    0
`);
    const { ENOENT, ENOTDIR, EISDIR, EPERM, EFAULT } = ERRNO;
    expect(shown).toEqual([-ENOENT, -ENOTDIR, -EISDIR, -ENOTDIR, -EPERM, -ENOENT, -EFAULT]);
  });
});

describe('the host folder', () => {
  const files = hostFolder({ 'data.txt': 'from outside\n', 'sub/inner': 'x' });
  const readIt = `
        address r3, name
        li      r4, 0
        system  5
        mr      r31, r3
        show
        mr      r3, r31
        address r4, buffer
        li      r5, 64
        system  3
        show
        li      r3, 1
        address r4, buffer
        li      r5, 13
        system  4
        address r3, name
        li      r4, 2
        system  5
        show
        address r3, new
        li      r4, 0102
        li      r5, 0644
        system  5
        show
        quit    0
        .data
new:    .asciz  "made-here"
buffer: .space  64
`;

  it('is the working directory, and read-only', () => {
    const { shown, lines } = runAssembly(`${readIt}\nname: .asciz "data.txt"\n`, { hostFiles: files });
    expect(shown).toEqual([3, 13, -ERRNO.EROFS, -ERRNO.EROFS]);
    expect(lines).toEqual(['from outside']);
  });

  it('costs a disk read the first time', () => {
    const { machine } = runAssembly(`${readIt}\nname: .asciz "/host/data.txt"\n`, { hostFiles: files });
    expect(machine.cycle).toBeGreaterThan(machine.profile.cost.diskRead);
  });

  it('is not there without one', () => {
    const { shown } = runAssembly(`${readIt}\nname: .asciz "/host/data.txt"\n`);
    expect(shown[0]).toBe(-ERRNO.ENOENT);
  });
});
