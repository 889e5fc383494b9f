import { describe, expect, it } from 'vitest';
import { simulatedTime } from '../../extension/first/simulatedTime.ts';

describe('simulatedTime', () => {
  it.each([
    [0, '0.00 µs'], [79.8, '1.00 µs'], [79_800, '1.00 ms'], [485_189, '6.08 ms'], [79_800_000, '1.00 s'], [79_800_000 * 5000, '5000 s'],
  ])('%d cycles of 79.8 MHz are %s', (cycles, text) => {
    expect(simulatedTime(cycles, 79_800_000)).toBe(text);
  });
});
