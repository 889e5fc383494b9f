/** What an ordinary user may not and root may: errors as sched(7), setpriority(2), mlock(2), setrlimit(2) and facts 3.3 have them. */
import { describe, expect, it } from 'vitest';
import { machineFor } from '../../../support/machine.ts';

const EPERM = 1;
const ENOMEM = 12;
const EAGAIN = 11;
const EACCES = 13;

/** Exit status of a program that makes some system calls: the error of the last one, or 0. */
function errorOf(uid: number, calls: string): number {
  const source = `
        .macro  address register, symbol
        lis     \\register, \\symbol@ha
        addi    \\register, \\register, \\symbol@l
        .endm
        .globl  _start
_start: ${calls}
        bso     cr0, end
        li      r3, 0
end:    li      r0, 234
        sc
        .data
path:   .asciz  "/spu/c"
file:   .asciz  "/spu/c/mss"
        .balign 8
one:    .long   1
limits: .quad   0x20000, 0x20000
        .bss
        .balign 4096
area:   .space  65536
`;
  const { machine } = machineFor({ name: 'identity.s', source, configuration: { uid, spes: 1 } });
  const stop = machine.run(Infinity);
  if (stop.kind !== 'exit' || stop.exit.kind !== 'exit') throw new Error(`The program ended by ${stop.kind}.`);
  return stop.exit.code;
}

const mapMss = `
        address r3, path
        li      r4, 0
        li      r5, 0755
        li      r0, 279                 # spu_create
        sc
        address r3, file
        li      r4, 2
        li      r0, 5                   # open
        sc
        mr      r7, r3
        li      r3, 0
        li      r4, 4096
        li      r5, 3
        li      r6, 1
        li      r8, 0
        li      r0, 90                  # mmap
        sc`;
const lock = (length: number): string => `address r3, area\n lis r4, ${String(length >> 16)}\n ori r4, r4, ${String(length & 0xffff)}\n li r0, 150\n sc\n`;
const setLimit = (resource: number): string => `li r3, ${String(resource)}\n address r4, limits\n li r0, 75\n sc\n`;

describe('the program\'s user', () => {
  it.each([0, 200])('%d is what getuid and its like answer', (uid) => {
    for (const call of [24, 49, 47, 50]) {
      const source = `        .globl  _start\n_start: li r0, ${String(call)}\n sc\n li r0, 234\n sc\n`;
      const { machine } = machineFor({ name: 'who.s', source, configuration: { uid } });
      expect(machine.run(Infinity)).toMatchObject({ exit: { kind: 'exit', code: uid } });
    }
  });

  it.each([
    ['a real-time policy', 'li r3, 0\n li r4, 1\n address r5, one\n li r0, 156\n sc\n', EPERM],
    ['a better nice value by nice', 'li r3, -5\n li r0, 34\n sc\n', EPERM],
    ['a better nice value by setpriority', 'li r3, 0\n li r4, 0\n li r5, -5\n li r0, 97\n sc\n', EACCES],
    ['locking more than eight pages', lock(0x9000), ENOMEM],
    ['mapping more than eight locked pages', 'li r3, 0\n lis r4, 1\n li r5, 3\n li r6, 0xa2\n li r7, -1\n li r8, 0\n li r0, 90\n sc\n', EAGAIN],
    ['a higher hard limit', setLimit(8), EPERM],
    ['a mapping of mss', mapMss, EPERM],
  ])('gets %s only as root', (_what, calls, error) => {
    expect(errorOf(1000, calls)).toBe(error);
    expect(errorOf(0, calls)).toBe(0);
  });

  it.each([
    ['a worse nice value', 'li r3, 5\n li r0, 34\n sc\n'],
    ['locking eight pages', lock(0x8000)],
    ['the batch policy', 'li r3, 0\n li r4, 3\n address r5, limits\n li r0, 156\n sc\n'],
  ])('gets %s in any case', (_what, calls) => {
    expect(errorOf(1000, calls)).toBe(0);
  });
});
