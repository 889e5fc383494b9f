/** npm run picture: takes the picture of the README in the real workbench, while its test runs. */
import { buildShipped } from './bundles.ts';
import { unpackExtension } from './packaging.ts';
import { runNode, tool } from './testing/command.ts';
import { UNPACKED } from './testing/workbench.ts';

const PICTURE = 'docs/images/workbench.png';

await buildShipped();
await unpackExtension(UNPACKED);
const { status, output } = await runNode([tool('vitest/vitest.mjs'), 'run', '--config', 'test/workbench/ui/vitest.config.mjs', 'retry.ui.ts'], { REFAULT_PICTURE: PICTURE });
console.log(status === 0 ? `${PICTURE} is new.` : output);
process.exitCode = status;
