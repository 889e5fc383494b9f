/** Places in a program: where breakpoints may go, where a thread can be sent, what is loaded, what can be set. */
import type { DapClient } from '../../support/dapClient.ts';
import { example, program, stopped } from './talk.ts';

export async function locations(client: DapClient): Promise<void> {
  const source = { path: program('calls.s') };
  await client.initialize();
  await client.request('breakpointLocations', { source, line: 1, endLine: 20 });
  await client.ask('launch', { program: source.path, stopOnEntry: true });
  await client.ask('configurationDone');
  await stopped(client);
  await client.ask('breakpointLocations', { source, line: 1, endLine: 20 });
  await client.ask('breakpointLocations', { source, line: 6 });
  await client.ask('breakpointLocations', { source: { path: '/elsewhere.s' }, line: 1, endLine: 99 });
  await client.ask('breakpointLocations', { source: { name: 'do_wp_page.kernel' }, line: 1, endLine: 5 });
}

export async function jumps(client: DapClient): Promise<void> {
  const source = { path: program('calls.s') };
  await client.launch({ program: source.path }, async () => {
    await client.ask('setExceptionBreakpoints', { filters: [] });
    await client.ask('setBreakpoints', { source, breakpoints: [{ line: 9 }] });
  });
  const { threadId } = await stopped(client);
  await client.ask('gotoTargets', { source, line: 1 });
  await client.ask('gotoTargets', { source: { path: '/elsewhere.s' }, line: 1 });
  const { targets: [target] } = await client.ask<{ targets: { id: number }[] }>('gotoTargets', { source, line: 17 });
  await client.ask('goto', { threadId, targetId: target?.id });
  await stopped(client);
  await client.ask('stackTrace', { threadId });
  await client.request('goto', { threadId, targetId: 1e15 });
  // Sent past the loop, the program ends without having counted.
  await client.ask('continue', { threadId });
  await client.event('terminated');
}

export async function loaded(client: DapClient): Promise<void> {
  await client.launch({ program: example('mailbox.s'), stopOnEntry: true });
  await stopped(client);
  await client.ask('modules', {});
  await client.ask('modules', { startModule: 1, moduleCount: 1 });
  await client.ask('loadedSources', {});
}

export async function setExpressions(client: DapClient): Promise<void> {
  await client.launch({ program: program('calls.s') }, () => client.ask('setFunctionBreakpoints', { breakpoints: [{ name: 'loop' }] }));
  const { threadId } = await stopped(client);
  const { stackFrames: [frame] } = await client.ask<{ stackFrames: { id: number }[] }>('stackTrace', { threadId });
  await client.ask('setExpression', { expression: '$r9', value: '$r9 + 0x10', frameId: frame?.id });
  await client.ask('setExpression', { expression: '[counter:4]', value: '0b1001', frameId: frame?.id });
  await client.ask('evaluate', { expression: '[counter:4]', context: 'watch', frameId: frame?.id });
  for (const [expression, value] of [['$r9 + 1', '2'], ['nothing', '2'], ['$r9', 'two'], ['$r9', '']]) {
    await client.request('setExpression', { expression, value, frameId: frame?.id });
  }
}
