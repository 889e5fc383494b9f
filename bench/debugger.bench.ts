/** What a user of the debugger waits for: the first stop, steps, disassembly, pause. Over the protocol's streams, as clients use it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { CONTEXT_REQUEST, CONTEXTS_REQUEST, type ContextsResponse, STATUS_REQUEST, type StatusResponse } from '../src/adapter/protocol.ts';
import { TIMELINE_REQUEST, type TimelineResponse } from '../src/adapter/timelineProtocol.ts';
import { serveStream } from '../src/cli/dapStream.ts';
import { readPath } from '../src/cli/files.ts';
import { nodeHost } from '../src/cli/nodeHost.ts';
import { BenchClient } from './client.ts';
import { reportTimes, timeOf } from './figures.ts';

const COMMAND = path.resolve('dist/cli.mjs');
const STEPS = 1000;
const STARTS = 7;
const PAUSES = 15;
const ROWS = 400;
/** Steps before the figures count: what a user's first ones take is in the start-up time. */
const WARM_UP_STEPS = 200;

const LOOP = `
        .globl  _start
_start: li      r3, 0
        lis     r4, data@ha
        addi    r4, r4, data@l
loop:   addi    r3, r3, 1
        stw     r3, 0(r4)
        lwz     r5, 0(r4)
        add     r6, r5, r3
        bl      leaf
        b       loop
leaf:   mulld   r7, r6, r3
        blr
        .skip   4096
        .data
data:   .long   0
`;

/** Makes contexts `/spu/aa` to `/spu/hh`, stops, and goes on for ever. */
const CONTEXTS_PROGRAM = `
        # refault: spes=4
        .globl  _start
_start: lis     r28, name@ha
        addi    r28, r28, name@l
        li      r29, 'a'
outer:  li      r30, 'a'
inner:  stb     r29, 5(r28)
        stb     r30, 6(r28)
        li      r0, 279
        mr      r3, r28
        li      r4, 0
        li      r5, 0755
        sc
        addi    r30, r30, 1
        cmpwi   r30, 'i'
        blt     inner
        addi    r29, r29, 1
        cmpwi   r29, 'i'
        blt     outer
made:   b       made
        .data
name:   .asciz  "/spu/00"
`;
const CONTEXTS = 64;
/** Width of the picture. */
const TIMELINE_POINTS = 1000;

/** A session in this process: the same code as behind `refault dap`, without the start of a process. */
function sessionHere(): BenchClient {
  const [toSession, toClient] = [new PassThrough(), new PassThrough()];
  void serveStream(toSession, toClient, nodeHost({ readFile: readPath }), (mistake) => { throw new Error(mistake); });
  return new BenchClient(toSession, toClient);
}

async function inSession<T>(program: string, work: (client: BenchClient, entry: DebugProtocol.StoppedEvent['body']) => Promise<T>): Promise<T> {
  const client = sessionHere();
  const entry = await client.launch(program);
  const result = await work(client, entry);
  await client.ask('disconnect', { terminateDebuggee: true });
  return result;
}

async function inProcess(work: (client: BenchClient) => Promise<void>): Promise<void> {
  const adapter = spawn(process.execPath, [COMMAND, 'dap'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const client = new BenchClient(adapter.stdin, adapter.stdout);
  const gone = once(adapter, 'exit');
  await work(client);
  await client.ask('disconnect', { terminateDebuggee: true });
  await gone;
}

/** From the start of the process to the stop at the entry. */
async function startsOfProcess(program: string): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < STARTS; i += 1) {
    const start = performance.now();
    await inProcess(async (client) => {
      await client.launch(program);
      times.push(performance.now() - start);
    });
  }
  return times;
}

async function startsOfSession(program: string): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < STARTS; i += 1) {
    const client = sessionHere();
    times.push(await timeOf(() => client.launch(program)));
    await client.ask('disconnect', { terminateDebuggee: true });
  }
  return times;
}

async function steps(program: string, refreshes: boolean): Promise<number[]> {
  return await inSession(program, async (client, { threadId = 0 }) => {
    const times: number[] = [];
    for (let i = 0; i < WARM_UP_STEPS + STEPS; i += 1) {
      const time = await timeOf(async () => {
        await client.toStop('stepIn', { threadId });
        if (refreshes) await client.refresh(threadId);
      });
      if (i >= WARM_UP_STEPS) times.push(time);
    }
    return times;
  });
}

