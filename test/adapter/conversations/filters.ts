/** Rule 4: none, some and all filters, each with its condition. */
import type { DapClient } from '../../support/dapClient.ts';
import { example, stopped } from './talk.ts';

export async function filtered(client: DapClient): Promise<void> {
  await client.launch({ program: example('retry.s') }, async () => {
    await client.ask('setExceptionBreakpoints', { filters: [] });
    await client.ask('setExceptionBreakpoints', {
      filters: ['SIGBUS', 'nothing'],
      filterOptions: [
        { filterId: 'RETRY', condition: 'mapping == "/spu/other/signal1" && access == "write"' },
        { filterId: 'MINOR', condition: 'mapping == ' },
        { filterId: 'deadlock', condition: '1' },
      ],
    });
  });
  const { threadId } = await stopped(client);
  await client.ask('setExceptionBreakpoints', { filters: ['RETRY', 'SIGBUS', 'OOM', 'SIGSEGV', 'MINOR', 'MAJOR', 'deadlock'] });
  await client.ask('continue', { threadId });
  const minor = await stopped(client);
  await client.ask('exceptionInfo', { threadId: minor.threadId });
  await client.ask('setExceptionBreakpoints', { filters: [], filterOptions: [{ filterId: 'MINOR', condition: 'handler == "spufs_ps_nopage" && $r4 == 1' }] });
  await client.ask('continue', { threadId });
  await stopped(client);
  await client.ask('setExceptionBreakpoints', { filters: [] });
  await client.ask('continue', { threadId });
  await client.event('terminated');
}

/** `hits` counts the faults for which the rest of the condition holds; setting the same condition again does not begin anew. */
export async function counted(client: DapClient): Promise<void> {
  const condition = 'hits % 3 == 0 && access == "write" && hits < 7';
  const set = (): Promise<unknown> => client.ask('setExceptionBreakpoints', { filters: [], filterOptions: [{ filterId: 'RETRY', condition }] });
  await client.launch({ program: example('retry-forever.s') }, set);
  for (const next of ['continue', 'restart', 'restart']) {
    const { threadId } = await stopped(client);
    await client.ask('evaluate', { expression: 'fault.attempt', context: 'watch', format: { hex: false } });
    await set();
    await client.ask(next, next === 'continue' ? { threadId } : {});
  }
  await stopped(client);
  await client.ask('evaluate', { expression: 'fault.attempt', context: 'watch', format: { hex: false } });
}
