/** What is asked for. */
import { describe, expect, it } from 'vitest';
import { timelineArguments } from '../../../extension/views/timeline/timelineRequest.ts';

describe('the question for a look at the timeline', () => {
  const limits = { begin: 0, end: 100_000 };

  it('has a point for each of the picture', () => {
    expect(timelineArguments({ kind: 'all' }, limits, 500)).toEqual({ from: 0, to: 100_000, cyclesPerPoint: 200 });
    expect(timelineArguments({ kind: 'end', cycles: 1000 }, limits, 500)).toEqual({ from: 99_000, to: 100_000, cyclesPerPoint: 2 });
    expect(timelineArguments({ kind: 'range', from: 400, to: 5400 }, limits, 500)).toEqual({ from: 400, to: 5400, cyclesPerPoint: 10 });
  });

  it('is in whole cycles', () => {
    expect(timelineArguments({ kind: 'range', from: 400.5, to: 420.5 }, limits, 500)).toEqual({ from: 400, to: 421, cyclesPerPoint: 1 });
  });
});
