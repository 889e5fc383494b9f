/** The kernel's own accesses to registers: system calls, get_user_pages, futexes (facts 7, rows 46-51). */
import { describe, expect, it } from 'vitest';
import { busy, only } from './busy.ts';
import { KERNELS, runSpufs, spufsFaults } from './programs.ts';

const EFAULT = 14;
const SIGALRM = 14;
/** At 79.8 million cycles a second. */
const MS = 79_800;

describe('the kernel touches registers for the program', () => {
  // write(1, registers, 4) to a pipe.
  const WRITE = `
        lwz     r3, pipe_write@l(r25)
        mr      r4, r28
        addi    r4, r4, SIGNAL1
        li      r5, 4
        system  4
        keep_word r3, result`;
  const body = (alarm: string): string => busy(`lis r25, pipe_write@ha\n${alarm}${WRITE}`, `
        handle  SIGALRM, alarm_action
        address r3, pipe_ends
        system  42
        .data
        .balign 8
pipe_ends: .long 0
pipe_write: .long 0
        .text`);

  it.each(KERNELS)('waits like the program itself: MINOR: %s', (kernel) => {
    const run = runSpufs(body(''), { kernel });
    expect(only(spufsFaults(run))).toMatchObject({ origin: 'kernel', access: 'read', outcome: 'MINOR', effect: { counters: ['min_flt', 'pgfault'] } });
    expect(run.shown[2]).toBe(4);
  });

  it('row 46: with a signal 2.6.18 lets the call fail: EFAULT, and no SIGBUS', () => {
    const run = runSpufs(body('set_alarm in5ms\n'), { kernel: '2.6.18' });
    expect(run.shown).toEqual([(0x22 << 16) | 2, 1, 2 ** 32 - EFAULT]);
    expect(only(spufsFaults(run))).toMatchObject({
      origin: 'kernel', outcome: 'SIGBUS', coreAnswer: { value: 1 }, interruptedBy: SIGALRM, effect: { signal: undefined, killed: undefined, counters: ['pgfault'] },
    });
  });

  it('row 46: with RETRY the access is made again and again inside the kernel, and no signal can be delivered until an SPE is free', () => {
    const run = runSpufs(body('set_alarm in5ms\n'), { kernel: '2.6.18-retry' });
    expect(run.shown).toEqual([(0x22 << 16) | 2, 1, 4]);
    const faults = spufsFaults(run);
    expect(faults.length).toBeGreaterThan(500);
    expect(new Set(faults.slice(0, -1).map(({ origin, outcome, interruptedBy }) => `${origin} ${outcome} ${String(interruptedBy)}`))).toEqual(new Set(['kernel RETRY 14']));
    expect(faults.at(-1)).toMatchObject({ origin: 'kernel', outcome: 'MINOR', attempt: faults.length });
    // Only the first slept, about 5 ms.
    expect(faults[0]?.waited).toBeGreaterThan(4.9 * MS);
    expect(faults[1]?.waited).toBeLessThan(1000);
  });
});

describe('get_user_pages on registers', () => {
  const LOCK = `
        mr      r3, r28
        li      r4, 4096
        system  150
        keep_word r3, result`;

  it.each(KERNELS)('row 48: the page is brought in and counted for the task: %s', (kernel) => {
    const run = runSpufs(busy(LOCK), { kernel });
    expect(only(spufsFaults(run))).toMatchObject({ origin: 'kernel', outcome: 'MINOR', effect: { pte: 'core', counters: ['min_flt', 'pgfault'] } });
    expect(run.shown[2]).toBe(0);
  });

  it('row 48: NULL is an error for its caller', () => {
    const run = runSpufs(busy(`set_alarm in5ms${LOCK}`, 'handle SIGALRM, alarm_action'), { kernel: '2.6.18' });
    expect(only(spufsFaults(run))).toMatchObject({ origin: 'kernel', outcome: 'SIGBUS', coreAnswer: { value: 1 }, effect: { pte: 'nobody', signal: undefined, counters: ['pgfault'] } });
    expect(run.shown[1]).toBe(1);
  });

  it('row 50: RETRY makes it loop in the kernel until the page is there, a min_flt for each turn', () => {
    const run = runSpufs(busy(`set_alarm in5ms${LOCK}`, 'handle SIGALRM, alarm_action'), { kernel: '2.6.18-retry' });
    const faults = spufsFaults(run);
    expect(faults.length).toBeGreaterThan(500);
    expect(faults.filter(({ outcome }) => outcome === 'RETRY')).toHaveLength(faults.length - 1);
    expect(faults.at(-1)).toMatchObject({ outcome: 'MINOR' });
    for (const fault of faults.slice(0, 20)) expect(fault.effect.counters).toContain('min_flt');
    expect(run.shown.slice(1)).toEqual([1, 0]);
  });
});

describe('a futex in registers', () => {
  it('rows 48 and 51: 2.6.18 does not refuse it: the word is read from the SPE', () => {
    const EAGAIN = 11;
    const run = runSpufs(`
        create  a
        open_file a_signal1, O_RDWR
        mr      r29, r3
        map_file r29, 4096
        addi    r3, r3, SIGNAL1
        li      r4, 0
        li      r5, 77
        li      r6, 0
        system  221
        show
        quit    0`);
    expect(run.shown).toEqual([-EAGAIN]);
    expect(spufsFaults(run).map(({ origin, outcome }) => `${origin} ${outcome}`)).toEqual(['kernel MINOR']);
  });
});
