/** npm run test:desktop: the suite in Microsoft's own VS Code, which has to be downloaded. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import type { SuiteReport } from '../test/workbench/suite/report.ts';
import { buildShipped, buildSuites } from './bundles.ts';
import { describe, tally } from './testing/tally.ts';
import { unpackForTests } from './testing/workbench.ts';

const SUITE = 'workbench: desktop';

async function download(): Promise<string | undefined> {
  try {
    return await downloadAndUnzipVSCode({ cachePath: path.resolve('node_modules/.cache/refault-hosts/desktop') });
  } catch (error) {
    console.log(`VS Code cannot be downloaded from here, so its tests are skipped (${error instanceof Error ? error.message : String(error)}).`);
    console.log('The same suite runs in the browser and in the server: npm run test:workbench.');
    return undefined;
  }
}

await buildShipped();
await buildSuites();
const extension = await unpackForTests({ 'suite/node.cjs': 'dist/suite/node.cjs' });
const vscodeExecutablePath = await download();
if (vscodeExecutablePath === undefined) {
  console.log('0 passed, 0 failed, 1 skipped');
} else {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'refault-desktop-'));
  const file = path.join(folder, 'report.json');
  const failure = await runTests({
    vscodeExecutablePath,
    extensionDevelopmentPath: extension,
    extensionTestsPath: path.join(extension, 'suite/node.cjs'),
    extensionTestsEnv: { REFAULT_SUITE_REPORT: file },
    launchArgs: [path.join(extension, 'examples'), '--disable-extensions', '--disable-workspace-trust', `--user-data-dir=${folder}`],
  }).then(() => undefined, String);
  const report = readReport(file, failure);
  rmSync(folder, { recursive: true, force: true });
  const result = { suite: SUITE, passed: report.passed.length, skipped: report.skipped.length, failures: report.failed.map(({ title, message }) => `${title}\n${message}`) };
  console.log(describe(result));
  console.log(tally([result]));
  if (result.failures.length > 0) process.exitCode = 1;
}

function readReport(file: string, failure: string | undefined): SuiteReport {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as SuiteReport;
  } catch {
    return { passed: [], skipped: [], failed: [{ title: SUITE, message: failure ?? 'VS Code ended without a report.' }] };
  }
}
