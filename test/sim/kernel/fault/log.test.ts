import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { appendFault, newFaultLog, readFault, readFaults } from '../../../../src/sim/kernel/fault/log.ts';
import type { FaultRecord } from '../../../../src/sim/kernel/fault/state.ts';

const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arbitrary, { nil: undefined });
const counters = fc.subarray(['min_flt', 'maj_flt', 'pgfault', 'pgmajfault'] as const).map((list) => [...list]);

const records: fc.Arbitrary<FaultRecord> = fc.record({
  id: fc.constant(-1),
  cycle: fc.integer({ min: 0, max: 2 ** 50 }),
  attempt: fc.integer({ min: 1, max: 1e6 }),
  retryOf: maybe(fc.nat()),
  origin: fc.constantFrom('ppe' as const, 'mfc' as const, 'kernel' as const),
  task: fc.integer({ min: 1, max: 99999 }),
  context: maybe(fc.constantFrom('worker', 'other')),
  spe: maybe(fc.integer({ min: 0, max: 15 })),
  pc: fc.integer({ min: 0, max: 2 ** 44 }),
  command: maybe(fc.constantFrom('get', 'putlf')),
  tag: maybe(fc.integer({ min: 0, max: 31 })),
  ea: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  access: fc.constantFrom('read' as const, 'write' as const, 'execute' as const),
  mapping: fc.constantFrom('', '[heap]', '/tmp/data'),
  handler: fc.constantFrom('', 'anonymous', 'filemap_nopage'),
  handlerAnswer: fc.constantFrom('none' as const, 'page' as const, 'NOPAGE_RETRY' as const, 'VM_FAULT_NOPAGE' as const),
  coreAnswer: maybe(fc.record({ name: fc.constantFrom('VM_FAULT_MINOR', 'VM_FAULT_OOM'), value: fc.integer({ min: 0, max: 0x400 }) })),
  outcome: fc.constantFrom('SIGBUS' as const, 'OOM' as const, 'MINOR' as const, 'MAJOR' as const, 'RETRY' as const, 'SIGSEGV' as const),
  waited: fc.integer({ min: 0, max: 2 ** 50 }),
  interruptedBy: maybe(fc.integer({ min: 1, max: 64 })),
  effect: fc.record({
    pte: fc.constantFrom('core' as const, 'handler' as const, 'nobody' as const),
    signal: maybe(fc.record({ number: fc.integer({ min: 1, max: 64 }), code: fc.integer({ min: -6, max: 0x80 }), address: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }) })),
    killed: maybe(fc.constantFrom('thread' as const, 'group' as const)),
    counters,
  }),
  trail: fc.array(fc.record({ path: fc.constantFrom('do_page_fault', '__handle_mm_fault', 'do_no_page'), step: fc.nat({ max: 30 }) }), { maxLength: 20 }),
});

describe('the fault log', () => {
  it('gives every record back as it was, also across chunks and through structuredClone', () => {
    fc.assert(fc.property(fc.array(records, { minLength: 1, maxLength: 30 }), (list) => {
      const log = newFaultLog();
      // Fills most of the first chunk, so that the list crosses into the second.
      const [first] = list;
      if (!first) return;
      for (let i = 0; i < 2040; i += 1) appendFault(log, first);
      const ids = list.map((record) => appendFault(log, record));
      const copy = structuredClone(log);
      expect(readFaults(copy, 2040, list.length)).toEqual(list.map((record, i) => ({ ...record, id: ids[i] })));
    }), { numRuns: 30 });
  });

  it('reads pages, whatever their bounds', () => {
    const [record] = fc.sample(records, 1);
    if (!record) throw new Error('no sample');
    const log = newFaultLog();
    for (let i = 0; i < 5; i += 1) appendFault(log, { ...record, cycle: i });
    expect(readFaults(log, 3, 10).map(({ id, cycle }) => [id, cycle])).toEqual([[3, 3], [4, 4]]);
    expect(readFaults(log, -2, 3).map(({ id }) => id)).toEqual([0]);
    expect(readFaults(log, 9, 3)).toEqual([]);
    expect(readFault(log, 5)).toBeUndefined();
    expect(log.count).toBe(5);
  });

  it('keeps a million faults well under 200 MB', () => {
    const [record] = fc.sample(records, 1);
    if (!record) throw new Error('no sample');
    const log = newFaultLog();
    for (let i = 0; i < 1e6; i += 1) appendFault(log, record);
    const columns = log.chunks.flatMap((chunk) => Object.values(chunk).filter((column) => ArrayBuffer.isView(column)));
    const bytes = columns.reduce((sum, { byteLength }) => sum + byteLength, 0);
    expect(bytes).toBeLessThan(110e6);
    expect(log.trails).toHaveLength(1);
  });
});
