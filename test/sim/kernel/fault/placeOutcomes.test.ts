/** Outcomes by place, against a reading of the records one by one. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { appendFault, newFaultLog } from '../../../../src/sim/kernel/fault/log.ts';
import { placeOutcomes } from '../../../../src/sim/kernel/fault/placeOutcomes.ts';
import type { FaultRecord, Outcome } from '../../../../src/sim/kernel/fault/state.ts';

const faults = fc.record({
  pc: fc.constantFrom(0x100, 0x104, 0x108, 0x10c), outcome: fc.constantFrom<Outcome>('RETRY', 'MINOR', 'MAJOR'), context: fc.constantFrom(undefined, 'worker', 'other'),
});
type Fault = Pick<FaultRecord, 'pc' | 'outcome' | 'context'>;

function recordOf({ pc, outcome, context }: Fault): FaultRecord {
  return {
    id: -1, cycle: 0, attempt: 1, retryOf: undefined, origin: context === undefined ? 'ppe' : 'mfc', task: 1, context, spe: undefined, pc, command: undefined, tag: undefined, ea: 0n,
    access: 'read', mapping: '', handler: '', handlerAnswer: 'none', coreAnswer: undefined, outcome, waited: 0, interruptedBy: undefined,
    effect: { pte: 'nobody', signal: undefined, killed: undefined, counters: [] }, trail: [],
  };
}

/** Two instructions a place; the last of the PPE has none. */
function placeOf({ pc, context }: { readonly pc: number; readonly context?: string | undefined }): string | undefined {
  return pc === 0x10c && context === undefined ? undefined : `${context ?? 'ppe'} ${String(pc >> 3)}`;
}

describe('outcomes by place', () => {
  it('are those of its instructions in the order of time, the place with the newest fault first', () => {
    fc.assert(fc.property(fc.array(faults, { maxLength: 60 }), (list) => {
      const log = newFaultLog();
      for (const fault of list) appendFault(log, recordOf(fault));
      const found = placeOutcomes(log, placeOf, { runs: 100, newest: 100 });
      const expected = new Map<string, { readonly outcomes: Outcome[]; readonly ids: number[] }>();
      list.forEach((fault, id) => {
        const place = placeOf(fault);
        if (place === undefined) return;
        const known = expected.get(place) ?? { outcomes: [], ids: [] };
        expected.delete(place);
        expected.set(place, { outcomes: [...known.outcomes, fault.outcome], ids: [id, ...known.ids] });
      });
      expect(found.map(({ place }) => place)).toEqual([...expected.keys()].reverse());
      for (const { place, faults: count, latest, newest } of found) {
        expect(latest.flatMap((run) => Array<Outcome>(run.faults).fill(run.outcome))).toEqual(expected.get(place)?.outcomes);
        expect(newest).toEqual(expected.get(place)?.ids);
        expect(count).toBe(newest.length);
        expect(latest.every(({ outcome }, i) => outcome !== latest[i - 1]?.outcome)).toBe(true);
      }
    }));
  });

  it('are as many of the latest as are wanted, of a log of any length', () => {
    const log = newFaultLog();
    for (let i = 0; i < 5000; i += 1) appendFault(log, recordOf({ pc: 0x100, context: undefined, outcome: i % 3 === 2 ? 'MINOR' : 'RETRY' }));
    expect(placeOutcomes(log, placeOf, { runs: 3, newest: 2 })).toEqual([{
      place: 'ppe 32', faults: 5000, newest: [4999, 4998],
      latest: [{ outcome: 'RETRY', faults: 2 }, { outcome: 'MINOR', faults: 1 }, { outcome: 'RETRY', faults: 2 }],
    }]);
  });
});
