/** What the requests about page faults answer. What has to come follows from the programs and the fault table of docs/facts.md, section 7. */
import { describe, expect, it, onTestFinished } from 'vitest';
import type { FaultFilter, FaultGroupsResponse, FaultRecordsResponse, FaultsResponse } from '../../src/adapter/protocol.ts';
import { DapClient } from '../support/dapClient.ts';
import { example } from './conversations/talk.ts';

/** Row 1: the first write to each of three pages is MINOR; then a read of a page that nothing is mapped at, by the instruction after. */
const LOOP = `
        .text
        .globl  _start
_start: li      r0, 90
        li      r3, 0
        li      r4, 3 * 4096
        li      r5, 3
        li      r6, 0x22
        li      r7, -1
        li      r8, 0
        sc
        mr      r31, r3
        li      r9, 3
        mtctr   r9
each:   stw     r9, 0(r31)
        addi    r31, r31, 4096
        bdnz    each
        li      r31, 0
nowhere: lwz    r9, 16(r31)
`;

async function ended(launch: { readonly program: string }, files: Readonly<Record<string, string>> = {}): Promise<DapClient> {
  const client = new DapClient({ files });
  onTestFinished(() => { client.dispose(); });
  await client.launch({ ...launch, noDebug: true });
  await client.event('exited');
  return client;
}

const retry = (): Promise<DapClient> => ended({ program: example('retry.s') });
const loop = (): Promise<DapClient> => ended({ program: '/loop.s' }, { '/loop.s': LOOP });

async function groups(client: DapClient, groupBy: string, more: object = {}): Promise<FaultGroupsResponse> {
  return await client.ask<FaultGroupsResponse>('refault/faultGroups', { groupBy, start: 0, count: 100, ...more });
}

async function faults(client: DapClient, filter?: FaultFilter, more: object = {}): Promise<FaultsResponse> {
  return await client.ask<FaultsResponse>('refault/faults', { start: 0, count: 100, ...(filter ? { filter } : {}), ...more });
}

describe('refault/faults with a filter', () => {
  it('has the faults of the outcomes, tasks and mappings that it names', async () => {
    const client = await retry();
    const register = await faults(client, { mappings: ['/spu/other/signal1'] });
    expect(register.faults.map(({ outcome, attempt, task }) => [outcome, attempt, Number.parseInt(task, 10)])).toEqual([['MINOR', 2, 1001], ['RETRY', 1, 1001]]);
    expect((await faults(client, { mappings: ['/spu/other/signal1'], outcomes: ['RETRY'] })).total).toBe(1);
    expect((await faults(client, { mappings: ['/spu/other/signal1'], tasks: [1000] })).total).toBe(0);
    const { total } = await faults(client);
    expect((await faults(client, { tasks: [1000] })).total + (await faults(client, { tasks: [1001] })).total).toBe(total);
    expect((await faults(client, { tasks: [1000, 1001] })).total).toBe(total);
    expect((await faults(client, { mappings: ['/no/such'] }))).toEqual({ total: 0, faults: [] });
    expect((await faults(client, { outcomes: [] })).total).toBe(0);
  });

  it('is paged: the total stays that of all', async () => {
    const client = await loop();
    const writes: FaultFilter = { mappings: ['[anon]'] };
    const all = await faults(client, writes);
    expect(all.total).toBe(3);
    const pages = await Promise.all([0, 1, 2, 3].map((start) => faults(client, writes, { start, count: 1 })));
    expect(pages.map(({ total }) => total)).toEqual([3, 3, 3, 3]);
    expect(pages.flatMap((page) => page.faults)).toEqual(all.faults);
  });

  it('that is not one is refused with a sentence', async () => {
    const client = await loop();
    const refused = async (filter: object): Promise<string | undefined> => (await client.request('refault/faults', { start: 0, count: 1, filter })).message;
    expect(await refused({ outcomes: ['MEDIUM'] })).toMatch(/filter\.outcomes\[0\] of refault\/faults has to be "SIGBUS" or /);
    expect(await refused({ instruction: { pc: '100' } })).toMatch(/filter\.instruction\.pc of refault\/faults has to be an address/);
    expect(await refused({ tasks: 1000 })).toMatch(/filter\.tasks of refault\/faults has to be a list/);
  });
});

