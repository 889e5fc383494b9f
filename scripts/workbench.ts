/** npm run test:workbench: builds, and runs the tests of the real workbench alone. */
import { buildShipped } from './bundles.ts';
import { describe, tally } from './testing/tally.ts';
import { runWorkbenchTests } from './testing/workbench.ts';

await buildShipped();
const results = await runWorkbenchTests((result) => console.log(describe(result)));
console.log(tally(results));
if (results.some(({ failures }) => failures.length > 0)) process.exitCode = 1;
