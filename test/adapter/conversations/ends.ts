/** Rule 5: how a session ends. */
import type { DapClient } from '../../support/dapClient.ts';
import { program, stopped } from './talk.ts';

export async function ends(client: DapClient): Promise<void> {
  await client.launch({ program: program('calls.s') });
  await client.event('exited');
  await client.event('terminated');
  await client.ask('threads');
  await client.request('continue', { threadId: 1000 });
  await client.ask('refault/faults', { start: 0, count: 1 });
  await client.ask('terminate', {});
  await client.ask('disconnect', {});
}

/** The program has a handler for SIGTERM. */
export async function terminated(client: DapClient): Promise<void> {
  await client.launch({ program: program('forever.s'), stopOnEntry: true }, () => client.ask('setFunctionBreakpoints', { breakpoints: [{ name: 'loop' }] }));
  const { threadId } = await stopped(client);
  await client.ask('continue', { threadId });
  await stopped(client);
  await client.ask('setFunctionBreakpoints', { breakpoints: [] });
  await client.ask('terminate', {});
  await client.event('terminated');
}

/** The handler returns, so a second request kills. */
export async function killed(client: DapClient): Promise<void> {
  await client.launch({ program: program('forever.s'), stopOnEntry: true });
  const { threadId } = await stopped(client);
  await client.ask('evaluate', { expression: '*(u32*)stubborn = 1', context: 'repl' });
  await client.ask('setFunctionBreakpoints', { breakpoints: [{ name: 'loop' }] });
  await client.ask('continue', { threadId });
  await stopped(client);
  await client.ask('setFunctionBreakpoints', { breakpoints: [] });
  await client.ask('terminate', {});
  await client.event('output');
  await client.ask('terminate', {});
  await client.event('terminated');
}

export async function letGo(client: DapClient): Promise<void> {
  const path = program('calls.s');
  await client.launch({ program: path, stopOnEntry: true }, () => client.ask('setBreakpoints', { source: { path }, breakpoints: [{ line: 12 }] }));
  await stopped(client);
  await client.ask('disconnect', { terminateDebuggee: false });
  await client.event('terminated');
}

export async function restarted(client: DapClient): Promise<void> {
  const path = program('calls.s');
  await client.launch({ program: path }, () => client.ask('setBreakpoints', { source: { path }, breakpoints: [{ line: 12, hitCondition: '3' }] }));
  const { threadId } = await stopped(client);
  await client.ask('evaluate', { expression: '[counter:4]', context: 'repl' });
  await client.ask('restart', {});
  await stopped(client);
  await client.ask('evaluate', { expression: '[counter:4]', context: 'repl' });
  await client.request('restart', { arguments: { program: '/nowhere.s' } });
  await client.ask('continue', { threadId });
  await client.event('terminated');
}
