/** How many processes there may be: fork(2) and setrlimit(2), and fork_init of Linux 2.6, which gives kernel stacks of 16 KiB an eighth of memory and a user half of them. */
import { describe, expect, it } from 'vitest';
import { machineFor } from '../../../support/machine.ts';

const EAGAIN = 11;
const MIB = 2 ** 20;
/** 8 MiB / (8 * 16 KiB) threads, half of them for a user. */
const ALL = 64;
const OF_A_USER = 32;

/** Forks until that fails, with children that sleep. Its exit status is how many there were, or 255 for an error that is not EAGAIN. */
const bomb = `
        lis     r31, count@ha
fork:   li      r0, 2
        sc
        bso     cr0, failed
        cmpdi   r3, 0
        beq     child
        lwz     r4, count@l(r31)
        addi    r4, r4, 1
        stw     r4, count@l(r31)
        b       fork
child:  li      r0, 29                  # pause
        sc
        b       child
failed: cmpdi   r3, ${String(EAGAIN)}
        lwz     r3, count@l(r31)
        beq     end
        li      r3, 255
end:    li      r0, 234
        sc
`;

function childrenOf(calls: string, uid = 1000): number {
  const source = `.globl _start\n_start:${calls}${bomb}\n.data\n.balign 8\nlimits: .quad 5, 5\ncount: .long 0\n`;
  const { machine } = machineFor({ name: 'bomb.s', source, configuration: { uid, ramBytes: 8 * MIB } });
  const stop = machine.run(400_000_000);
  const exit = stop.kind === 'exit' ? stop.exit : undefined;
  if (exit?.kind !== 'exit') throw new Error(`The program ended by ${stop.kind}.`);
  return exit.code;
}

describe('a program that forks without end', () => {
  it('is refused with EAGAIN when its user has half of what memory allows', () => {
    expect(childrenOf('')).toBe(OF_A_USER - 1);
  });

  it('may have all of it as root', () => {
    expect(childrenOf('', 0)).toBe(ALL - 1);
  });

  it('is held to what setrlimit says', () => {
    const limit = '\n li r3, 6\n lis r4, limits@ha\n addi r4, r4, limits@l\n li r0, 75\n sc\n';
    expect(childrenOf(limit)).toBe(4);
  });
});

describe('the numbers of processes', () => {
  it('begin again at 300 behind 32767, and pass over those in use', () => {
    // Four times a child that ends at once and is waited for.
    const source = `
        .globl  _start
_start: li      r31, 4
again:  li      r0, 2
        sc
        cmpdi   r3, 0
        beq     child
        li      r4, 0
        li      r5, 0
        li      r6, 0
        li      r0, 114                 # wait4
        sc
        addi    r31, r31, -1
        cmpdi   r31, 0
        bne     again
        li      r3, 0
child:  li      r0, 234
        sc
`;
    const { machine } = machineFor({ name: 'many.s', source });
    machine.state.nextTid = 32766;
    // A process group keeps its number from being given.
    for (const { group } of machine.state.tasks.values()) group.processGroup = 300;
    expect(machine.run(Infinity).kind).toBe('exit');
    // 32766, 32767, 301 and 302 have been given.
    expect(machine.state.nextTid).toBe(303);
  });
});
