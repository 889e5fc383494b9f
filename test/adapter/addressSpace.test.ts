/** The address-space requests, checked with the formulae of docs/facts.md 6.4, worked out here a second time. */
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { MappingsResponse, PagesResponse, TranslateResponse } from '../../src/adapter/memoryProtocol.ts';
import { DapClient } from '../support/dapClient.ts';
import { example, stopped, topFrame } from './conversations/talk.ts';

const RAM_BYTES = 256n << 20n;
/** Facts 6.4: proto = context << 16 | ESID, VSID = proto * 200730139 mod (2^36 - 1). */
const vsidOf = (context: bigint, esid: bigint): bigint => (((context << 16n) | esid) * 200730139n) % ((1n << 36n) - 1n);
/** Facts 6.4: the number of PTEGs is half that of the 4 KiB pages. */
const GROUPS = RAM_BYTES / 4096n / 2n;

async function atRetry(): Promise<{ readonly client: DapClient; readonly threadId: number }> {
  const client = new DapClient();
  await client.launch({ program: example('retry.s'), machine: { spes: 1 } }, async () => { await client.ask('setExceptionBreakpoints', { filters: ['RETRY'] }); });
  return { client, threadId: (await stopped(client)).threadId };
}

describe('the address space at the RETRY of retry.s', () => {
  let client: DapClient;
  let threadId: number;
  beforeAll(async () => {
    ({ client, threadId } = await atRetry());
    return () => { client.dispose(); };
  });

  it('translates the instruction that faulted: segment, hash and slot are those of the formulae, and the bytes are there', async () => {
    const { instructionPointerReference } = await topFrame(client, threadId);
    const ea = BigInt(instructionPointerReference.replace(/^.*:/, ''));
    const found = await client.ask<TranslateResponse>('refault/translate', { ea: `0x${ea.toString(16)}`, threadId });
    const esid = ea >> 28n;
    const offset = ea & 0xfff_ffffn;
    const vsid = vsidOf(BigInt(found.contextId), esid);
    const hash = (vsid & 0x7f_ffff_ffffn) ^ (offset >> 12n);
    expect(found).toMatchObject({
      unit: { kind: 'ppe' }, esid: `0x${esid.toString(16)}`, vsid: `0x${vsid.toString(16)}`, virtual: `0x${((vsid << 28n) | offset).toString(16)}`,
      hash: `0x${hash.toString(16)}`, primaryGroup: Number(hash & (GROUPS - 1n)), secondaryGroup: Number(~hash & (GROUPS - 1n)), pageBytes: 4096,
    });
    expect(found.entry).toMatchObject({ group: found.primaryGroup, isSecondary: false });
    // An entry: AVPN (the VSID, and the page index above bit 23) from bit 7 on, and the valid bit.
    expect(BigInt(found.entry?.v ?? 0)).toBe((((vsid << 5n) | (offset >> 23n)) << 7n) | 1n);
    expect(BigInt(found.entry?.r ?? 0) & ~0xfffn).toBe(BigInt(found.real ?? 0) & ~0xfffn);
    expect(BigInt(found.real ?? 0) & 0xfffn).toBe(ea & 0xfffn);
    expect(found.pte?.flags).toEqual(expect.arrayContaining(['PRESENT', 'USER', 'EXEC', 'ACCESSED', 'HASHPTE']));
    const bytes = async (memoryReference: string): Promise<string> => (await client.ask<{ data: string }>('readMemory', { memoryReference, count: 64 })).data;
    expect(await bytes(found.memoryReference ?? '')).toBe(await bytes(instructionPointerReference));
  });

  it('says of the register that is not mapped that an access faults', async () => {
    const { exceptionId, description } = await client.ask<{ exceptionId: string; description: string }>('exceptionInfo', { threadId });
    expect(exceptionId).toBe('RETRY');
    const ea = /0x[\da-f]{6,}/.exec(description)?.[0] ?? '';
    const found = await client.ask<TranslateResponse>('refault/translate', { ea, threadId });
    expect(found).toMatchObject({ ea, mapping: '/spu/other/signal1', next: 'page fault' });
    expect(found).not.toHaveProperty('real');
    expect(found).not.toHaveProperty('pte');
  });

  it('takes the SLB of the SPE for a context, which is empty before its first DMA', async () => {
    const { threads } = await client.ask<{ threads: { id: number; name: string }[] }>('threads');
    const context = threads.find(({ name }) => name === '/spu/busy')?.id;
    const found = await client.ask<TranslateResponse>('refault/translate', { ea: '0x10000000', threadId: context });
    expect(found).toMatchObject({ unit: { kind: 'mfc', number: 0 }, next: 'segment miss', vsid: `0x${vsidOf(BigInt(found.contextId), 1n).toString(16)}` });
  });

  it('lists mappings with their pages, a part at a time', async () => {
    const { mappings, task, pageBytes } = await client.ask<MappingsResponse>('refault/mappings', { threadId });
    expect(task).toBe(threadId);
    expect(pageBytes).toBe(4096);
    expect(mappings.map(({ name }) => name)).toEqual(expect.arrayContaining(['/spu/other/signal1', '[stack]']));
    expect(mappings.find(({ name }) => name === '/spu/other/signal1')).toMatchObject({ access: 'rw-s', handler: 'spufs_ps_nopage', present: 0 });
    const text = mappings.find(({ access, entries }) => access.includes('x') && entries > 0);
    const first = await client.ask<PagesResponse>('refault/pages', { mapping: text?.start, start: 0, count: 1, threadId });
    expect(first.total).toBe(text?.entries);
    expect(first.pages).toHaveLength(1);
    expect(first.pages[0]?.pte.isPresent).toBe(true);
    expect((await client.request('refault/pages', { mapping: '0x5000', start: 0, count: 10 })).message).toContain('No mapping begins at 0x5000');
  });

  it('refuses what is no address in words', async () => {
    for (const [ea, why] of [['0xfffffffffffffff', /no address of a program/], ['nowhere', /nowhere/], ['1 +', /./]] as const) {
      const response = await client.request('refault/translate', { ea, threadId });
      expect(response.success).toBe(false);
      expect(response.message).toMatch(why);
    }
  });
});

it('shows no mappings before a program is there', async () => {
  const client = new DapClient();
  onTestFinished(() => { client.dispose(); });
  await client.initialize();
  expect(await client.ask('refault/mappings', {})).toEqual({ pageBytes: 0, mappings: [] });
});
