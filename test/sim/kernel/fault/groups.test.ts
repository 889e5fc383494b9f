import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FaultGroups } from '../../../../src/sim/kernel/fault/groups.ts';
import { appendFault, newFaultLog, readFaults } from '../../../../src/sim/kernel/fault/log.ts';
import type { FaultQuery } from '../../../../src/sim/kernel/fault/query.ts';
import type { FaultLog, FaultRecord } from '../../../../src/sim/kernel/fault/state.ts';

const varied = {
  origin: fc.constantFrom('ppe' as const, 'mfc' as const),
  context: fc.constantFrom(undefined, 'one', 'two'),
  pc: fc.constantFrom(0x100, 0x104),
  task: fc.constantFrom(1000, 1001),
  mapping: fc.constantFrom('[heap]', '[anon]'),
  outcome: fc.constantFrom('MINOR' as const, 'RETRY' as const, 'SIGBUS' as const),
};
const records: fc.Arbitrary<FaultRecord> = fc.record(varied).map((some) => ({
  ...some, id: -1, cycle: 0, attempt: 1, retryOf: undefined, spe: undefined, command: undefined, tag: undefined, ea: 0n, access: 'read', handler: '',
  handlerAnswer: 'none', coreAnswer: undefined, waited: 0, interruptedBy: undefined, effect: { pte: 'nobody', signal: undefined, killed: undefined, counters: [] }, trail: [],
}));

const SUITS: readonly (readonly [FaultQuery, (record: FaultRecord) => boolean])[] = [
  [{}, () => true],
  [{ outcomes: ['RETRY'] }, ({ outcome }) => outcome === 'RETRY'],
  [{ mappings: ['[anon]'], tasks: [1001] }, ({ mapping, task }) => mapping === '[anon]' && task === 1001],
];
const KEYS = {
  instruction: ({ pc, origin, context }: FaultRecord) => `${pc} ${origin === 'mfc' ? context ?? '' : ''}`,
  mapping: ({ mapping }: FaultRecord) => mapping,
  task: ({ task }: FaultRecord) => `${task}`,
};

/** What the groups have to be: of all records, put together by their keys. */
function grouped(log: FaultLog, suits: (record: FaultRecord) => boolean, keyOf: (record: FaultRecord) => string): object[] {
  const newestFirst = readFaults(log, 0, log.count).reverse().filter(suits);
  return [...new Set(newestFirst.map(keyOf))].map((key) => {
    const members = newestFirst.filter((record) => keyOf(record) === key);
    const outcomes = Object.fromEntries([...new Set(members.map(({ outcome }) => outcome))].map((outcome) => [outcome, members.filter((one) => one.outcome === outcome).length]));
    return { newest: members[0]?.id, outcomes };
  });
}

describe('groups of faults', () => {
  it('are those of all records, however often they are asked for while the log grows', () => {
    fc.assert(fc.property(fc.array(fc.array(records, { maxLength: 8 }), { maxLength: 6 }), fc.constantFrom(...SUITS), fc.constantFrom('instruction' as const, 'mapping' as const, 'task' as const), (pieces, [query, suits], by) => {
      const log = newFaultLog();
      const groups = new FaultGroups(log, query, by);
      for (const piece of pieces) {
        for (const record of piece) appendFault(log, record);
        expect(groups.all()).toEqual(grouped(log, suits, KEYS[by]));
      }
    }));
  });
});
