/** npm run test:workbench [-- NAME...]: builds, and runs the tests of the real workbench alone, or only what is named: `web` or `node` for the suite in one extension host, or a file of the tests by hand and eye. */
import { buildShipped } from './bundles.ts';
import { describe, tally } from './testing/tally.ts';
import { runWorkbenchTests } from './testing/workbench.ts';

await buildShipped();
const results = await runWorkbenchTests((result) => console.log(describe(result)), process.argv.slice(2));
console.log(tally(results));
if (results.some(({ failures }) => failures.length > 0)) process.exitCode = 1;
