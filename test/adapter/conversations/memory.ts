/** Rules 9, 12 and 14: disassembly, memory, values. */
import type { DapClient } from '../../support/dapClient.ts';
import { example, program, scope, stopped, topFrame } from './talk.ts';

export async function disassembly(client: DapClient): Promise<void> {
  await client.launch({ program: program('calls.s'), stopOnEntry: true });
  const { threadId } = await stopped(client);
  const { instructionPointerReference: memoryReference } = await topFrame(client, threadId);
  await client.ask('disassemble', { memoryReference, instructionOffset: -2, instructionCount: 16 });
  await client.ask('disassemble', { memoryReference: 'ea:1000:0x4', instructionOffset: -3, instructionCount: 4 });
  await client.ask('disassemble', { memoryReference: 'ea:1000:0xffffffffffc', instructionCount: 3 });
  await client.ask('disassemble', { memoryReference, instructionCount: 0 });
  await client.request('disassemble', { memoryReference: 'ls:nobody:0x0', instructionCount: 1 });
}

/** The debugger's own accesses never fault and change no counter: the fault table is the same before and after. */
export async function memory(client: DapClient): Promise<void> {
  await client.launch({ program: example('retry.s') });
  await stopped(client);
  await client.ask('refault/faults', { start: 0, count: 0 });
  await client.ask('readMemory', { memoryReference: 'ea:1000:0x10000000', count: 16 });
  await client.ask('readMemory', { memoryReference: 'ea:1000:0x1000fff8', count: 16 });
  await client.ask('readMemory', { memoryReference: 'ea:1000:0x8', offset: -16, count: 32 });
  await client.ask('readMemory', { memoryReference: 'ea:1000:0x40000000000', count: 8 });
  await client.ask('readMemory', { memoryReference: 'ls:busy:0x0', count: 16 });
  await client.ask('readMemory', { memoryReference: 'ls:busy:0x3fff8', count: 16 });
  await client.ask('readMemory', { memoryReference: 'pa:0x20000000', count: 4 });
  await client.ask('writeMemory', { memoryReference: 'ea:1000:0x10024000', data: 'AQIDBA==' });
  await client.ask('readMemory', { memoryReference: 'ea:1000:0x10024000', count: 4 });
  await client.ask('writeMemory', { memoryReference: 'ls:other:0x3fffe', data: '/////w==', allowPartial: true });
  await client.request('writeMemory', { memoryReference: 'ls:other:0x3fffe', data: '/////w==' });
  await client.request('writeMemory', { memoryReference: 'ea:1000:0x0', data: 'AA==' });
  await client.request('readMemory', { memoryReference: 'somewhere', count: 4 });
  await client.request('readMemory', { memoryReference: 'ls:nobody:0x0', count: 4 });
  await client.ask('refault/faults', { start: 0, count: 0 });
}

export async function values(client: DapClient): Promise<void> {
  await client.launch({ program: program('calls.s'), stopOnEntry: true });
  const { threadId } = await stopped(client);
  const { id } = await topFrame(client, threadId);
  const general = await scope(client, id, 'General');
  const floating = await scope(client, id, 'Floating point');
  const vectors = await scope(client, id, 'Vector');
  for (const value of ['-1', '0xFF', '0b1010_0000', '42']) await client.ask('setVariable', { variablesReference: general, name: 'r5', value });
  await client.ask('variables', { variablesReference: general, start: 5, count: 1, format: { hex: false } });
  await client.request('setVariable', { variablesReference: general, name: 'r5', value: 'many' });
  await client.request('setVariable', { variablesReference: general, name: 'r5', value: '0x10000000000000000' });
  await client.request('setVariable', { variablesReference: general, name: 'r99', value: '1' });
  await client.ask('setVariable', { variablesReference: floating, name: 'f1', value: '-1.5' });
  await client.ask('setVariable', { variablesReference: vectors, name: 'v1', value: '{1 2 0xffffffff 4}' });
  for (const expression of ['$r5 + 1', '-$r5', '$v1.w2', '$v1.h5', '$f1 * 2', 'counter', '[counter:4]', '*(s8*)(counter - 1)', '1 == 1 && $r5 > 40', '7 / 0', 'r5 ==', 'nobody']) {
    await client.request('evaluate', { expression, frameId: id, context: 'watch' });
  }
  await client.ask('evaluate', { expression: '$r5', frameId: id, context: 'watch', format: { hex: false } });
  await client.ask('evaluate', { expression: '$v1.w2 = 7', frameId: id, context: 'repl' });
  await client.ask('evaluate', { expression: '$v1', frameId: id, context: 'repl' });
  await client.request('evaluate', { expression: '$r5 = 7', frameId: id, context: 'hover' });
}

/** Four bytes of a local store, of a context that is still to come, which a DMA command writes; then a pointer of a task. */
export async function dataBreakpoints(client: DapClient): Promise<void> {
  await client.launch({ program: example('spe-dma.s'), stopOnEntry: true });
  const { threadId } = await stopped(client);
  const { id: frameId } = await topFrame(client, threadId);
  const { dataId } = await client.ask<{ dataId: string }>('dataBreakpointInfo', { name: 'ls:copier:0x8000', bytes: 4 });
  await client.ask('dataBreakpointInfo', { name: 'target', frameId });
  await client.ask('dataBreakpointInfo', { name: '0x10021000', asAddress: true, bytes: 16 });
  await client.ask('dataBreakpointInfo', { name: 'nothing_here', frameId });
  await client.ask('setDataBreakpoints', { breakpoints: [{ dataId, accessType: 'write' }, { dataId: 'somewhere' }] });
  await client.ask('continue', { threadId });
  const { threadId: spu } = await stopped(client);
  await client.ask('readMemory', { memoryReference: 'ls:copier:0x8000', count: 4 });
  await client.ask('setDataBreakpoints', { breakpoints: [] });
  await client.ask('continue', { threadId: spu });
  await client.event('terminated');
}