async function disassemblies(program: string): Promise<number[]> {
  return await inSession(program, async (client, { threadId = 0 }) => {
    const times: number[] = [];
    for (let i = 0; i < STARTS * 3; i += 1) {
      await client.toStop('stepIn', { threadId, granularity: 'instruction' });
      const { stackFrames } = await client.ask<DebugProtocol.StackTraceResponse['body']>('stackTrace', { threadId, startFrame: 0, levels: 1 });
      const memoryReference = stackFrames[0]?.instructionPointerReference ?? '0';
      times.push(await timeOf(() => client.ask('disassemble', { memoryReference, instructionOffset: -ROWS / 2, instructionCount: ROWS, resolveSymbols: true })));
    }
    return times;
  });
}

/** What the view of SPE contexts asks for when it is opened. */
async function contextViews(program: string): Promise<number[]> {
  return await inSession(program, async (client, { threadId = 0 }) => {
    await client.ask('setFunctionBreakpoints', { breakpoints: [{ name: 'made' }] });
    await client.toStop('continue', { threadId });
    const times: number[] = [];
    for (let i = 0; i < STARTS * 3; i += 1) {
      times.push(await timeOf(async () => {
        const { contexts } = await client.ask<ContextsResponse>(CONTEXTS_REQUEST);
        const [first] = contexts;
        if (!first || contexts.length !== CONTEXTS) throw new Error(`There are ${String(contexts.length)} contexts.`);
        // The one that is unfolded.
        await client.ask(CONTEXT_REQUEST, { name: first.name, lanes: 'words', decimal: false });
      }));
    }
    return times;
  });
}

/** What the timeline asks for four times a second, when its log is full. */
async function timelines(program: string): Promise<number[]> {
  return await inSession(program, async (client, { threadId = 0 }) => {
    await client.ask('setExceptionBreakpoints', { filters: [] });
    await client.ask('continue', { threadId });
    const look = async (): Promise<TimelineResponse> => {
      const { cycle } = await client.ask<StatusResponse>(STATUS_REQUEST);
      return await client.ask<TimelineResponse>(TIMELINE_REQUEST, { cyclesPerPoint: Math.max(Math.ceil(cycle / TIMELINE_POINTS), 1) });
    };
    while ((await look()).begin === 0) await setTimeout(50);
    await client.toStop('pause', { threadId });
    const times: number[] = [];
    for (let i = 0; i < STARTS * 3; i += 1) times.push(await timeOf(look));
    return times;
  });
}

/**
 * From the request to the stop: the first pause of each process, soon after the entry, and those that follow. In a
 * process of their own, for a request must be able to come at any time.
 */
async function pauses(program: string): Promise<{ readonly first: number[]; readonly later: number[] }> {
  const first: number[] = [];
  const later: number[] = [];
  for (let start = 0; start < STARTS; start += 1) {
    await inProcess(async (client) => {
      const { threadId = 0 } = await client.launch(program);
      for (let i = 0; i < PAUSES; i += 1) {
        await client.ask('continue', { threadId });
        await setTimeout(i === 0 ? 1 + start * 5 : 20);
        (i === 0 ? first : later).push(await timeOf(() => client.toStop('pause', { threadId })));
      }
    });
  }
  return { first, later };
}

const folder = mkdtempSync(path.join(tmpdir(), 'refault-bench-'));
try {
  const loop = path.join(folder, 'loop.s');
  writeFileSync(loop, LOOP);
  reportTimes('debugger: process to the first stop', await startsOfProcess(loop));
  reportTimes('debugger: session to the first stop', await startsOfSession(loop));
  reportTimes('debugger: DAP step round trip', await steps(loop, false));
  reportTimes('debugger: DAP step with stack, scopes, variables', await steps(loop, true));
  reportTimes(`debugger: ${String(ROWS)} rows of disassembly`, await disassemblies(loop));
  const contexts = path.join(folder, 'contexts.s');
  writeFileSync(contexts, CONTEXTS_PROGRAM);
  reportTimes(`debugger: opening the SPE view with ${String(CONTEXTS)} contexts`, await contextViews(contexts));
  reportTimes('debugger: timeline of a full log', await timelines(path.resolve('examples/retry-forever.s')));
  for (const program of [loop, path.resolve('examples/retry-forever.s')]) {
    const name = path.basename(program);
    const { first, later } = await pauses(program);
    reportTimes(`debugger: first pause, ${name}`, first);
    reportTimes(`debugger: later pauses, ${name}`, later);
  }
} finally {
  rmSync(folder, { recursive: true });
}
