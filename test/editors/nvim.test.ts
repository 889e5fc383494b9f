/** A debug session in Neovim, over a pipe, with the configuration that docs/editors.md shows. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { example } from '../adapter/conversations/talk.ts';
import { buildCommand } from '../support/dapProcess.ts';
import { hasTool } from '../support/oracle.ts';

/** Milliseconds after which a Neovim that hangs is ended. */
const PATIENCE = 60_000;

interface Report {
  readonly problem?: string;
  readonly requests: readonly string[];
  readonly events: readonly string[];
  readonly verified: boolean;
  readonly filters: readonly string[];
  readonly exitCode: number;
  readonly stops: readonly {
    readonly reason: string; readonly text?: string; readonly line: number; readonly shown: string; readonly threads: number;
    readonly frames: readonly string[]; readonly variables: Readonly<Record<string, number>>;
  }[];
}

const isHere = hasTool('nvim', 'neovim');
if (!isHere && process.env['CI'] !== undefined && process.env['CI'] !== 'false') throw new Error('There is no nvim, and in CI there has to be one.');

describe.skipIf(!isHere)('Neovim', () => {
  const lines = readFileSync(example('retry.s'), 'utf8').split('\n');
  const breakpoint = lines.findIndex((line) => line.startsWith('_start:')) + 2;
  let folder: string;
  let report: Report;

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'refault-nvim-'));
    const command = await buildCommand();
    const [, configuration] = /```lua\n([^]*?)```/.exec(readFileSync('docs/editors.md', 'utf8')) ?? [];
    const task = { configuration, file: example('retry.s'), breakpoint, report: path.join(folder, 'report.json') };
    writeFileSync(path.join(folder, 'task.json'), JSON.stringify(task));
    writeFileSync(path.join(folder, 'refault'), `#!/bin/sh\nexec "${process.execPath}" "${command.file}" "$@"\n`);
    chmodSync(path.join(folder, 'refault'), 0o755);
    const nvim = spawnSync('nvim', ['--headless', '--clean', '-c', 'luafile test/editors/nvim.lua'], {
      encoding: 'utf8', timeout: PATIENCE,
      env: { ...process.env, PATH: `${folder}${path.delimiter}${process.env['PATH'] ?? ''}`, REFAULT_TASK: path.join(folder, 'task.json'), XDG_STATE_HOME: folder },
    });
    command.remove();
    try {
      report = JSON.parse(readFileSync(task.report, 'utf8')) as Report;
    } catch (error) {
      throw new Error(`Neovim made no report: ${nvim.stderr}`, { cause: error });
    }
  }, PATIENCE * 1.5);
  afterAll(() => { rmSync(folder, { recursive: true }); });

  it('has the conversation that nvim-dap has, to its end', () => {
    expect(report.problem).toBeUndefined();
    expect(report.requests.slice(0, 5)).toEqual(['initialize', 'launch', 'setBreakpoints', 'setExceptionBreakpoints', 'configurationDone']);
    expect(report.requests.at(-1)).toBe('disconnect');
    expect(report.events).toEqual(expect.arrayContaining(['initialized', 'stopped', 'exited', 'terminated']));
    expect(report.exitCode).toBe(0);
  });

  it('sets its breakpoint and the filters that are on at first', () => {
    expect(report.verified).toBe(true);
    expect(report.filters).toEqual(['RETRY', 'SIGBUS', 'OOM', 'SIGSEGV', 'deadlock']);
    expect(report.stops[0]).toMatchObject({ reason: 'breakpoint', line: breakpoint });
  });

  it('shows the store that meets RETRY, below the kernel, with its registers', () => {
    const stop = report.stops[1];
    expect(stop).toMatchObject({ reason: 'exception', text: 'RETRY' });
    expect(stop?.shown).toMatch(/^touch:\s+stw\s/);
    expect(stop?.frames.some((name) => name.startsWith('spufs_ps_nopage'))).toBe(true);
    expect(stop?.threads).toBeGreaterThanOrEqual(4);
    expect(stop?.variables['General']).toBeGreaterThanOrEqual(32);
    expect(stop?.variables['Fault']).toBeGreaterThan(20);
  });
});
