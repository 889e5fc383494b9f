/** Rules 1, 2, 8, 11, 15: the order of messages, the start, stepping fast, pausing, printing without end. */
import type { DapClient } from '../../support/dapClient.ts';
import { program, stopped, topFrame } from './talk.ts';

export async function order(client: DapClient): Promise<void> {
  await client.launch({ program: program('calls.s'), stopOnEntry: true }, () =>
    client.ask('setBreakpoints', { source: { path: program('calls.s') }, breakpoints: [{ line: 14 }] }));
  const { threadId } = await stopped(client);
  for (const command of ['next', 'stepIn', 'stepOut', 'continue']) {
    await client.ask(command, { threadId });
    await stopped(client);
  }
}

export async function start(client: DapClient): Promise<void> {
  await client.request('threads');
  await client.initialize();
  await client.request('initialize', { adapterID: 'cell' });
  await client.request('reverseEngineer', {});
  await client.request('stackTrace', { threadId: 1000 });
  await client.ask('launch', { program: program('calls.s'), stopOnEntry: true });
  await client.ask('threads');
  await client.ask('configurationDone');
  await stopped(client);
  await client.request('launch', { program: program('calls.s') });
}

/** Steps follow each other without waiting, and in between come requests of the stop before. */
export async function rapidSteps(client: DapClient): Promise<void> {
  await client.launch({ program: program('calls.s'), stopOnEntry: true });
  const { threadId } = await stopped(client);
  const { id } = await topFrame(client, threadId);
  client.send('next', { threadId });
  client.send('stackTrace', { threadId });
  client.send('scopes', { frameId: id });
  client.send('next', { threadId });
  await stopped(client);
  client.send('next', { threadId });
  await stopped(client);
}

export async function paused(client: DapClient): Promise<void> {
  await client.launch({ program: program('forever.s') });
  const { threads: [first] } = await client.ask<{ threads: { id: number }[] }>('threads');
  await client.letRun();
  await client.ask('pause', { threadId: first?.id ?? 0 });
  const { threadId } = await stopped(client);
  await client.ask('pause', { threadId });
  await client.ask('continue', { threadId });
  await client.ask('stackTrace', { threadId });
  await client.ask('pause', { threadId });
  await stopped(client);
}

/** Nothing runs, and time passes from timer to timer. */
export async function pausedIdle(client: DapClient): Promise<void> {
  await client.launch({ program: program('idle.s') });
  const { threads: [first] } = await client.ask<{ threads: { id: number }[] }>('threads');
  await client.letRun();
  await client.ask('pause', { threadId: first?.id ?? 0 });
  const { threadId } = await stopped(client);
  await client.ask('next', { threadId });
  await client.letRun();
  await client.ask('pause', { threadId });
  await stopped(client);
}

/** A program that prints without end is slowed down; `pause` gets through, and nothing is lost. */
export async function flood(client: DapClient): Promise<void> {
  await client.launch({ program: program('flood.s') });
  const { output } = await client.event<{ output: string }>('output');
  const { threads: [first] } = await client.ask<{ threads: { id: number }[] }>('threads');
  await client.ask('pause', { threadId: first?.id ?? 0 });
  await stopped(client);
  const printed = client.outputs();
  client.forgetOutputs(`${String(output.length)} characters in the first event; all of it whole lines: ${String(printed.length % 1024 === 0)}`);
}