describe('refault/faultGroups', () => {
  it('counts the faults of an instruction by outcome, the newest first', async () => {
    const client = await loop();
    const { groups: found, total } = await groups(client, 'instruction');
    expect(found.map(({ newest, outcomes }) => [newest.symbol, outcomes])).toEqual([
      ['nowhere', { SIGSEGV: 1 }], ['each', { MINOR: 3 }], ['_start', { MINOR: 1 }],
    ]);
    expect(total).toBe(3);
    expect(found.map(({ faults: count }) => count)).toEqual([1, 3, 1]);
  });

  it('counts the faults of a mapping, and its filter has just those', async () => {
    const client = await retry();
    const { groups: found } = await groups(client, 'mapping');
    const register = found.find(({ newest }) => newest.mapping === '/spu/other/signal1');
    expect(register?.outcomes).toEqual({ RETRY: 1, MINOR: 1 });
    const all = await faults(client);
    let counted = 0;
    for (const { newest, filter, faults: count } of found) {
      const unfolded = await faults(client, filter);
      expect(unfolded.total).toBe(count);
      expect(unfolded.faults[0]).toEqual(newest);
      counted += count;
    }
    expect(counted).toBe(all.total);
  });

  it('suits the filter and the pages that are asked for', async () => {
    const client = await retry();
    const { groups: found } = await groups(client, 'instruction', { filter: { mappings: ['/spu/other/signal1'] } });
    expect(found.map(({ newest, outcomes }) => [newest.symbol, outcomes])).toEqual([['touch', { MINOR: 1, RETRY: 1 }]]);
    const tasks = await groups(client, 'task');
    expect(tasks.groups.map(({ newest }) => Number.parseInt(newest.task, 10))).toEqual([1001, 1000]);
    expect(await groups(client, 'task', { start: 1 })).toEqual({ total: 2, groups: tasks.groups.slice(1) });
  });

  it('keeps instructions of SPU programs apart from those of the PPE and of each other', async () => {
    const client = await ended({ program: example('spe-dma.s') });
    const { faults: all } = await faults(client);
    const { groups: found } = await groups(client, 'instruction');
    const dma = found.filter(({ newest }) => newest.origin === 'mfc');
    expect(dma.length).toBeGreaterThan(0);
    for (const { filter, newest } of dma) {
      expect(filter.instruction).toEqual({ pc: newest.pc, context: newest.context });
      const same = all.filter(({ origin, pc, context }) => origin === 'mfc' && pc === newest.pc && context === newest.context);
      expect((await faults(client, filter)).faults).toEqual(same);
    }
  });
});

describe('refault/faultRecords', () => {
  it('gives the records oldest first, page by page, with the names of refault run --json', async () => {
    const client = await loop();
    const seen: unknown[] = [];
    let from: number | undefined = 0;
    while (from !== undefined) {
      const page: FaultRecordsResponse = await client.ask<FaultRecordsResponse>('refault/faultRecords', { from, count: 2 });
      expect(page.records.length).toBeLessThanOrEqual(2);
      seen.push(...page.records);
      from = page.next;
    }
    expect(seen.map((one) => (one as { id: number }).id)).toEqual([0, 1, 2, 3, 4]);
    expect(seen[4]).toMatchObject({ outcome: 'SIGSEGV', source: 'loop.s:19', symbol: 'nowhere', ea: '0x10', access: 'read', retryOf: null, effect: { signal: { name: 'SIGSEGV' } } });
    expect((await client.ask<FaultRecordsResponse>('refault/faultRecords', { from: 0, count: 9, filter: { outcomes: ['SIGSEGV'] } })).records).toEqual([seen[4]]);
  });
});
