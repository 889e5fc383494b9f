/** Clients that can little, and clients that can much. */
import { pathToFileURL } from 'node:url';
import type { DapClient } from '../../support/dapClient.ts';
import { example, program, scope, stopped, topFrame } from './talk.ts';

/** Nothing is supported, lines and columns count from 0, files are URIs. */
export async function strangeClient(client: DapClient): Promise<void> {
  const source = { path: pathToFileURL(program('calls.s')).href };
  await client.ask('initialize', { adapterID: 'cell', linesStartAt1: false, columnsStartAt1: false, pathFormat: 'uri' });
  await client.event('initialized');
  await client.ask('launch', { program: source.path });
  await client.ask('setBreakpoints', { source, breakpoints: [{ line: 11, column: 0 }] });
  await client.ask('breakpointLocations', { source, line: 10, endLine: 13 });
  await client.ask('configurationDone');
  const { threadId } = await stopped(client);
  const { id, instructionPointerReference: memoryReference } = await topFrame(client, threadId);
  await client.ask('variables', { variablesReference: await scope(client, id, 'Special') });
  await client.ask('evaluate', { expression: '$v1', frameId: id });
  await client.ask('disassemble', { memoryReference, instructionCount: 2 });
  await client.ask('gotoTargets', { source, line: 16 });
  await client.ask('modules', {});
  await client.ask('completions', { text: '$r3', column: 3, frameId: id });
  await client.ask('writeMemory', { memoryReference: 'ea:1000:0x10010000', data: 'AAAACQ==' });
  await client.ask('continue', { threadId });
  await client.event('terminated');
}

/** Memory that was read and values that were shown may have changed: by the user, and whenever the program ran. */
export async function changes(client: DapClient): Promise<void> {
  const path = program('calls.s');
  await client.initialize({ supportsMemoryEvent: true, supportsInvalidatedEvent: true });
  await client.ask('launch', { program: path });
  await client.ask('setBreakpoints', { source: { path }, breakpoints: [{ line: 12 }] });
  await client.ask('configurationDone');
  const { threadId } = await stopped(client);
  const { id } = await topFrame(client, threadId);
  await client.ask('readMemory', { memoryReference: 'ea:1000:0x10010000', count: 4 });
  await client.ask('readMemory', { memoryReference: 'ea:1000:0x10010000', offset: 4, count: 4 });
  await client.ask('writeMemory', { memoryReference: 'ea:1000:0x10010000', data: 'AAAABQ==' });
  await client.ask('setVariable', { variablesReference: await scope(client, id, 'General'), name: 'r5', value: '1' });
  await client.ask('evaluate', { expression: '$r6 = 2', frameId: id, context: 'repl' });
  await client.ask('next', { threadId });
  await stopped(client);
}

/** Titles stand out and outcomes have colours, where the client shows them. */
export async function coloured(client: DapClient): Promise<void> {
  await client.initialize({ supportsANSIStyling: true });
  await client.ask('launch', { program: example('retry.s') });
  await client.ask('configurationDone');
  await stopped(client);
  for (const expression of ['info faults 2', 'info tasks']) await client.ask('evaluate', { expression, context: 'repl' });
}

/** Work that takes long says how far it is, and is given up when the client takes the request back. */
export async function cancelled(client: DapClient): Promise<void> {
  await client.initialize({ supportsProgressReporting: true });
  await client.ask('launch', { program: program('calls.s'), stopOnEntry: true });
  await client.ask('configurationDone');
  await stopped(client);
  // A slow host.
  client.tick = 200;
  const disassembly = client.send('disassemble', { memoryReference: 'ea:1000:0x10000000', instructionCount: 100_000 });
  const waiting = client.send('threads');
  await client.event('progressUpdate');
  await client.ask('cancel', { requestId: waiting });
  await client.ask('cancel', { requestId: disassembly });
  await client.event('progressEnd');
  await client.ask('cancel', { requestId: disassembly });
  await client.ask('cancel', {});
  await client.ask('threads');
}
