/** Results of all suites in one sum. */

export interface Result {
  /** What ran: `lint`, `workbench (web)`. */
  readonly suite: string;
  readonly passed: number;
  readonly skipped: number;
  /** One text for each failure: its title, and what went wrong. */
  readonly failures: readonly string[];
}

export function passed(suite: string): Result {
  return { suite, passed: 1, skipped: 0, failures: [] };
}

export function failed(suite: string, what: string): Result {
  return { suite, passed: 0, skipped: 0, failures: [what] };
}

export function skipped(suite: string): Result {
  return { suite, passed: 0, skipped: 1, failures: [] };
}

/** The last line of a test run. */
export function tally(results: readonly Result[]): string {
  const sum = (count: (result: Result) => number): number => results.reduce((total, result) => total + count(result), 0);
  return `${sum((r) => r.passed)} passed, ${sum((r) => r.failures.length)} failed, ${sum((r) => r.skipped)} skipped`;
}

/** One line a suite, then what failed in it. */
export function describe({ suite, passed: good, skipped: left, failures }: Result): string {
  const words = [`${good} passed`, ...(failures.length > 0 ? [`${failures.length} FAILED`] : []), ...(left > 0 ? [`${left} skipped`] : [])];
  return [`${suite}: ${words.join(', ')}`, ...failures.map((failure) => `  ✗ ${failure.replaceAll('\n', '\n    ')}`)].join('\n');
}
