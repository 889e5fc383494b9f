/** Windows of time: a point stays where it is when one zooms about it, and nothing leads beyond what there is. */
import { describe, expect, it } from 'vitest';
import { cycleAt, lookOf, panned, scaleOf, showing, xOf, zoomed } from '../../../extension/webview/timeline/timeScale.ts';

const limits = { begin: 1000, end: 101_000 };
const all = scaleOf({ kind: 'all' }, limits, 500);

describe('a window of time', () => {
  it('shows everything from the first cycle to now', () => {
    expect([xOf(all, 1000), xOf(all, 51_000), xOf(all, 101_000)]).toEqual([0, 250, 500]);
    expect(cycleAt(all, 250)).toBe(51_000);
  });

  it.each([0, 100, 377, 500])('zooms about point %d, whose cycle stays under it', (x) => {
    const cycle = cycleAt(all, x);
    const near = zoomed(all, 4, x, limits);
    expect(near.to - near.from).toBe(25_000);
    expect(xOf(near, cycle)).toBeCloseTo(x);
  });

  it('does not zoom out beyond what there is, nor in beyond a few instructions', () => {
    expect(zoomed(all, 0.1, 300, limits)).toEqual(all);
    const deepest = zoomed(all, 1e9, 0, limits);
    expect([deepest.from, deepest.to]).toEqual([1000, 1016]);
  });

  it('pans up to both ends', () => {
    const piece = scaleOf({ kind: 'range', from: 20_000, to: 30_000 }, limits, 500);
    expect(panned(piece, 5000, limits)).toMatchObject({ from: 25_000, to: 35_000 });
    expect(panned(piece, 1e9, limits)).toMatchObject({ from: 91_000, to: 101_000 });
    expect(panned(piece, -1e9, limits)).toMatchObject({ from: 1000, to: 11_000 });
  });

  it('moves as little as need be to show a moment', () => {
    const piece = scaleOf({ kind: 'range', from: 20_000, to: 30_000 }, limits, 500);
    expect(showing(piece, 25_000, limits)).toEqual(piece);
    expect(showing(piece, 40_000, limits)).toMatchObject({ from: 31_000, to: 41_000 });
    expect(showing(piece, 19_500, limits)).toMatchObject({ from: 18_500, to: 28_500 });
  });

  it('that follows now goes with it, and one that does not stays', () => {
    const tail = scaleOf({ kind: 'range', from: 91_000, to: 101_000 }, limits, 500);
    const later = { begin: 1000, end: 201_000 };
    expect(scaleOf(lookOf(tail, limits, true), later, 500)).toMatchObject({ from: 191_000, to: 201_000 });
    expect(scaleOf(lookOf(tail, limits, false), later, 500)).toMatchObject({ from: 91_000, to: 101_000 });
    expect(scaleOf(lookOf(all, limits, false), later, 500)).toMatchObject({ from: 1000, to: 201_000 });
  });

  it('comes back with a program that has gone back in time', () => {
    const earlier = { begin: 1000, end: 21_000 };
    expect(scaleOf({ kind: 'range', from: 50_000, to: 60_000 }, earlier, 500)).toMatchObject({ from: 11_000, to: 21_000 });
    expect(scaleOf({ kind: 'range', from: 50_000, to: 90_000 }, earlier, 500)).toMatchObject({ from: 1000, to: 21_000 });
  });

  it('has a width also before anything has happened', () => {
    const nothing = scaleOf({ kind: 'all' }, { begin: 0, end: 0 }, 500);
    expect(Number.isFinite(xOf(nothing, 0)) && nothing.to > nothing.from).toBe(true);
  });
});
