/** Rows 18 to 20 and 56: races, refills, and faults that are none any more. */
import { describe, expect, it } from 'vitest';
import { Harness } from '../sim/kernel/kernelHarness.ts';
import { ALL } from './scenario.ts';

const PAGE = 4096;

describe.each(ALL)('under %s', (kernel) => {
  it('row 18: of two threads that fault on one page both count MINOR, one drops its page', () => {
    const h = new Harness({ kernel });
    const task = h.task();
    const second = h.task(task);
    const ea = h.map(task, PAGE);
    for (const t of [task, second]) {
      h.tryAccess(t, ea, 'write');
      h.enterFault(t);
    }
    const before = h.k.state.frames.used;
    h.run();
    expect(h.faults().map(({ outcome, effect }) => [outcome, effect.pte])).toEqual([['MINOR', 'core'], ['MINOR', 'nobody']]);
    expect([task.minFlt, second.minFlt, h.k.state.frames.used - before]).toEqual([1, 1, 1]);
  });

  it('row 19: a missing entry of the hashed page table is no fault', () => {
    const h = new Harness({ kernel });
    const task = h.task();
    const ea = h.map(task, PAGE);
    h.access(task, ea, 'write');
    h.mmu.table.clear();
    h.mmu.flushTlbs();
    expect(h.access(task, ea, 'write').kind).toBe('done');
    expect(h.k.state.counters).toMatchObject({ pgfault: 1, hashRefill: 1 });
  });

  it('row 20: an SLB miss is no fault', () => {
    const h = new Harness({ kernel });
    const task = h.task();
    const ea = h.map(task, PAGE, { at: 0x1_0000_0000 });
    h.access(task, ea, 'write');
    expect(h.k.state.counters).toMatchObject({ pgfault: 1, slbMiss: 1 });
    expect(h.faults()).toHaveLength(1);
  });

  it('row 56: a fault whose PTE is in order by then is MINOR', () => {
    const h = new Harness({ kernel });
    const task = h.task();
    const ea = h.map(task, PAGE);
    h.tryAccess(task, ea, 'read');
    h.enterFault(task);
    const fault = task.kernelStack.pop();
    h.access(task, ea, 'read');
    if (fault) task.kernelStack.push(fault);
    h.run();
    expect(h.faults().map(({ outcome, effect }) => [outcome, effect.pte])).toEqual([['MINOR', 'core'], ['MINOR', 'nobody']]);
  });
});
