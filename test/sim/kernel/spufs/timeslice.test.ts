/** Ticks of a time slice: the table of facts 4.4, which gives milliseconds at three timer frequencies. */
import { describe, expect, it } from 'vitest';
import { sliceTicks, TICK_JIFFIES } from '../../../../src/sim/kernel/spufs/scheduler/timeslice.ts';

const NICES = [-20, -10, -5, 0, 5, 10, 19];

describe('the time slice of a context in milliseconds, by nice value', () => {
  it.each([
    [100, [800, 600, 500, 100, 100, 100, 100]],
    [250, [640, 480, 400, 80, 40, 40, 40]],
    [1000, [800, 600, 500, 100, 70, 50, 10]],
  ] as const)('at HZ %i', (hz, milliseconds) => {
    expect(NICES.map((nice) => (sliceTicks(120 + nice, hz) * TICK_JIFFIES * 1000) / hz)).toEqual(milliseconds);
  });
});
