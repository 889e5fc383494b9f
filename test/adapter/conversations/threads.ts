/** Rule 10: threads come and go, and a stop names the one that caused it. */
import type { DapClient } from '../../support/dapClient.ts';
import { program, stopped } from './talk.ts';

export async function threads(client: DapClient): Promise<void> {
  await client.launch({ program: program('threads.s') }, () => client.ask('setFunctionBreakpoints', { breakpoints: [{ name: 'second' }, { name: 'joined' }] }));
  const second = await stopped(client);
  await client.ask('threads');
  await client.ask('continue', { threadId: second.threadId, singleThread: false });
  const joined = await stopped(client);
  await client.ask('threads');
  await client.request('stackTrace', { threadId: second.threadId });
  await client.ask('continue', { threadId: joined.threadId });
  await client.event('terminated');
}
