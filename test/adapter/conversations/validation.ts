/** Rule 16: what is malformed gets an error that names the argument. */
import type { DapClient } from '../../support/dapClient.ts';
import { program, stopped } from './talk.ts';

export async function malformed(client: DapClient): Promise<void> {
  await client.request('initialize', { adapterID: 7 });
  await client.initialize();
  await client.request('launch');
  await client.request('launch', { program: '' });
  await client.request('launch', { program: program('calls.s'), machine: { spes: 99 } });
  await client.request('launch', { program: program('calls.s'), machine: { spe: 1 } });
  await client.request('launch', { program: program('calls.s'), machine: { memory: '3T' } });
  await client.request('launch', { program: program('calls.s'), kernel: '2.4' });
  await client.request('launch', { program: program('calls.s'), args: ['a', 1] });
  await client.request('launch', { program: program('calls.s'), devices: [{ name: 'd', nopage: [{ answer: 'maybe' }] }] });
  await client.request('launch', { program: program('missing.s') });
  await client.ask('launch', { program: program('calls.s'), stopOnEntry: true, anything: 'else' });
  await client.request('setBreakpoints', { breakpoints: [] });
  await client.request('setBreakpoints', { source: { path: 'x' }, breakpoints: [{ line: '3' }] });
  await client.request('setExceptionBreakpoints', { filters: 'all' });
  await client.ask('configurationDone');
  await stopped(client);
  await client.request('stackTrace', { threadId: 'main' });
  await client.request('stackTrace', { threadId: 4711 });
  await client.request('variables', { variablesReference: -1 });
  await client.request('readMemory', { memoryReference: '0x0', count: -5 });
  await client.request('next', { threadId: 1000, granularity: 'leap' });
  await client.request('evaluate', { expression: ['r3'] });
  await client.request('refault/faults', { start: 0 });
  await client.request('writeMemory', { memoryReference: '0x10000000', data: '***' });
  await client.request('attach', {});
}
