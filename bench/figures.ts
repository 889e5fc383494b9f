/** Timing for benchmarks: medians of many short samples, since machines have fast and slow moments. */

const SAMPLES = 15;
const SAMPLE_MILLISECONDS = 60;
/** Columns of a figure's name. */
const WIDTH = 54;

/** The middle of several rates of `work`, which does something and returns how much, per second. */
export function ratePerSecond(work: () => number): number {
  const rates = Array.from({ length: SAMPLES }, () => {
    const start = performance.now();
    let done = 0;
    while (performance.now() - start < SAMPLE_MILLISECONDS) done += work();
    return (done / (performance.now() - start)) * 1000;
  });
  return rates.sort((a, b) => a - b)[SAMPLES >>> 1] ?? 0;
}

/** Milliseconds that `work` takes, once. */
export function milliseconds(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

/** Milliseconds until `work` is done, once. */
export async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** The middle of many times, the one that only one in twenty exceeds, and the longest, in milliseconds. */
export function reportTimes(subject: string, times: readonly number[]): void {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (part: number): string => digits(sorted[Math.min(Math.floor(sorted.length * part), sorted.length - 1)] ?? 0);
  console.log(`${subject.padEnd(WIDTH)} ${at(0.5).padStart(8)} ms, 95 % within ${at(0.95)} ms, longest ${at(1)} ms`);
}

export function report(subject: string, value: number, unit: string): void {
  console.log(`${subject.padEnd(WIDTH)} ${digits(value).padStart(8)} ${unit}`);
}

function digits(value: number): string {
  return value.toFixed(value < 10 ? 2 : 0);
}
