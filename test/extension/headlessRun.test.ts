/** Programs that run without a debug session, in the code that a worker runs. */
import { readFile, readdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { Files } from '../../extension/debug/hostFiles.ts';
import { runInPlace } from '../../extension/debug/inPlace.ts';
import { type HeadlessLimits, runHeadless } from '../../extension/headless/headlessRun.ts';
import { nodeClock } from '../../extension/worker/nodeClock.ts';
import { example } from '../adapter/conversations/talk.ts';

const start = runInPlace(nodeClock);
const files: Files = {
  readFile: async (path) => new Uint8Array(await readFile(path)),
  listFolder: async (path) => (await readdir(path, { withFileTypes: true })).map((entry) => ({ name: entry.name, kind: entry.isDirectory() ? 'folder' : 'file' })),
};
const limits: HeadlessLimits = { milliseconds: 20_000, faults: 100, output: 1000 };

describe('runHeadless', () => {
  it('runs a program to its end and has what it left', async () => {
    const run = await runHeadless(start, files, { program: example('retry.s') }, limits);
    expect(run.exitCode).toBe(0);
    expect(run.stdout).toContain('The alarm is handled');
    expect(run.status.kernel).toBe('2.6.18-retry');
    expect(run.faults.total).toBe(run.faults.faults.length);
    const retry = run.faults.faults.find(({ outcome }) => outcome === 'RETRY');
    expect(retry).toMatchObject({ mapping: '/spu/other/signal1', interruptedBy: 'SIGALRM', pte: 'nobody' });
    expect(retry?.trail?.some(({ path }) => path === 'spufs_ps_nopage')).toBe(true);
    expect(run.contexts.contexts).toHaveLength(2);
  });

  it('runs the same program under another kernel, which kills it', async () => {
    const run = await runHeadless(start, files, { program: example('retry.s'), kernel: '2.6.18' }, limits);
    expect(run.exitCode).toBe(128 + 7);
    expect(run.faults.faults[0]?.outcome).toBe('SIGBUS');
  });

  it('ends a program that never ends, with its newest faults', async () => {
    const run = await runHeadless(start, files, { program: example('retry-forever.s') }, { ...limits, milliseconds: 6000, faults: 5 });
    expect(run.exitCode).toBeUndefined();
    expect(run.faults.faults).toHaveLength(5);
    expect(run.faults.total).toBeGreaterThan(5);
  });

  it('ends when its caller has lost interest', async () => {
    const run = await runHeadless(start, files, { program: example('retry-forever.s') }, limits, {
      isCancellationRequested: true, onCancellationRequested: () => ({ dispose: () => undefined }),
    });
    expect(run.exitCode).toBeUndefined();
  });

  it('says in a sentence why a program cannot be run', async () => {
    await expect(runHeadless(start, files, { program: example('retry.s'), kernel: '2.4' }, limits)).rejects.toThrow('There is no kernel profile "2.4"');
  });
});
