/** npm run lint: every rule of the house. */
import { lintChecks, runChecks } from './testing/checks.ts';
import { describe } from './testing/tally.ts';

const results = await runChecks(lintChecks, (result) => console.log(describe(result)));
if (results.some(({ failures }) => failures.length > 0)) process.exitCode = 1;
