/** npm run package: the installable extension, dist/refault.vsix. */
import { statSync } from 'node:fs';
import path from 'node:path';
import { buildShipped } from './bundles.ts';
import { packageExtension } from './packaging.ts';

await buildShipped();
const file = await packageExtension();
console.log(`${path.relative('.', file)}: ${Math.ceil(statSync(file).size / 1024)} KiB. Install it with "code --install-extension ${path.relative('.', file)}" or from the Extensions view.`);
