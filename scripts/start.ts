/**
 * npm start: builds, prints what retry.s meets under two kernels, and serves the real
 * VS Code workbench with the extension in it. `--no-serve` ends after the comparison.
 */
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { buildShipped } from './bundles.ts';
import { type WebHost, serveWebHost } from './hosts/webHost.ts';
import { unpackExtension } from './packaging.ts';

const FIRST_PORT = 3000;
const PORTS = 50;

const { values: options } = parseArgs({ options: { 'no-serve': { type: 'boolean' }, port: { type: 'string' } } });

await buildShipped();
const comparison = spawnSync(process.execPath, ['dist/cli.mjs', 'compare', 'examples/retry.s', '--kernels', '2.6.18,2.6.18-retry'], { stdio: 'inherit' });
if (comparison.status !== 0) process.exit(comparison.status ?? 1);

if (options['no-serve'] !== true) {
  const extension = await unpackExtension('dist/start');
  const host = await serveOnFreePort(extension, Number(options.port ?? FIRST_PORT));
  console.log(`
VS Code with Refault in it:  ${host.url}

  1. Open that address in a browser (Chromium, Firefox, Safari).
  2. Open retry.s in the explorer, and press F5.
     It stops where an interrupted page fault is answered with RETRY.
  3. Press the bulb in the debug toolbar: a page says why. Look at the call stack, and at "Page Faults" and
     "SPE Contexts" in the sidebar. F5 goes on.
  4. Press F1 and type "Refault": everything else. "Open the Guide" has a page for each task.

Ctrl-C here ends it.`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      host.close();
      process.exit(0);
    });
  }
}

/** Takes the first free port from `first` on. */
async function serveOnFreePort(extension: string, first: number): Promise<WebHost> {
  for (let port = first; port < first + PORTS; port++) {
    try {
      return await serveWebHost({ extension, folder: 'examples', port });
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
    }
  }
  throw new Error(`No port from ${first} to ${first + PORTS - 1} is free: name another one with "npm start -- --port N".`);
}
