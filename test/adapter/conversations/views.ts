/** What the views of the machine ask: Refault's own requests, each with its answer and with what it refuses. */
import type { DapClient } from '../../support/dapClient.ts';
import { example, program, stopped } from './talk.ts';

/** Line of the SPU program in spe-dma.s at which its four transfers are under way. */
const TRANSFERS_BEGUN = 91;

async function stoppedInSpu(client: DapClient): Promise<number> {
  const path = example('spe-dma.s');
  await client.launch({ program: path }, () => client.ask('setBreakpoints', { source: { path }, breakpoints: [{ line: TRANSFERS_BEGUN }] }));
  return (await stopped(client)).threadId;
}

async function stoppedOnRetry(client: DapClient): Promise<number> {
  await client.launch({ program: example('retry.s') }, () => client.ask('setExceptionBreakpoints', { filters: ['RETRY'] }));
  return (await stopped(client)).threadId;
}

export async function contextDetails(client: DapClient): Promise<void> {
  await client.initialize();
  await client.request('refault/context', { name: 'copier', lanes: 'words', decimal: false });
  const other = { program: example('spe-dma.s') };
  await client.ask('launch', other);
  await client.ask('setBreakpoints', { source: { path: other.program }, breakpoints: [{ line: TRANSFERS_BEGUN }] });
  await client.ask('configurationDone');
  await stopped(client);
  await client.ask('refault/context', { name: 'copier', lanes: 'words', decimal: false });
  await client.request('refault/context', { name: 'nobody', lanes: 'words', decimal: false });
  await client.request('refault/context', { name: 'copier', lanes: 'nibbles', decimal: false });
}

export async function memoryPlaces(client: DapClient): Promise<void> {
  const threadId = await stoppedInSpu(client);
  await client.ask('refault/memoryPlace', { expression: '$3', threadId });
  await client.ask('refault/memoryPlace', { expression: 'ls:0x100', threadId });
  await client.ask('refault/memoryPlace', { expression: 'ea:1000:source', threadId: 1000 });
  await client.ask('refault/memoryPlace', { expression: 'pa:0x2000 + 8', threadId });
  await client.request('refault/memoryPlace', { expression: 'ls:0x100', threadId: 1000 });
  await client.request('refault/memoryPlace', { expression: 'ls:nobody:0', threadId });
  await client.request('refault/memoryPlace', { expression: '$3 +', threadId });
  // il $0, 0 is the first word of the SPU program; nothing has the text.
  await client.ask('refault/findMemory', { memoryReference: 'ls:copier:0x4', form: 'words', pattern: '0x40800000' });
  await client.ask('refault/findMemory', { memoryReference: 'ls:copier:0x0', form: 'text', pattern: 'nowhere' });
  await client.request('refault/findMemory', { memoryReference: 'ls:copier:0x0', form: 'bytes', pattern: 'de a' });
  await client.request('refault/findMemory', { memoryReference: 'copier', form: 'bytes', pattern: 'de' });
}

export async function addressSpace(client: DapClient): Promise<void> {
  const threadId = await stoppedOnRetry(client);
  const { mappings } = await client.ask<{ mappings: readonly { start: string; name: string }[] }>('refault/mappings', { threadId });
  const code = mappings.find(({ name }) => name === '/retry.s');
  const registers = mappings.find(({ name }) => name === '/spu/other/signal1');
  if (!code || !registers) throw new Error('The program has not mapped its code and the registers of an SPE.');
  await client.ask('refault/pages', { mapping: code.start, start: 0, count: 2, threadId });
  await client.ask('refault/pages', { mapping: registers.start, start: 0, count: 2, threadId });
  await client.request('refault/pages', { mapping: '0x1', start: 0, count: 2, threadId });
  await client.ask('refault/translate', { ea: '$pc', threadId });
  await client.ask('refault/translate', { ea: registers.start, threadId });
  await client.request('refault/translate', { ea: '1 << 60', threadId });
  await client.request('refault/mappings', { threadId: 7 });
}

export async function faultViews(client: DapClient): Promise<void> {
  await stoppedOnRetry(client);
  await client.ask('refault/faultGroups', { groupBy: 'mapping', start: 0, count: 1 });
  await client.ask('refault/faultGroups', { groupBy: 'instruction', start: 0, count: 1, filter: { outcomes: ['MINOR'] } });
  await client.request('refault/faultGroups', { groupBy: 'colour', start: 0, count: 1 });
  await client.ask('refault/faultLines', {});
  await client.ask('refault/faultRecords', { from: 0, count: 1 });
  await client.ask('refault/faultRecords', { from: 3, count: 10 });
  await client.request('refault/faultRecords', { from: 0, count: 0 });
}

export async function statusAndCoverage(client: DapClient): Promise<void> {
  const path = program('calls.s');
  await client.initialize();
  await client.request('refault/status', {});
  await client.ask('refault/coverage', {});
  await client.ask('launch', { program: path, kernel: { base: '2.6.21', interruptedRetry: 'once' } });
  await client.ask('setBreakpoints', { source: { path }, breakpoints: [{ line: 12 }] });
  await client.ask('configurationDone');
  await stopped(client);
  await client.ask('refault/status', {});
  await client.ask('refault/coverage', {});
  await client.ask('refault/stepInto', {});
  await client.ask('refault/stepInto', { into: 'kernel' });
  await client.request('refault/stepInto', { into: 'the deep' });
}

export async function comparison(client: DapClient): Promise<void> {
  await client.initialize();
  await client.ask('refault/compare', { launch: { program: example('retry.s') }, kernels: ['2.6.18', '2.6.18-retry'], columns: 80 });
  await client.request('refault/compare', { launch: { program: example('retry.s') }, kernels: [] });
  await client.request('refault/compare', { launch: { program: example('retry.s') }, kernels: ['2.4'] });
}
