/** npm run build: everything that is shipped, into dist/. */
import { buildShipped } from './bundles.ts';

try {
  await buildShipped();
} catch (error) {
  console.error(`The build failed:\n${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
