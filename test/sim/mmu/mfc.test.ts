/** Translation for an SPE's MFC: its own small SLB, the PPE's hash table (facts 5.1, 6.4). */
import { describe, expect, it } from 'vitest';
import { PROT, protectRegion } from '../../../src/sim/kernel/mm/mappings.ts';
import { createContext } from '../../../src/sim/kernel/spufs/newContext.ts';
import type { Task } from '../../../src/sim/kernel/state.ts';
import type { MfcMmu } from '../../../src/sim/mmu/mfcMmu.ts';
import { Harness, high, low } from '../kernel/kernelHarness.ts';

const PAGE = 4096;

/** An SPE whose context belongs to the task's address space. */
function spe(h: Harness, task: Task): MfcMmu {
  const root = h.k.state.files.root.content;
  const folder = root.kind === 'directory' ? root.entries.get('spu') : undefined;
  const made = folder && createContext(h.k, folder, 'worker', { mode: 0o755, flags: 0, task });
  const [slot] = h.k.state.spufs.slots;
  const [mfc] = h.mmu.mfc;
  if (typeof made !== 'object' || made.content.kind !== 'spuContext' || !slot || !mfc) throw new Error('no SPE');
  slot.context = made.content.context;
  return mfc;
}

function translate(mfc: MfcMmu, ea: number, store = false): ReturnType<MfcMmu['translate']> {
  return mfc.translate(high(ea), low(ea), store);
}

describe('the MFC', () => {
  it('misses the segment, then the page, then reaches memory; each refill is counted apart from the PPE\'s', () => {
    const h = new Harness();
    const task = h.task();
    const mfc = spe(h, task);
    const ea = h.map(task, PAGE);
    expect(translate(mfc, ea + 128)).toEqual({ kind: 'segmentMiss' });
    expect(h.mmu.loadMfcSegment(0, BigInt(ea))).toBe(true);
    expect(translate(mfc, ea + 128)).toEqual({ kind: 'storageMiss', denied: false });
    expect(h.mmu.hashPage(task.mm, ea, false)).toBe(false);
    const end = h.access(task, ea, 'write');
    expect(end.kind === 'done' && translate(mfc, ea + 128, true)).toEqual({ kind: 'memory', offset: end.kind === 'done' ? end.physical + 128 : 0 });
    h.mmu.table.clear();
    expect(translate(mfc, ea)).toEqual({ kind: 'storageMiss', denied: false });
    expect(h.mmu.hashPage(task.mm, ea, true)).toBe(true);
    expect(translate(mfc, ea).kind).toBe('memory');
    expect(h.k.state.counters).toMatchObject({ slbMiss: 0, hashRefill: 0, mfcSlbMiss: 1, mfcHashRefill: 1 });
  });

  it('is denied a put to a page that may only be read', () => {
    const h = new Harness();
    const task = h.task();
    const mfc = spe(h, task);
    const ea = h.map(task, PAGE);
    h.access(task, ea, 'write');
    protectRegion(h.k, task.mm, ea, PAGE, PROT.READ);
    h.mmu.loadMfcSegment(0, BigInt(ea));
    h.mmu.hashPage(task.mm, ea, false);
    expect(translate(mfc, ea).kind).toBe('memory');
    expect(translate(mfc, ea, true)).toEqual({ kind: 'storageMiss', denied: true });
    expect(h.mmu.hashPage(task.mm, ea, true)).toBe(false);
  });

  it('has eight segments, replaced in turn, and none of a kernel address', () => {
    const h = new Harness();
    const task = h.task();
    const mfc = spe(h, task);
    for (let segment = 1; segment <= 9; segment += 1) h.mmu.loadMfcSegment(0, BigInt(segment * 0x1000_0000));
    expect(translate(mfc, 0x1000_0000).kind).toBe('segmentMiss');
    expect(translate(mfc, 0x2000_0000).kind).toBe('storageMiss');
    expect(h.mmu.loadMfcSegment(0, 0xc000_0000_0000_0000n)).toBe(false);
    h.mmu.flushMfc(0);
    expect(translate(mfc, 0x2000_0000).kind).toBe('segmentMiss');
  });

  it('sees at once what tlbie takes away', () => {
    const h = new Harness();
    const task = h.task();
    const mfc = spe(h, task);
    const ea = h.map(task, PAGE);
    h.access(task, ea, 'write');
    h.mmu.loadMfcSegment(0, BigInt(ea));
    expect(translate(mfc, ea).kind).toBe('memory');
    h.call(task, 'do_munmap', { address: ea, length: PAGE });
    expect(translate(mfc, ea)).toEqual({ kind: 'storageMiss', denied: false });
  });
});
