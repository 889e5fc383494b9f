/** npm run bench [-- NAME]: bundles every benchmark (or NAME.bench.ts) and prints its figures, one after the other. */
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { buildSync } from 'esbuild';
import { buildShipped } from './bundles.ts';

// Start-up is that of the command as it is shipped.
await buildShipped();

const OUT = 'node_modules/.cache/refault-bench';

const [wanted] = process.argv.slice(2);
const files = readdirSync('bench').filter((name) => name.endsWith('.bench.ts') && (wanted === undefined || name === `${wanted}.bench.ts`));
if (files.length === 0) throw new Error(`There is no benchmark "${wanted ?? ''}" in bench/.`);
for (const file of files.sort()) {
  const outfile = path.join(OUT, file.replace(/\.ts$/, '.mjs'));
  buildSync({
    entryPoints: [path.join('bench', file)], outfile, bundle: true, packages: 'external', platform: 'node', format: 'esm', target: 'node20', logLevel: 'error',
  });
  execFileSync(process.execPath, [outfile], { stdio: 'inherit' });
}
