/** A program does the same whether it is watched or not. */
import { describe, expect, it } from 'vitest';
import type { FaultsResponse } from '../../src/adapter/protocol.ts';
import { DapClient } from '../support/dapClient.ts';
import { readGuest } from '../support/guests.ts';
import { example, program, scope, stopped, topFrame } from './conversations/talk.ts';

interface Outcome {
  readonly faults: FaultsResponse;
  readonly printed: string;
  readonly exitCode: unknown;
}

type Meddle = (client: DapClient, threadId: number) => Promise<void>;

/** Runs a program to its end; `meddle` is what the user does at the first stop. */
async function run(path: string, meddle: Meddle | undefined, files: Readonly<Record<string, Uint8Array>>): Promise<Outcome> {
  const client = new DapClient({ files });
  try {
    await client.launch({ program: path, stopOnEntry: meddle !== undefined }, () => client.ask('setExceptionBreakpoints', { filters: [] }));
    if (meddle) {
      const { threadId } = await stopped(client);
      await meddle(client, threadId);
      await client.request('continue', { threadId });
    }
    const { exitCode } = await client.event<{ exitCode: number }>('exited');
    return { faults: await client.ask<FaultsResponse>('refault/faults', { start: 0, count: 1000 }), printed: client.programOutput(), exitCode };
  } finally {
    client.dispose();
  }
}

/** Everything that a user can look at. */
async function lookAround(client: DapClient, threadId: number): Promise<void> {
  const { id, instructionPointerReference: memoryReference } = await topFrame(client, threadId);
  for (const name of ['General', 'Special', 'Vector', 'Floating point']) await client.ask('variables', { variablesReference: await scope(client, id, name) });
  await client.ask('disassemble', { memoryReference, instructionOffset: -50, instructionCount: 100 });
  await client.ask('readMemory', { memoryReference, offset: -4096, count: 65536 });
  for (const expression of ['info mappings', 'info slb', 'info faults', '[$r1] + 1']) await client.ask('evaluate', { expression, frameId: id, context: 'repl' });
  await client.ask('refault/contexts');
}

async function step(client: DapClient, threadId: number, command: string, granularity: string): Promise<void> {
  await client.ask(command, { threadId, granularity });
  await stopped(client);
}

const PROGRAMS: readonly (readonly [name: string, path: string, files: Readonly<Record<string, Uint8Array>>])[] = [
  ['calls.s', program('calls.s'), {}],
  ['retry.s', example('retry.s'), {}],
  ['hello_printf', '/hello', { '/hello': readGuest('hello_printf') }],
];

for (const [name, path, files] of PROGRAMS) describe(name, () => {
  it('faults, prints and ends the same when it is stepped, looked at and paused', async () => {
    const plain = await run(path, undefined, files);
    const stepped = await run(path, async (client, threadId) => {
      for (let i = 0; i < 25; i += 1) {
        await step(client, threadId, i % 3 === 0 ? 'stepIn' : 'next', i % 2 === 0 ? 'instruction' : 'line');
        if (i % 8 === 0) await lookAround(client, threadId);
      }
    }, files);
    expect(stepped).toEqual(plain);
  });

  it('does so with breakpoints everywhere', async () => {
    const plain = await run(path, undefined, files);
    const broken = await run(path, async (client, threadId) => {
      await client.ask('setFunctionBreakpoints', { breakpoints: ['do_page_fault', 'handle_mm_fault', 'system_call', '_start', 'main', 'loop', 'touch'].map((name) => ({ name, condition: '0' })) });
      await client.ask('setExceptionBreakpoints', { filters: [], filterOptions: [{ filterId: 'MINOR', condition: 'ea == 1' }, { filterId: 'RETRY', condition: 'attempt > 100' }] });
      await lookAround(client, threadId);
    }, files);
    expect(broken).toEqual(plain);
  });
});
