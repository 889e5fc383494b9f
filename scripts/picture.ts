/** npm run picture: draws the icon, and takes the pictures of the README and the guide in the real workbench, while its tests run. */
import { buildShipped } from './bundles.ts';
import { findChromium } from './hosts/browser.ts';
import { drawIcon } from './pictures/icon.ts';
import { runNode, tool } from './testing/command.ts';
import { unpackForTests } from './testing/workbench.ts';

const FOLDER = 'docs/images';

const chromium = findChromium();
if (chromium === undefined) throw new Error('Pictures are taken in a Chromium: install one, or name it in CHROMIUM.');
await drawIcon(chromium);
await buildShipped();
await unpackForTests();
const { status, output } = await runNode([tool('vitest/vitest.mjs'), 'run', '--config', 'test/workbench/ui/vitest.config.mjs', 'retry.ui.ts', 'screens.ui.ts'], { REFAULT_PICTURES: FOLDER });
console.log(status === 0 ? `media/icon.png and the pictures in ${FOLDER} are new.` : output);
process.exitCode = status;
