/** What a program has left answers as the adapter did while it lived. */
import { describe, expect, it, onTestFinished } from 'vitest';
import { keptRecords, liveRecords } from '../../extension/views/records.ts';
import type { FaultFilter } from '../../src/adapter/protocol.ts';
import { example } from '../adapter/conversations/talk.ts';
import { DapClient } from '../support/dapClient.ts';

const filters: readonly FaultFilter[] = [
  {}, { outcomes: ['RETRY', 'SIGBUS'] }, { tasks: [1001] }, { mappings: ['/spu/other/signal1', '[anon]'], tasks: [1000] }, { outcomes: [] }, { mappings: ['/no/such'] },
];

describe.each(['retry.s', 'spe-dma.s'])('the kept faults of %s', (name) => {
  it('are filtered, grouped and recorded as those of the living session', async () => {
    const client = new DapClient();
    onTestFinished(() => { client.dispose(); });
    await client.launch({ program: example(name), noDebug: true });
    await client.event('exited');
    const ask = (command: string, args: unknown): Promise<unknown> => client.ask(command, typeof args === 'object' && args !== null ? args : {});
    const live = liveRecords(ask);
    const kept = await keptRecords(ask);
    expect(kept.forgotten).toBe(0);
    const trailless = ({ trail: _, ...row }: { readonly trail?: unknown }): object => row;
    for (const filter of filters) {
      const [a, b] = await Promise.all([live, kept].map((records) => records.faults({ start: 1, count: 3, filter })));
      expect(b?.total).toBe(a?.total);
      expect(b?.faults.map(trailless)).toEqual(a?.faults);
      for (const groupBy of ['instruction', 'mapping', 'task'] as const) {
        const [c, d] = await Promise.all([live, kept].map((records) => records.faultGroups({ groupBy, start: 0, count: 10, filter })));
        expect(d?.groups.map(({ newest, ...group }) => ({ ...group, newest: trailless(newest) }))).toEqual(c?.groups);
        expect(d?.total).toBe(c?.total);
      }
      expect(await kept.faultRecords({ from: 1, count: 100, filter })).toEqual(await live.faultRecords({ from: 1, count: 100, filter }));
    }
  });
});
