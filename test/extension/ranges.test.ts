import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MOST_CHILDREN, type Range, cut } from '../../extension/views/ranges.ts';

describe('cut', () => {
  it('leaves a hundred rows together', () => {
    expect(cut({ start: 0, count: 100 })).toBeUndefined();
  });

  it('cuts a million rows into a hundred ranges of ten thousand', () => {
    const ranges = cut({ start: 0, count: 1_000_000 }) ?? [];
    expect(ranges).toHaveLength(100);
    expect(ranges[99]).toEqual({ start: 990_000, count: 10_000 });
  });

  it('covers every row once, with few children at every level', () => {
    fc.assert(fc.property(fc.nat(3_000_000), fc.nat(1000), (count, start) => {
      let widest = 0;
      const leaves = (range: Range): Range[] => {
        const pieces = cut(range);
        widest = Math.max(widest, pieces?.length ?? range.count);
        return pieces?.flatMap(leaves) ?? [range];
      };
      const next = leaves({ start, count }).reduce((end, leaf) => leaf.start === end ? end + leaf.count : NaN, start);
      expect(next).toBe(start + count);
      expect(widest).toBeLessThanOrEqual(MOST_CHILDREN);
    }), { numRuns: 30 });
  });
});
