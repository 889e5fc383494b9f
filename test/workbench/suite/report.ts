/** How the suite tells the test runner outside of VS Code what came of it: one line on the console. */

export const REPORT_MARK = 'REFAULT-SUITE ';

export interface SuiteReport {
  readonly passed: readonly string[];
  readonly failed: readonly { readonly title: string; readonly message: string }[];
  readonly skipped: readonly string[];
}

/** Runs the suite to its end; resolves to the report. */
export function reportOf(start: (done: () => void) => Mocha.Runner): Promise<SuiteReport> {
  return new Promise((resolve) => {
    const passed: string[] = [];
    const failed: { title: string; message: string }[] = [];
    const skipped: string[] = [];
    const runner = start(() => resolve({ passed, failed, skipped }));
    runner.on('pass', (test) => passed.push(test.fullTitle()));
    runner.on('pending', (test) => skipped.push(test.fullTitle()));
    runner.on('fail', (test, error: unknown) => failed.push({ title: test.fullTitle(), message: error instanceof Error ? error.stack ?? error.message : String(error) }));
  });
}

/** Says it to whoever started VS Code, and fails the run where a test failed. */
export function tell(report: SuiteReport): void {
  console.log(REPORT_MARK + JSON.stringify(report));
  if (report.failed.length > 0) throw new Error(`${report.failed.length} tests failed.`);
}
