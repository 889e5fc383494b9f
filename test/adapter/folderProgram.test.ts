/** A folder in place of a program: its assembly files, where they make one. */
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { DapClient } from '../support/dapClient.ts';
import { example, program } from './conversations/talk.ts';

describe('a folder as the program', () => {
  let folder: string;
  beforeEach(() => { folder = mkdtempSync(path.join(tmpdir(), 'refault-folder-')); });
  afterEach(() => { rmSync(folder, { recursive: true }); });

  const put = (...files: readonly string[]): void => { for (const file of files) cpSync(file, path.join(folder, path.basename(file))); };

  async function client(): Promise<DapClient> {
    const made = new DapClient();
    onTestFinished(() => { made.dispose(); });
    await made.initialize();
    return made;
  }

  async function refusal(): Promise<string> {
    const { success, message } = await (await client()).request('launch', { program: folder });
    expect(success).toBe(false);
    return message ?? '';
  }

  it('runs as the program that its files make together', async () => {
    put(program('several/main.s'), program('several/fill.s'));
    const debugged = await client();
    await debugged.ask('launch', { program: folder });
    await debugged.ask('configurationDone');
    const { sources } = await debugged.ask<{ sources: { path?: string }[] }>('loadedSources');
    expect(sources.map((source) => source.path)).toEqual(expect.arrayContaining([path.join(folder, 'main.s'), path.join(folder, 'fill.s')]));
    await debugged.event('terminated');
  });

  it('is refused where it holds several programs, with their names', async () => {
    put(example('retry.s'), example('minor.s'), program('several/fill.s'));
    expect(await refusal()).toContain(`The folder "${folder}" holds 2 programs: minor.s and retry.s each have a _start. Name one of them.`);
  });

  it('is refused where it holds no source', async () => {
    mkdirSync(path.join(folder, 'inner'));
    expect(await refusal()).toContain(`There is no assembly file (.s) in the folder "${folder}": name a program.`);
  });
});

describe('what an editor shows beside the program', () => {
  it('is the kernel, as it was chosen, and simulated time', async () => {
    const client = new DapClient();
    onTestFinished(() => { client.dispose(); });
    await client.initialize();
    expect((await client.request('refault/status')).success).toBe(false);
    await client.ask('launch', { program: example('minor.s'), kernel: { base: '2.6.18', interruptedWait: 'retry' }, machine: { cyclesPerSecond: 1000 } });
    expect(await client.ask('refault/status')).toEqual({
      kernel: '2.6.18 with interruptedWait=retry', choice: { base: '2.6.18', interruptedWait: 'retry' }, cycle: 0, cyclesPerSecond: 1000,
    });
    await client.ask('configurationDone');
    await client.event('terminated');
    expect((await client.ask<{ cycle: number }>('refault/status')).cycle).toBeGreaterThan(0);
  });

  it('is the trail of a fault, where it was asked for', async () => {
    const client = new DapClient();
    onTestFinished(() => { client.dispose(); });
    await client.initialize();
    await client.ask('launch', { program: example('minor.s'), noDebug: true });
    await client.ask('configurationDone');
    await client.event('terminated');
    const rows = async (more: object): Promise<{ trail?: { path: string }[] }[]> =>
      (await client.ask<{ faults: { trail?: { path: string }[] }[] }>('refault/faults', { start: 0, count: 1, ...more })).faults;
    expect((await rows({}))[0]?.trail).toBeUndefined();
    expect((await rows({ trails: true }))[0]?.trail?.[0]?.path).toBe('do_page_fault');
  });
});
