// Runs scripts/NAME.ts: bundles it with esbuild (Node 20 cannot read TypeScript) and imports the result.
//   node scripts/run.mjs NAME [ARGUMENTS...]
import { build } from 'esbuild';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const [name = ''] = process.argv.splice(2, 1);
const entry = path.join(root, 'scripts', `${name}.ts`);
if (!/^[\w-]+$/.test(name) || !existsSync(entry)) {
  console.error(`There is no script "${name}": scripts/${name}.ts does not exist.`);
  process.exit(2);
}
process.chdir(root);
const outfile = path.join(root, 'node_modules/.cache/refault-scripts', `${name}.mjs`);
try {
  await build({
    entryPoints: [entry], outfile, bundle: true, packages: 'external', platform: 'node', format: 'esm', target: 'node20', sourcemap: 'inline', logLevel: 'error',
  });
} catch {
  // esbuild has said what is wrong.
  process.exit(1);
}
process.setSourceMapsEnabled(true);
try {
  await import(pathToFileURL(outfile).href);
} catch (error) {
  // What the scripts throw are sentences for the reader; anything else is a bug and needs its place.
  console.error(error.constructor === Error ? error.message : error);
  process.exitCode = 1;
}
