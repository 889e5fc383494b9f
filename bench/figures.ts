/** Timing for benchmarks: medians of many short samples, since machines have fast and slow moments. */

const SAMPLES = 15;
const SAMPLE_MILLISECONDS = 60;

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

export function report(subject: string, value: number, unit: string): void {
  console.log(`${subject.padEnd(44)} ${value.toFixed(value < 10 ? 2 : 0).padStart(8)} ${unit}`);
}
