/** Rules 6 and 7, and what there is to see at a fault. */
import type { DapClient } from '../../support/dapClient.ts';
import { example, program, scope, stopped, topFrame } from './talk.ts';

export async function handles(client: DapClient): Promise<void> {
  await client.launch({ program: program('calls.s'), stopOnEntry: true });
  const { threadId } = await stopped(client);
  const { id } = await topFrame(client, threadId);
  const special = await scope(client, id, 'Special');
  await client.ask('variables', { variablesReference: special });
  const lasting = await client.ask<{ variablesReference: number }>('evaluate', { expression: '$v2', frameId: id, context: 'repl' });
  const passing = await client.ask<{ variablesReference: number }>('evaluate', { expression: '$v2', frameId: id, context: 'watch' });
  await client.ask('next', { threadId });
  await stopped(client);
  await client.ask('scopes', { frameId: id });
  await client.ask('variables', { variablesReference: special });
  await client.ask('variables', { variablesReference: passing.variablesReference });
  await client.ask('variables', { variablesReference: lasting.variablesReference });
  await client.request('evaluate', { expression: '$r3', frameId: id, context: 'watch' });
  await client.request('setVariable', { variablesReference: special, name: 'pc', value: '0' });
}

/** A page of a scope, and of the trail of a fault. */
export async function paging(client: DapClient): Promise<void> {
  await client.launch({ program: example('retry.s') });
  const { threadId } = await stopped(client);
  const { id } = await topFrame(client, threadId);
  const general = await scope(client, id, 'General');
  await client.ask('variables', { variablesReference: general, start: 30, count: 5 });
  await client.ask('variables', { variablesReference: general, filter: 'indexed' });
  const fault = await scope(client, id, 'Fault');
  const { variables } = await client.ask<{ variables: { name: string; variablesReference: number }[] }>('variables', { variablesReference: fault });
  const trail = variables.find(({ name }) => name === 'trail')?.variablesReference;
  await client.ask('variables', { variablesReference: trail, filter: 'indexed', start: 5, count: 3 });
  await client.ask('refault/faults', { start: 1, count: 1 });
  await client.ask('refault/faults', { start: 0, count: 9, threadId });
}

/** The whole of the stop on RETRY: exception, frames, scopes, listing, views. */
export async function faultStop(client: DapClient): Promise<void> {
  await client.launch({ program: example('retry.s') });
  const { threadId } = await stopped(client);
  await client.ask('exceptionInfo', { threadId });
  const { stackFrames } = await client.ask<{ stackFrames: { id: number; source: { sourceReference?: number } }[] }>('stackTrace', { threadId });
  const [handler] = stackFrames;
  await client.ask('source', { sourceReference: handler?.source.sourceReference });
  await client.ask('scopes', { frameId: handler?.id });
  await client.ask('evaluate', { expression: 'fault.outcome == "RETRY" && fault.pte == "nobody"', context: 'watch', frameId: handler?.id });
  await client.ask('refault/contexts');
  for (const expression of ['info tasks', 'info spu signal other', 'info spu dma busy', 'info spu mailbox other', 'info slb', 'info mappings']) {
    await client.ask('evaluate', { expression, context: 'repl' });
  }
  // Over the instruction that faulted: the alarm is handled, the store is taken again and succeeds.
  await client.ask('next', { threadId });
  await stopped(client);
  await client.ask('stackTrace', { threadId });
}

/** A fault of an SPE's DMA: the command waits in its queue, and the context is a thread of its own. */
export async function dmaFault(client: DapClient): Promise<void> {
  await client.launch({ program: example('spe-dma.s') }, () =>
    client.ask('setExceptionBreakpoints', { filters: [], filterOptions: [{ filterId: 'MINOR', condition: 'origin == "mfc"' }, { filterId: 'MAJOR', condition: 'origin == "mfc"' }] }));
  const { threadId } = await stopped(client);
  await client.ask('stackTrace', { threadId, startFrame: 0, levels: 1 });
  const { contexts } = await client.ask<{ contexts: { name: string; threadId: number }[] }>('refault/contexts');
  await client.ask('evaluate', { expression: `info spu dma ${contexts[0]?.name ?? ''}`, context: 'repl' });
  const spu = contexts[0]?.threadId ?? 0;
  const { id } = await topFrame(client, spu);
  for (const name of ['Special', 'Context', 'MFC', 'Channels']) await client.ask('variables', { variablesReference: await scope(client, id, name) });
  await client.ask('evaluate', { expression: '$3', frameId: id, context: 'watch' });
  await client.ask('evaluate', { expression: '[$pc]', frameId: id, context: 'watch' });
}

/** What the MFC shows of a list that stalls, and of a line that is reserved. */
export async function mfcState(client: DapClient, name: 'spe-list.s' | 'spe-atomic.s', line: number): Promise<void> {
  const path = example(name);
  await client.launch({ program: path }, () => client.ask('setBreakpoints', { source: { path }, breakpoints: [{ line }] }));
  const { threadId } = await stopped(client);
  const { id } = await topFrame(client, threadId);
  const mfc = await scope(client, id, 'MFC');
  const { variables } = await client.ask<{ variables: { name: string; variablesReference: number }[] }>('variables', { variablesReference: mfc });
  const queue = variables.find((variable) => variable.name === 'queue')?.variablesReference ?? 0;
  if (queue > 0) await client.ask('variables', { variablesReference: queue });
  for (const expression of ['info spu dma', 'info spu event']) await client.ask('evaluate', { expression, context: 'repl', frameId: id });
}

/** Nothing can run: who waits for what. Input from the console lets the program go on. */
export async function deadlock(client: DapClient): Promise<void> {
  await client.launch({ program: program('reader.s') });
  const { threadId } = await stopped(client);
  await client.ask('exceptionInfo', { threadId });
  await client.ask('evaluate', { expression: 'input one line', context: 'repl' });
  await client.ask('continue', { threadId });
  await stopped(client);
  await client.ask('evaluate', { expression: 'input end', context: 'repl' });
  await client.ask('continue', { threadId });
  await client.event('terminated');
}

/** As a terminal runs a program: it asks whether input is missing, gives it, and prints the table of faults at the end. */
export async function typed(client: DapClient): Promise<void> {
  await client.request('refault/input', { text: 'too early' });
  await client.launch({ program: program('reader.s') }, () => client.ask('setExceptionBreakpoints', { filters: ['deadlock'] }));
  const { threadId } = await stopped(client);
  await client.ask('refault/wantsInput');
  await client.request('refault/input', { text: 7 });
  await client.ask('refault/input', { text: 'one line\n' });
  await client.ask('refault/wantsInput');
  await client.ask('continue', { threadId });
  await stopped(client);
  await client.ask('refault/input', {});
  await client.ask('refault/wantsInput');
  await client.ask('continue', { threadId });
  await client.event('terminated');
  await client.ask('refault/wantsInput');
  await client.ask('refault/faultTable');
  await client.request('refault/input', { text: 'too late' });
}
