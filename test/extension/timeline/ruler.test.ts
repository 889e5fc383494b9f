/** Ticks and texts of simulated time. The Cell's time base of 79.8 MHz is what cycles are counted in here, or 1 GHz where round numbers help. */
import { describe, expect, it } from 'vitest';
import { rulerOf } from '../../../extension/webview/timeline/ruler.ts';
import { groupedDigits, lengthText, momentText } from '../../../extension/webview/timeline/timeText.ts';

const GHZ = 1e9;
const labels = (from: number, to: number, cyclesPerSecond = GHZ, unit: 'time' | 'cycles' = 'time'): readonly string[] =>
  rulerOf({ from, to, width: 500 }, cyclesPerSecond, unit).ticks.map(({ label }) => label).filter((label) => label !== '');

describe('the ruler', () => {
  it.each([
    ['nanoseconds', 0, 100, ['0 ns', '20 ns', '40 ns', '60 ns', '80 ns']],
    ['microseconds', 0, 2500, ['0.0 µs', '0.5 µs', '1.0 µs', '1.5 µs', '2.0 µs']],
    ['milliseconds', 10_000_000, 35_000_000, ['10 ms', '15 ms', '20 ms', '25 ms', '30 ms']],
    ['seconds', 0, 10_000_000_000, ['0 s', '2 s', '4 s', '6 s', '8 s']],
  ])('has round numbers of %s', (_, from, to, expected) => {
    expect(labels(from, to)).toEqual(expected);
  });

  it('puts its ticks where their times are', () => {
    const { ticks } = rulerOf({ from: 0, to: 79_800_000, width: 1000 }, 79_800_000, 'time');
    expect(ticks.map(({ label }) => label)).toContain('0.5 s');
    const half = ticks.find(({ label }) => label === '0.5 s')?.x;
    expect(half).toBeCloseTo(500);
  });

  it('counts from a round time where numbers would be long', () => {
    const { base, ticks } = rulerOf({ from: 1_234_567_100, to: 1_234_567_200, width: 500 }, GHZ, 'time');
    expect(base).toBe('1.234567 s');
    expect(ticks.map(({ label }) => label)).toEqual(['+100 ns', '+120 ns', '+140 ns', '+160 ns', '+180 ns', '']);
  });

  it('counts cycles in whole ones', () => {
    expect(labels(0, 5, GHZ, 'cycles')).toEqual(['0', '1', '2', '3', '4']);
    expect(labels(1_000_000, 1_500_000, GHZ, 'cycles').map((label) => label.replaceAll('\u202f', ' '))).toEqual(['1 000 000', '1 100 000', '1 200 000', '1 300 000', '1 400 000']);
  });

  it.each([16, 333, 79_800, 7e9, 3e12])('has room for its labels in a window of %d cycles', (cycles) => {
    for (const from of [0, 12_345, 8e11]) {
      const { ticks } = rulerOf({ from, to: from + cycles, width: 900 }, 79_800_000, 'time');
      expect(ticks.length).toBeGreaterThan(1);
      expect(ticks.length).toBeLessThan(11);
      for (const { label } of ticks) expect(label.length).toBeLessThanOrEqual(14);
    }
  });
});

describe('times', () => {
  it('are written as precisely as need be', () => {
    expect(momentText(1_250_340, GHZ, 1)).toBe('1.250340 ms');
    expect(momentText(1_250_340, GHZ, 10_000)).toBe('1.25 ms');
    expect(momentText(0, GHZ, 1000)).toBe('0 ns');
  });

  it('that something took have three digits', () => {
    expect(lengthText(1, 79_800_000)).toBe('12.5 ns');
    expect(lengthText(79_800, 79_800_000)).toBe('1.00 ms');
  });

  it('in cycles have their digits in groups', () => {
    expect(groupedDigits(1234567).split('\u202f')).toEqual(['1', '234', '567']);
    expect(groupedDigits(12)).toBe('12');
  });
});
