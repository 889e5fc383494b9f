/** A program of several source files. */
import type { DapClient } from '../../support/dapClient.ts';
import { program, stopped } from './talk.ts';

/** Breakpoints in each file, stepping from one to the other, and a label that both have. */
export async function severalFiles(client: DapClient): Promise<void> {
  const [main, fill] = [program('several/main.s'), program('several/fill.s')];
  await client.launch({ program: [main, fill] }, async () => {
    await client.ask('setBreakpoints', { source: { path: main }, breakpoints: [{ line: 6 }] });
    await client.ask('setBreakpoints', { source: { path: fill }, breakpoints: [{ line: 6 }] });
  });
  const { threadId } = await stopped(client);
  await client.ask('stackTrace', { threadId });
  await client.ask('next', { threadId });
  await stopped(client);
  await client.ask('stackTrace', { threadId, levels: 1 });
  await client.ask('continue', { threadId });
  await stopped(client);
  await client.ask('stackTrace', { threadId });
  await client.ask('evaluate', { expression: '[shared:4]', context: 'watch' });
  await client.ask('continue', { threadId });
  await client.event('terminated');
}

/** What is wrong with one of the files, and settings on which they do not agree. */
export async function filesAtOdds(client: DapClient): Promise<void> {
  await client.initialize();
  await client.request('launch', { program: [] });
  await client.request('launch', { program: [program('several/main.s'), program('several/main.s')] });
  await client.request('launch', { program: [program('several/fill.s'), program('several/odds.s')] });
  await client.request('launch', { program: [program('several/fill.s'), program('several/wrong.s')] });
}
