/**
 * npm test: type check, lint, every test, the build, the package and the real workbench.
 * The last line sums them all up: `N passed, N failed, N skipped`.
 */
import { PPC } from '../src/sim/ppe/instructionSet.ts';
import { SPU } from '../src/sim/spe/instructionSet.ts';
import { coverageOf, uncovered } from '../test/support/coverage.ts';
import { buildShipped } from './bundles.ts';
import { packageExtension } from './packaging.ts';
import { lintChecks, runChecks, typeChecks } from './testing/checks.ts';
import { type Result, describe, failed, passed, tally } from './testing/tally.ts';
import { runVitest } from './testing/vitest.ts';
import { runWorkbenchTests } from './testing/workbench.ts';

const VECTORS = 'test/vectors';
const results: Result[] = [];

function report(result: Result): void {
  console.log(describe(result));
}

async function attempt(suite: string, work: () => Promise<unknown>): Promise<boolean> {
  let result: Result;
  try {
    await work();
    result = passed(suite);
  } catch (error) {
    result = failed(suite, error instanceof Error ? error.message : String(error));
  }
  report(result);
  results.push(result);
  return result.failures.length === 0;
}

results.push(...await runChecks([...typeChecks, ...lintChecks], report));
const built = await attempt('build', buildShipped);
const tests = await runVitest('unit, vector, golden and property tests', 'vitest.config.mjs');
report(tests);
results.push(tests);
console.log(`PowerPC mnemonics without a vector: ${uncovered(PPC, coverageOf(PPC, VECTORS)).join(' ')}`);
console.log(`SPU mnemonics without a vector: ${uncovered(SPU, coverageOf(SPU, VECTORS)).join(' ')}`);
if (built) {
  await attempt('package', packageExtension);
  results.push(...await runWorkbenchTests(report));
}
console.log(tally(results));
if (results.some(({ failures }) => failures.length > 0)) process.exitCode = 1;
