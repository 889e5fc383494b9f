/** npm run picture: takes the picture of the README in the real workbench, while its test runs. */
import { buildShipped } from './bundles.ts';
import { runNode, tool } from './testing/command.ts';
import { unpackForTests } from './testing/workbench.ts';

const PICTURE = 'docs/images/workbench.png';

await buildShipped();
await unpackForTests();
const { status, output } = await runNode([tool('vitest/vitest.mjs'), 'run', '--config', 'test/workbench/ui/vitest.config.mjs', 'retry.ui.ts'], { REFAULT_PICTURE: PICTURE });
console.log(status === 0 ? `${PICTURE} is new.` : output);
process.exitCode = status;
