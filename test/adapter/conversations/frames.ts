/** What can be done with frames and threads: choosing what to step into, beginning a function again, ending one of several threads. */
import type { DapClient } from '../../support/dapClient.ts';
import { example, program, scope, stopped, topFrame } from './talk.ts';

interface Targets { readonly targets: readonly { readonly id: number; readonly label: string }[] }

/** A call, an access that will fault, and the kernel on the way: each is entered because it was chosen. */
export async function stepTargets(client: DapClient): Promise<void> {
  const path = program('calls.s');
  await client.launch({ program: path, stopOnEntry: true }, () => client.ask('setBreakpoints', { source: { path }, breakpoints: [{ line: 8 }, { line: 12 }] }));
  const { threadId } = await stopped(client);
  const targetsHere = async (): Promise<Targets['targets']> => (await client.ask<Targets>('stepInTargets', { frameId: (await topFrame(client, threadId)).id })).targets;
  await targetsHere();
  await client.ask('continue', { threadId });
  await stopped(client);
  const [call] = await targetsHere();
  await client.ask('stepIn', { threadId, targetId: call?.id });
  await stopped(client);
  await topFrame(client, threadId);
  await client.request('stepIn', { threadId, targetId: call?.id });
  await client.ask('continue', { threadId });
  await stopped(client);
  const [fault] = await targetsHere();
  await client.ask('stepIn', { threadId, targetId: fault?.id });
  await stopped(client);
  await client.ask('stackTrace', { threadId, levels: 1 });
}

/** Back to the beginning of a function, with its caller's stack pointer and return address: it runs once more and returns. */
export async function frameAgain(client: DapClient): Promise<void> {
  const path = program('calls.s');
  await client.launch({ program: path }, () => client.ask('setBreakpoints', { source: { path }, breakpoints: [{ line: 35 }] }));
  const { threadId } = await stopped(client);
  await client.ask('evaluate', { expression: '$r1', context: 'watch' });
  const { stackFrames: [own, caller] } = await client.ask<{ stackFrames: { id: number }[] }>('stackTrace', { threadId });
  await client.request('restartFrame', { frameId: caller?.id });
  await client.ask('restartFrame', { frameId: own?.id });
  await stopped(client);
  await client.ask('stackTrace', { threadId });
  for (const expression of ['$r1', '$lr']) await client.ask('evaluate', { expression, context: 'watch' });
  await client.request('restartFrame', { frameId: own?.id });
  await client.ask('continue', { threadId });
  await stopped(client);
  await client.ask('continue', { threadId });
  await client.event('terminated');
}

/** One of two threads ends, and the other finds that it has: it waits for it no longer. */
export async function threadEnded(client: DapClient): Promise<void> {
  await client.launch({ program: program('threads.s') }, () => client.ask('setFunctionBreakpoints', { breakpoints: [{ name: 'second' }, { name: 'joined' }] }));
  const { threadId } = await stopped(client);
  await client.request('terminateThreads', { threadIds: [4711] });
  await client.ask('terminateThreads', { threadIds: [threadId] });
  await client.ask('continue', { threadId: 1000 });
  await stopped(client);
  await client.ask('threads');
  await client.ask('terminateThreads', { threadIds: [1000] });
  await client.ask('continue', { threadId: 1000 });
  await client.event('terminated');
}

/** Rule 10: one goes on alone, and the answer says so; an SPE context is not the debugger's to end. */
export async function threadAlone(client: DapClient): Promise<void> {
  await client.launch({ program: program('pair.s') }, () => client.ask('setFunctionBreakpoints', { breakpoints: [{ name: 'again' }] }));
  const { threadId } = await stopped(client);
  await client.ask('setFunctionBreakpoints', { breakpoints: [] });
  const { threads } = await client.ask<{ threads: { id: number; name: string }[] }>('threads');
  const context = threads.find(({ name }) => name.startsWith('/spu/'))?.id ?? 0;
  await client.request('terminateThreads', { threadIds: [context] });
  for (let i = 0; i < 2; i += 1) {
    await client.ask('next', { threadId: context, singleThread: true, granularity: 'instruction' });
    await stopped(client);
  }
  await client.ask('continue', { threadId, singleThread: true });
  await client.ask('pause', { threadId });
  await stopped(client);
}

/** A part of the stack, and names of frames with their module and line. */
export async function stackParts(client: DapClient): Promise<void> {
  await client.launch({ program: example('retry.s') });
  const { threadId } = await stopped(client);
  await client.ask('stackTrace', { threadId, startFrame: 0, levels: 1 });
  await client.ask('stackTrace', { threadId, startFrame: 5, levels: 20, format: { module: true } });
  await client.ask('stackTrace', { threadId, startFrame: 6, levels: 1, format: { line: true } });
  await client.ask('stackTrace', { threadId, startFrame: 6, levels: 1, format: { includeAll: true, hex: true } });
  await client.ask('stackTrace', { threadId, startFrame: 900, levels: 5 });
}

/** The source of the code that a register or a symbol is an address of; what is copied is the value alone. */
export async function codePlaces(client: DapClient): Promise<void> {
  await client.launch({ program: program('calls.s') }, () => client.ask('setFunctionBreakpoints', { breakpoints: [{ name: 'twice' }] }));
  const { threadId } = await stopped(client);
  const { id } = await topFrame(client, threadId);
  const special = await scope(client, id, 'Special');
  const { variables } = await client.ask<{ variables: { name: string; valueLocationReference?: number }[] }>('variables', { variablesReference: special, count: 2 });
  for (const { valueLocationReference } of variables) await client.request('locations', { locationReference: valueLocationReference });
  const { valueLocationReference } = await client.ask<{ valueLocationReference: number }>('evaluate', { expression: 'outer', frameId: id, context: 'hover' });
  await client.ask('locations', { locationReference: valueLocationReference });
  await client.ask('evaluate', { expression: 'outer', frameId: id, context: 'clipboard' });
  await client.ask('evaluate', { expression: '$lr', frameId: id, context: 'clipboard', format: { hex: false } });
  await client.ask('next', { threadId });
  await stopped(client);
  await client.request('locations', { locationReference: valueLocationReference });
}
