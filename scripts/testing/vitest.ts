/** Runs vitest and reads its JSON report. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { runNode, tool } from './command.ts';
import { type Result, failed } from './tally.ts';

interface Report {
  readonly numPassedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly { readonly fullName: string; readonly status: string; readonly failureMessages: readonly string[] | null }[];
  }[];
}

/** Runs a configuration of vitest, or only the files whose names hold one of `only`. A file that cannot be loaded counts as one failure. */
export async function runVitest(suite: string, configuration: string, only: readonly string[] = []): Promise<Result> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'refault-vitest-'));
  const outputFile = path.join(folder, 'report.json');
  try {
    const { output } = await runNode([tool('vitest/vitest.mjs'), 'run', ...only, '--config', configuration, '--reporter=json', `--outputFile=${outputFile}`]);
    let text: string;
    try {
      text = readFileSync(outputFile, 'utf8');
    } catch {
      return failed(suite, `vitest made no report:\n${output.trim()}`);
    }
    return resultOf(suite, JSON.parse(text) as Report);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function resultOf(suite: string, report: Report): Result {
  const failures = report.testResults.flatMap((file) => {
    const tests = file.assertionResults.filter(({ status }) => status === 'failed');
    const name = path.relative('.', file.name);
    if (tests.length === 0 && file.status === 'failed') return [`${name}: ${file.message}`];
    return tests.map(({ fullName, failureMessages }) => `${name}: ${fullName}\n${(failureMessages ?? []).join('\n')}`);
  });
  return { suite, passed: report.numPassedTests, skipped: report.numPendingTests + report.numTodoTests, failures };
}
