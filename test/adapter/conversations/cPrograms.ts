/** Programs in C with debug information, optimised: what the compiler left of their variables, and functions that it inlined. */
import type { DapClient } from '../../support/dapClient.ts';
import { readGuest } from '../../support/guests.ts';
import { scope, stopped, topFrame } from './talk.ts';

const PROGRAM = '/build/records/records';
const SOURCE = { path: '/build/records/records.c' };

/** The programs where their debug information says that they were built. */
export function cPrograms(): Readonly<Record<string, Uint8Array>> {
  return { [PROGRAM]: readGuest('records') };
}

/** A stop in an inlined function: its frame and its callers', the variables of each, what expressions mean in them, and what may be set. */
export async function inlinedFunction(client: DapClient): Promise<void> {
  await client.launch({ program: PROGRAM }, () => client.ask('setFunctionBreakpoints', { breakpoints: [{ name: 'area' }] }));
  const { threadId } = await stopped(client);
  const { stackFrames } = await client.ask<{ stackFrames: { id: number }[] }>('stackTrace', { threadId });
  const [inner = 0, outer = 0] = stackFrames.map(({ id }) => id);
  await client.ask('variables', { variablesReference: await scope(client, inner, 'Locals') });
  const locals = await scope(client, outer, 'Locals');
  const { variables: [record] } = await client.ask<{ variables: { variablesReference: number }[] }>('variables', { variablesReference: locals });
  const { variables: members } = await client.ask<{ variables: { name: string; variablesReference: number }[] }>('variables', { variablesReference: record?.variablesReference });
  await client.ask('variables', { variablesReference: members.find(({ name }) => name === 'corners')?.variablesReference });
  await client.ask('variables', { variablesReference: await scope(client, outer, 'Globals') });
  const expressions = [
    'record->balance', 'record->next->corners[1].y', '*record->next', 'record->name[0]', '&record->corners[1]', '(char)record->name[1]', 'record->state == BUSY', 'record->priority * 2 + 1',
    'first.next == &last', 'sizeof(struct record)', 'record->nothing', 'height', '*(short *)&record->corners[1]',
  ];
  for (const expression of expressions) await client.request('evaluate', { expression, frameId: outer, context: 'watch' });
  await client.request('evaluate', { expression: 'record->balance', frameId: outer, context: 'watch', format: { hex: true } });
  for (const [name, value] of [['balance', '-200'], ['state', 'DONE'], ['priority', '3'], ['corners', '1']]) await client.request('setVariable', { variablesReference: record?.variablesReference, name, value });
  await client.request('evaluate', { expression: 'record->next->corners[0].x = 2', frameId: outer, context: 'repl' });
  await client.request('evaluate', { expression: '*record', frameId: outer, context: 'watch' });
  await client.ask('setFunctionBreakpoints', { breakpoints: [] });
  await client.ask('continue', { threadId });
  await client.event('terminated');
}

/** A line with a call is stepped over, into and out of. */
export async function callsOfC(client: DapClient): Promise<void> {
  await client.launch({ program: PROGRAM }, () => client.ask('setBreakpoints', { source: SOURCE, breakpoints: [{ line: 33 }] }));
  const { threadId } = await stopped(client);
  await client.ask('stackTrace', { threadId });
  await client.ask('next', { threadId });
  await stopped(client);
  const { id } = await topFrame(client, threadId);
  await client.ask('variables', { variablesReference: await scope(client, id, 'Locals') });
  await client.ask('continue', { threadId });
  await stopped(client);
  await client.ask('stepIn', { threadId });
  await stopped(client);
  const inside = await topFrame(client, threadId);
  await client.ask('variables', { variablesReference: await scope(client, inside.id, 'Locals') });
  await client.ask('stepOut', { threadId });
  await stopped(client);
  await client.ask('stackTrace', { threadId });
  await client.ask('continue', { threadId });
  await client.event('terminated');
}
