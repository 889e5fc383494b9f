/** npm run bench: bundles every benchmark and prints its figures, one after the other. */
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { buildSync } from 'esbuild';

const OUT = 'node_modules/.cache/refault-bench';

for (const file of readdirSync('bench').filter((name) => name.endsWith('.bench.ts')).sort()) {
  const outfile = path.join(OUT, file.replace(/\.ts$/, '.mjs'));
  buildSync({
    entryPoints: [path.join('bench', file)], outfile, bundle: true, packages: 'external', platform: 'node', format: 'esm', target: 'node20', logLevel: 'error',
  });
  execFileSync(process.execPath, [outfile], { stdio: 'inherit' });
}
