/** npm run build: everything that is shipped, into dist/. */
import { buildShipped } from './bundles.ts';

await buildShipped();
