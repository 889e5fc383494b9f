/** What a history costs: the machine with it and without, a checkpoint, a step back. */
import { performance } from 'node:perf_hooks';
import { PassThrough } from 'node:stream';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { serveStream } from '../src/cli/dapStream.ts';
import { nodeHost } from '../src/cli/nodeHost.ts';
import { readPath } from '../src/cli/files.ts';
import { profileOf } from '../src/sim/kernel/profile/lookup.ts';
import { DEFAULT_CONFIGURATION, Machine } from '../src/sim/machine.ts';
import { loadProgram } from '../src/sim/program/load.ts';
import { BenchClient } from './client.ts';
import { milliseconds, report, reportTimes, timeOf } from './figures.ts';

const CYCLES = 400_000_000;
const PIECE = 400_000;
const HISTORY_BYTES = 256 * 2 ** 20;
const STEPS = 40;
const ROUNDS = 5;

/** A loop that writes all over 4 MiB. */
const LOOP = `
        .text
        .globl _start
_start: lis 9, data@ha
        addi 9, 9, data@l
        li 5, 0
loop:   add 6, 9, 5
        addi 7, 7, 1
        stw 7, 0(6)
        addi 5, 5, 1036
        rlwinm 5, 5, 0, 10, 29
        b loop
        .bss
        .balign 4096
data:   .space 4194308
`;

function machine(historyBytes: number): Machine {
  const { program } = loadProgram({ name: 'loop.s', bytes: new TextEncoder().encode(LOOP) });
  const made = new Machine(
    { program, args: [], env: {}, profile: profileOf(undefined), configuration: DEFAULT_CONFIGURATION, hostFiles: undefined, historyBytes },
    { output: () => undefined, notice: () => undefined },
  );
  made.run(2_000_000);
  return made;
}

function rate(made: Machine): number {
  const start = performance.now();
  for (let done = 0; done < CYCLES; done += PIECE) made.run(PIECE);
  return CYCLES / (performance.now() - start) / 1000;
}

async function stepsBack(program: string): Promise<number[]> {
  const [toSession, toClient] = [new PassThrough(), new PassThrough()];
  void serveStream(toSession, toClient, nodeHost({ readFile: readPath }), (mistake) => { throw new Error(mistake); });
  const client = new BenchClient(toSession, toClient);
  const { threadId = 0 } = await client.launch(program);
  await client.ask('continue', { threadId });
  await new Promise((resolve) => { setTimeout(resolve, 1000); });
  await client.toStop('pause', { threadId });
  const times: number[] = [];
  for (let i = 0; i < STEPS; i += 1) times.push(await timeOf(() => client.toStop('stepBack', { threadId, granularity: 'instruction' })));
  await client.ask('disconnect', { terminateDebuggee: true });
  return times;
}

const without = machine(0);
const withHistory = machine(HISTORY_BYTES);
const rates = Array.from({ length: ROUNDS }, () => [rate(without), rate(withHistory)] as const);
report('history: machine without, million instructions a second', Math.max(...rates.map(([off]) => off)), 'M/s');
report('history: machine with it', Math.max(...rates.map(([, on]) => on)), 'M/s');
const { history } = withHistory;
if (history) {
  const before = history.bytes;
  withHistory.run(2_000_000);
  report('history: a checkpoint of 4 MiB that changed', milliseconds(() => { history.take(); }), 'ms');
  report('history: its copies', (history.bytes - before) / 1024, 'KiB');
  withHistory.run(1000);
  report('history: a checkpoint after 1000 instructions', milliseconds(() => { history.take(); }), 'ms');
  report('history: checkpoints of the run', history.checkpoints.length, `in ${(history.bytes / 2 ** 20).toFixed(0)} MiB`);
  const [first] = history.checkpoints;
  if (first) report('history: back to the first checkpoint', milliseconds(() => { history.restore(first); }), 'ms');
}
const folder = mkdtempSync(path.join(tmpdir(), 'refault-bench-'));
try {
  const loop = path.join(folder, 'loop.s');
  writeFileSync(loop, LOOP);
  const [first = 0, ...later] = await stepsBack(loop);
  report('history: first step back after a second', first, 'ms');
  reportTimes('history: steps back that follow', later);
} finally {
  rmSync(folder, { recursive: true });
}
