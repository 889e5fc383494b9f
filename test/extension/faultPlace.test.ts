/** Finds a fault among many, whatever they are narrowed to. */
import { describe, expect, it, onTestFinished } from 'vitest';
import { placeOfFault } from '../../extension/views/faultPlace.ts';
import { recordsOf } from '../../extension/views/records.ts';
import { example } from '../adapter/conversations/talk.ts';
import { DapClient } from '../support/dapClient.ts';

describe('the place of a fault', () => {
  it('is that of its row, in the whole list and in a filtered one', async () => {
    const client = new DapClient();
    onTestFinished(() => { client.dispose(); });
    await client.launch({ program: example('spe-dma.s'), noDebug: true });
    await client.event('exited');
    const records = recordsOf((command, args) => client.ask(command, typeof args === 'object' && args !== null ? args : {}));
    for (const narrowing of [{}, { filter: { outcomes: ['MINOR'] } }, { filter: { mappings: ['/no/such'] } }] as const) {
      const { faults } = await records.faults({ start: 0, count: 1000, ...narrowing });
      for (const [place, { id }] of faults.entries()) expect(await placeOfFault(id, records, narrowing)).toBe(place);
      expect(await placeOfFault(9999, records, narrowing)).toBeUndefined();
      expect(await placeOfFault(-1, records, narrowing)).toBeUndefined();
    }
  });
});
