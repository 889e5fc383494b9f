/** System calls by way of `sc`: results, the error flag, structures, and what is not modelled. */
import { describe, expect, it } from 'vitest';
import { ERRNO } from '../../../../src/sim/kernel/syscall/errno.ts';
import { runAssembly } from '../assembly.ts';

const BUFFER = `
        .data
        .balign 8
buffer: .space  512
`;
/** Shows the doublewords at these offsets of the buffer. */
const doublewords = (...offsets: readonly number[]): string => offsets.map((offset) => `
        address r4, buffer
        ld      r3, ${String(offset)}(r4)
        show
`).join('');

describe('the result of a call', () => {
  it('is in r3, with CR0.SO clear; an error is positive, with CR0.SO set', () => {
    const { shown } = runAssembly(`
        li      r0, 20
        sc
        mfcr    r31
        show
        srdi    r3, r31, 28
        clrldi  r3, r3, 63
        show
        li      r3, -1
        li      r0, 6
        sc
        mfcr    r31
        show
        srdi    r3, r31, 28
        clrldi  r3, r3, 63
        show
        quit    0
`);
    expect(shown).toEqual([1000, 0, ERRNO.EBADF, 1]);
  });

  it('of a call that is not modelled is ENOSYS, and the console hears of it once', () => {
    const { shown, notices } = runAssembly(`
        system  326
        show
        system  326
        show
        system  9999
        show
        quit    0
`);
    expect(shown).toEqual([-ERRNO.ENOSYS, -ERRNO.ENOSYS, -ERRNO.ENOSYS]);
    expect(notices).toEqual([
      'The program made the system call socket (326), which is not modelled; it got ENOSYS.',
      'The program made the system call 9999 (9999), which is not modelled; it got ENOSYS.',
    ]);
  });

  it('keeps every other register', () => {
    const { shown } = runAssembly(`
        li      r4, 44
        li      r12, 55
        mtctr   r12
        system  20
        mr      r31, r4
        mfctr   r30
        add     r3, r31, r30
        show
        quit    0
`);
    expect(shown).toEqual([99]);
  });
});

describe('a buffer that faults', () => {
  it('is EFAULT for input, output and text', () => {
    const { shown } = runAssembly(`
        li      r3, 1
        li      r4, 16
        li      r5, 4
        system  4
        show
        li      r3, 0
        li      r4, 16
        system  246
        show
        li      r3, 16
        li      r4, 0
        system  5
        show
        li      r3, -1
        rldicl  r3, r3, 0, 1
        system  5
        show
        address r3, _start
        system  42                      # pipe to a place that cannot be written
        show
        quit    0
`);
    expect(shown).toEqual(Array.from({ length: 5 }, () => -ERRNO.EFAULT));
  });

  it('leaves a fault record with the kernel as its origin, and brings the page in', () => {
    const { shown, machine } = runAssembly(`
        li      r3, 0
        li      r4, 8192
        li      r5, 3
        li      r6, 0x22
        li      r7, -1
        li      r8, 0
        system  90
        mr      r31, r3
        li      r3, 0
        addi    r4, r31, 4088           # the timespec lies in both pages
        system  246
        show
        ld      r3, 4088(r31)
        show
        quit    0
`);
    // 2006-09-15 00:00:00 UTC: `date -u -d 2006-09-15 +%s`.
    expect(shown).toEqual([0, 1_158_278_400]);
    const task = machine.state.tasks.get(1000);
    expect(task?.minFlt).toBeGreaterThanOrEqual(2);
  });
});

