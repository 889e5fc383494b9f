/** Rules 13 and 14: back in time, the present again, and another future. */
import type { DapClient } from '../../support/dapClient.ts';
import { example, program, stopped, topFrame } from './talk.ts';

async function go(client: DapClient, command: string, args: object): Promise<void> {
  await client.ask(command, args);
  await stopped(client);
}

/** Steps forward and back, up to the beginning of history; breakpoints in both directions; an edit. */
export async function reverse(client: DapClient): Promise<void> {
  const source = { path: program('calls.s') };
  await client.launch({ program: source.path, stopOnEntry: true });
  const { threadId } = await stopped(client);
  for (const command of ['next', 'next', 'next', 'stepBack', 'stepBack']) await go(client, command, { threadId });
  await topFrame(client, threadId);
  await go(client, 'stepIn', { threadId, granularity: 'instruction' });
  await go(client, 'stepBack', { threadId, granularity: 'instruction' });
  await go(client, 'reverseContinue', { threadId });
  await go(client, 'stepBack', { threadId });
  await go(client, 'refault/travelTo', {});
  await client.ask('setFunctionBreakpoints', { breakpoints: [{ name: 'twice' }] });
  await go(client, 'reverseContinue', { threadId });
  await topFrame(client, threadId);
  await go(client, 'reverseContinue', { threadId });
  await go(client, 'continue', { threadId });
  const { id } = await topFrame(client, threadId);
  await client.ask('evaluate', { expression: '$r3 = 5', frameId: id, context: 'repl' });
  await client.request('refault/travelTo', { fault: 1000 });
  await client.request('refault/travelTo', { cycle: 1_000_000_000 });
  await go(client, 'next', { threadId });
}

/** To the moment of a fault that is over, and on from there: what was printed is not printed again. */
export async function travel(client: DapClient): Promise<void> {
  await client.launch({ program: example('retry.s') }, () => client.ask('setExceptionBreakpoints', { filters: ['RETRY'] }));
  const { threadId } = await stopped(client);
  const { faults } = await client.ask<{ faults: { id: number; outcome: string }[] }>('refault/faults', { start: 0, count: 50 });
  const fault = faults.find(({ outcome }) => outcome === 'RETRY')?.id;
  await go(client, 'next', { threadId });
  await go(client, 'refault/travelTo', { fault });
  const { stackFrames } = await client.ask<{ stackFrames: unknown[] }>('stackTrace', { threadId, levels: 2 });
  if (stackFrames.length === 0) throw new Error('There is no stack at the fault.');
  await go(client, 'next', { threadId });
  await client.ask('continue', { threadId });
  await client.event('exited');
}

/** What happened when: at a stop, of a part of it for a small picture, and with arguments that cannot be. */
export async function time(client: DapClient): Promise<void> {
  await client.request('refault/timeline', {});
  await client.launch({ program: example('retry.s') }, () => client.ask('setExceptionBreakpoints', { filters: ['RETRY'] }));
  await stopped(client);
  await client.ask('refault/timeline', { cyclesPerPoint: 2000 });
  await client.ask('refault/timeline', { from: 400_000, to: 480_000, cyclesPerPoint: 100 });
  await client.request('refault/timeline', { from: 2, to: 1 });
  await client.request('refault/timeline', { cyclesPerPoint: 0.5 });
}
