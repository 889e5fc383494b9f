/** Pipes, standard input, poll, directories and /proc. */
import { describe, expect, it } from 'vitest';
import { ERRNO } from '../../../../src/sim/kernel/syscall/errno.ts';
import { runAssembly } from '../assembly.ts';

/** pipe(ends): reading end to r30, writing end to r31. */
const PIPE = `
        address r3, ends
        system  42
        address r3, ends
        lwz     r30, 0(r3)
        lwz     r31, 4(r3)
`;
const DATA = `
        .data
        .balign 8
ends:   .space  8
buffer: .space  8192
`;

describe('pipes', () => {
  it('hand bytes on in order; an empty one is at its end when nobody can write any more', () => {
    const { shown } = runAssembly(`${PIPE}
        mr      r3, r31
        address r4, buffer
        li      r5, 0x1234
        std     r5, 0(r4)
        li      r5, 8
        system  4
        show
        mr      r3, r30
        address r4, buffer+64
        li      r5, 100
        system  3
        show
        address r4, buffer+64
        ld      r3, 0(r4)
        show
        mr      r3, r31
        system  6
        mr      r3, r30
        address r4, buffer
        li      r5, 1
        system  3
        show
        quit    0
${DATA}`);
    expect(shown).toEqual([8, 8, 0x1234, 0]);
  });

  it('with O_NONBLOCK say EAGAIN when empty and when full', () => {
    const { shown } = runAssembly(`
        address r3, ends
        li      r4, 04000
        system  317                     # pipe2
        address r3, ends
        lwz     r30, 0(r3)
        lwz     r31, 4(r3)
        mr      r3, r30
        address r4, buffer
        li      r5, 1
        system  3
        show
        li      r29, 17
1:      mr      r3, r31
        address r4, buffer
        li      r5, 4096
        system  4
        addi    r29, r29, -1
        cmpwi   r29, 1
        bgt     1b
        show
        mr      r3, r31
        address r4, buffer
        li      r5, 1
        system  4
        show
        quit    0
${DATA}`);
    expect(shown).toEqual([-ERRNO.EAGAIN, 4096, -ERRNO.EAGAIN]);
  });

  it('without a reader raise SIGPIPE', () => {
    const { stop } = runAssembly(`${PIPE}
        mr      r3, r30
        system  6
        mr      r3, r31
        address r4, buffer
        li      r5, 1
        system  4
        quit    0
${DATA}`);
    expect(stop).toEqual({ kind: 'exit', exit: { kind: 'signal', signal: 13 } });
  });

  it('an empty one that only its reader could fill is a deadlock that names it', () => {
    const { stop } = runAssembly(`${PIPE}
        mr      r3, r30
        address r4, buffer
        li      r5, 1
        system  3
        quit    0
${DATA}`);
    expect(stop.kind).toBe('deadlock');
    if (stop.kind !== 'deadlock') return;
    expect(stop.report.waits).toMatchObject([{ name: 'test.s', path: 'vfs_read', interruptible: true, holders: [] }]);
    expect(stop.report.sentence).toMatch(/Thread 1000 \(test\.s\) waits for reading pipe:\[\d+\]\./);
  });
});

describe('poll', () => {
  it('reports what is ready, and waits as long as it was told', () => {
    const { shown, machine } = runAssembly(`${PIPE}
        address r4, buffer              # { r30, POLLIN }, { r31, POLLOUT }
        stw     r30, 0(r4)
        li      r5, 1
        sth     r5, 4(r4)
        stw     r31, 8(r4)
        li      r5, 4
        sth     r5, 12(r4)
        mr      r3, r4
        li      r4, 2
        li      r5, 1000
        system  167
        show
        address r4, buffer
        lhz     r3, 14(r4)
        show
        address r3, buffer
        li      r4, 1
        li      r5, 50
        system  167                     # nothing to read: 50 ms
        show
        address r4, buffer
        lhz     r3, 6(r4)
        show
        quit    0
${DATA}`);
    expect(shown).toEqual([1, 4, 0, 0]);
    const milliseconds = machine.cycle / (machine.configuration.cyclesPerSecond / 1000);
    expect(milliseconds).toBeGreaterThanOrEqual(50);
    expect(milliseconds).toBeLessThan(51);
  });

  it('a bad descriptor is POLLNVAL', () => {
    const { shown } = runAssembly(`
        address r4, buffer
        li      r5, 77
        stw     r5, 0(r4)
        mr      r3, r4
        li      r4, 1
        li      r5, -1
        system  167
        show
        address r4, buffer
        lhz     r3, 6(r4)
        show
        quit    0
${DATA}`);
    expect(shown).toEqual([1, 0x20]);
  });
});

describe('standard input', () => {
  it('gives what came from outside, then its end', () => {
    const { shown, lines } = runAssembly(`
1:      li      r3, 0
        address r4, buffer
        li      r5, 4
        system  3
        cmpdi   r3, 0
        beq     2f
        mr      r5, r3
        li      r3, 1
        address r4, buffer
        system  4
        b       1b
2:      show
        quit    0
${DATA}`, { input: 'line one\n' });
    expect(lines).toEqual(['line one']);
    expect(shown).toEqual([0]);
  });
});

describe('directories', () => {
  it('getdents64 lists names with their numbers and types', () => {
    const { shown } = runAssembly(`
        address r3, folder
        li      r4, 0755
        system  39                      # mkdir /tmp/d
        show
        address r3, folder
        li      r4, 0
        system  5
        mr      r31, r3
        address r4, buffer
        li      r5, 23
        system  202                     # no record fits
        show
        mr      r3, r31
        address r4, buffer
        li      r5, 8192
        system  202                     # "." and "..", 24 bytes each
        show
        address r4, buffer
        lbz     r3, 18(r4)              # DT_DIR
        show
        mr      r3, r31
        address r4, buffer
        li      r5, 8192
        system  202                     # no more
        show
        address r3, folder
        system  40                      # rmdir
        show
        quit    0
${DATA}
folder: .asciz  "/tmp/d"
`);
    expect(shown).toEqual([0, -ERRNO.EINVAL, 48, 4, 0, 0]);
  });
});

describe('/proc/self', () => {
  it('maps has one line a mapping, in the format of Linux', () => {
    const { lines } = runAssembly(`
        address r3, name
        li      r4, 0
        system  5
        mr      r31, r3
1:      mr      r3, r31
        address r4, buffer
        li      r5, 8192
        system  3
        cmpdi   r3, 0
        beq     2f
        mr      r5, r3
        li      r3, 1
        address r4, buffer
        system  4
        b       1b
2:      quit    0
${DATA}
name:   .asciz  "/proc/self/maps"
`);
    expect(lines.length).toBeGreaterThanOrEqual(3);
    for (const line of lines) expect(line).toMatch(/^[0-9a-f]{8,}-[0-9a-f]{8,} [r-][w-][x-][sp] [0-9a-f]{8} 00:0[01] \d+ +\S+$/);
    expect(lines.at(-1)).toMatch(/ \[stack\]$/);
    expect(lines.some((line) => line.includes(' r-xp ') && line.endsWith('/test.s'))).toBe(true);
  });

  it('exe is a link to the program', () => {
    const { shown, lines } = runAssembly(`
        address r3, name
        address r4, buffer
        li      r5, 100
        system  85
        show
        li      r3, 1
        address r4, buffer
        li      r5, 7
        system  4
        quit    0
${DATA}
name:   .asciz  "/proc/self/exe"
`);
    expect(shown).toEqual([7]);
    expect(lines).toEqual(['/test.s']);
  });
});