describe('structures', () => {
  it('uname, with the release of the kernel', () => {
    const { lines } = runAssembly(`
        address r3, buffer
        system  122
        address r31, buffer
        li      r30, 6
8:      li      r3, 1
        mr      r4, r31
        li      r5, 16
        system  4
        li      r3, 1
        address r4, newline
        li      r5, 1
        system  4
        addi    r31, r31, 65
        addi    r30, r30, -1
        cmpwi   r30, 0
        bgt     8b
        quit    0
${BUFFER}
newline: .ascii "\\n"
`, { kernel: '2.6.18-retry' });
    expect(lines.map((line) => line.replace(/\0/g, ''))).toEqual(['Linux', 'cell', '2.6.18-retry', '#1 SMP', 'ppc64', '(none)']);
  });

  it('stat of ppc64: st_mode at 24, st_rdev at 40, st_size at 48, st_blksize at 56', () => {
    const { shown } = runAssembly(`
        li      r3, 1
        address r4, buffer
        system  108
        show
        address r4, buffer
        lwz     r3, 24(r4)
        show
${doublewords(40, 48, 56)}
        quit    0
${BUFFER}`);
    expect(shown).toEqual([0, 0o020620, 0x501, 0, 4096]);
  });

  it('getrusage counts the page faults of the thread', () => {
    const { shown, machine } = runAssembly(`
        li      r3, 0
        address r4, buffer
        system  77
        show
${doublewords(64, 72)}
        quit    0
${BUFFER}`);
    expect(shown[0]).toBe(0);
    expect(shown[1]).toBeGreaterThan(0);
    expect(shown[1]).toBeLessThanOrEqual(machine.state.faults.count);
    expect(shown[2]).toBe(0);
  });

  it('prlimit64 reads and sets; a soft limit above the hard one is EINVAL', () => {
    const { shown } = runAssembly(`
        li      r3, 0
        li      r4, 3
        li      r5, 0
        address r6, buffer
        system  325
        show
${doublewords(0)}
        li      r3, 0
        li      r4, 7
        address r5, limit
        li      r6, 0
        system  325
        show
        quit    0
${BUFFER}
limit:  .quad   2000, 1000
`);
    expect(shown).toEqual([0, 8 << 20, -ERRNO.EINVAL]);
  });

  it('sysinfo knows the memory of the machine', () => {
    const { shown } = runAssembly(`
        address r3, buffer
        system  116
${doublewords(32, 40)}
        quit    0
${BUFFER}`, { configuration: { ramBytes: 8 << 20 } });
    expect(shown[0]).toBeGreaterThan(7 << 20);
    expect(shown[0]).toBeLessThanOrEqual(8 << 20);
    expect(shown[1]).toBeLessThan(shown[0] ?? 0);
  });
});

describe('time', () => {
  it('passes with the cycles', () => {
    const { shown } = runAssembly(`
        address r3, wanted
        li      r4, 0
        system  162
        li      r3, 1
        address r4, buffer
        system  246
${doublewords(0, 8)}
        quit    0
${BUFFER}
wanted: .quad   2, 500000000
`, { configuration: { cyclesPerSecond: 1_000_000 } });
    expect(shown[0]).toBe(2);
    // 1 MHz: a step of a kernel path is 20 microseconds.
    expect(shown[1]).toBeGreaterThanOrEqual(500_000_000);
    expect(shown[1]).toBeLessThan(510_000_000);
  });

  it('alarm says how many seconds the last one had left', () => {
    const { shown } = runAssembly(`
        li      r3, 10
        system  27
        show
        address r3, wanted
        li      r4, 0
        system  162
        li      r3, 0
        system  27
        show
        li      r3, 0
        system  27
        show
        quit    0
${BUFFER}
wanted: .quad   3, 0
`);
    expect(shown).toEqual([0, 7, 0]);
  });

  it('refuses times that are none', () => {
    const { shown } = runAssembly(`
        address r3, wanted
        li      r4, 0
        system  162
        show
        li      r3, 99
        address r4, buffer
        system  246
        show
        quit    0
${BUFFER}
wanted: .quad   0, 1000000000
`);
    expect(shown).toEqual([-ERRNO.EINVAL, -ERRNO.EINVAL]);
  });
});

describe('the first stack', () => {
  it('has arguments, environment and auxiliary vector where the ABI says', () => {
    const { shown, lines } = runAssembly(`
        ld      r3, 0(r1)               # argc
        show
        ld      r31, 16(r1)             # argv[1]
        li      r3, 1
        mr      r4, r31
        li      r5, 4
        system  4
        ld      r31, 8+24(r1)           # behind argv and its null pointer
        li      r3, 1
        mr      r4, r31
        li      r5, 7
        system  4
        addi    r31, r1, 8+24+16        # behind envp and its null pointer
8:      ld      r3, 0(r31)
        cmpdi   r3, 6                   # AT_PAGESZ
        beq     9f
        addi    r31, r31, 16
        b       8b
9:      ld      r3, 8(r31)
        show
        clrldi  r3, r1, 60
        show
        quit    0
`, { args: ['one\n'], env: { NAME: 'x\n' } });
    expect(shown).toEqual([2, 4096, 0]);
    expect(lines).toEqual(['one', 'NAME=x']);
  });

  it('grows when the program goes down, to 8 MiB', () => {
    const { stop } = runAssembly(`
        lis     r3, 0x70                # 7 MiB
        neg     r3, r3
        stdux   r1, r1, r3
        lis     r3, 0x20
        neg     r3, r3
        stdux   r1, r1, r3              # and 2 MiB more
        quit    0
`);
    expect(stop).toEqual({ kind: 'exit', exit: { kind: 'signal', signal: 11 } });
  });
});
