/** The file that extension hosts and workers share, as it is shipped: each of them takes its part, and touches no other. */
import { runInNewContext } from 'node:vm';
import { build } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ToWorker } from '../../extension/worker/messages.ts';
import { sharedBundle } from '../../scripts/bundles.ts';

const PLATFORM = { TextEncoder, TextDecoder, WebAssembly, URL, performance, setTimeout, MessageChannel, queueMicrotask, structuredClone };

describe('the shared file', () => {
  let script = '';

  beforeAll(async () => {
    const { outputFiles } = await build({ ...sharedBundle, write: false, sourcemap: false });
    script = outputFiles.find(({ path }) => path.endsWith('.js'))?.text ?? '';
  });

  it('is the script of a worker where there are no modules', () => {
    const posted: unknown[] = [];
    const self: { postMessage: (message: unknown) => void; onmessage?: (event: { data: ToWorker }) => void } = { postMessage: (message) => { posted.push(message); } };
    runInNewContext(script, { ...PLATFORM, self });
    expect(posted).toEqual([{ kind: 'ready' }]);
    const request = { seq: 1, type: 'request', command: 'initialize', arguments: { adapterID: 'cell' } };
    self.onmessage?.({ data: { kind: 'dap', message: request } });
    expect(posted[1]).toMatchObject({ kind: 'dap', message: { type: 'response', command: 'initialize', success: true } });
  });

  it('is a module on the desktop that asks for no other, and for the workbench only when it is activated', () => {
    const asked: string[] = [];
    const module: { exports: Readonly<Record<string, unknown>> } = { exports: {} };
    const require = (name: string): object => {
      asked.push(name);
      throw new Error(`There is no ${name}.`);
    };
    runInNewContext(script, { ...PLATFORM, module, require });
    expect(asked).toEqual([]);
    expect(Object.keys(module.exports)).toEqual(expect.arrayContaining(['activate', 'createSession', 'PROFILES', 'diagnosticsOf']));
  });
});
