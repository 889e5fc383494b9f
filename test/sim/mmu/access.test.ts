/** Accesses that the engine's TLBs cannot serve. */
import { describe, expect, it } from 'vitest';
import { ACCESS } from '../../../src/sim/engine/access.ts';
import { PROT } from '../../../src/sim/kernel/mm/mappings.ts';
import { installPage } from '../../../src/sim/kernel/mm/pages.ts';
import { PTE_ACCESSED, PTE_DIRTY, PTE_GUARDED, PTE_NO_CACHE, PTE_PRESENT, PTE_RW, PTE_USER } from '../../../src/sim/kernel/mm/pte.ts';
import type { Task } from '../../../src/sim/kernel/state.ts';
import { localStoreFrame, problemStateFrame } from '../../../src/sim/mmu/physical.ts';
import type { WatchHit } from '../../../src/sim/mmu/watches.ts';
import { PPE_STATE } from '../../../src/sim/ppe/layout.ts';
import { Harness, high, low } from '../kernel/kernelHarness.ts';

const PAGE = 4096;

function mapFrame(h: Harness, task: Task, frame: number): number {
  const ea = h.map(task, PAGE, { shared: true });
  const flags = PTE_PRESENT | PTE_USER | PTE_RW | PTE_DIRTY | PTE_ACCESSED | PTE_NO_CACHE | PTE_GUARDED;
  installPage(h.k, task.mm, ea, frame, flags);
  return ea;
}

describe('an access that crosses a page', () => {
  it('loads from and stores to both pages through the scratch area', () => {
    const h = new Harness();
    const task = h.task();
    const ea = h.map(task, 2 * PAGE);
    h.access(task, ea, 'write');
    h.access(task, ea + PAGE, 'write');
    const ppe = h.mmu.ppe[0];
    const at = ea + PAGE - 3;
    const store = ppe?.miss(high(at), low(at), 8 | ACCESS.store) ?? 0;
    expect(store).toBeGreaterThan(0);
    expect(store).toBeLessThan(4096);
    h.k.memory.set([1, 2, 3, 4, 5, 6, 7, 8], store);
    ppe?.commit();
    const bytes = new Uint8Array(8);
    h.call(task, 'copy_from_user', { address: at, bytes });
    expect([...bytes]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    const load = ppe?.miss(high(at), low(at), 8) ?? 0;
    expect([...h.k.memory.subarray(load, load + 8)]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('faults at the first byte of the page that is missing', () => {
    const h = new Harness();
    const task = h.task();
    const ea = h.map(task, 2 * PAGE);
    h.access(task, ea, 'write');
    expect(h.tryAccess(task, ea + PAGE - 2, 'write', 4)).toBeUndefined();
    expect(h.mmu.ppe[0]?.takeFault()).toEqual({ ea: BigInt(ea + PAGE), access: 'write', trap: 0x300, dsisr: 0x4200_0000, refused: false });
  });
});

describe('registers of an SPE', () => {
  it('are read and written as words, whatever the width of the access', () => {
    const h = new Harness();
    const task = h.task();
    const ea = mapFrame(h, task, problemStateFrame(0) + 0x4);
    const load = h.tryAccess(task, ea + 4, 'read', 8) ?? 0;
    expect(new DataView(h.k.memory.buffer).getBigUint64(load)).toBe(0x1234_4004_1234_4008n);
    const half = h.tryAccess(task, ea + 6, 'read', 2) ?? 0;
    expect(new DataView(h.k.memory.buffer).getUint16(half)).toBe(0x4004);
    const store = h.tryAccess(task, ea + 0xc, 'write', 4) ?? 0;
    new DataView(h.k.memory.buffer).setUint32(store, 0xcafe_f00d);
    h.mmu.ppe[0]?.commit();
    expect(h.registerWrites).toEqual(['0:400c=cafef00d']);
    expect(h.tlbs[0]?.reads.size).toBe(0);
  });

  it('are reached by the kernel too', () => {
    const h = new Harness();
    const task = h.task();
    const ea = mapFrame(h, task, problemStateFrame(0) + 0x14);
    h.call(task, 'copy_to_user', { address: ea + 0xc, bytes: Uint8Array.of(0, 0, 0, 7) });
    expect(h.registerWrites).toEqual(['0:1400c=7']);
  });

  it('end where the local store begins to be memory', () => {
    const h = new Harness();
    const task = h.task();
    const ea = mapFrame(h, task, localStoreFrame(0) + 3);
    const host = h.tryAccess(task, ea + 5, 'write', 1);
    expect(host).toBe((h.mmu.hostOffset(localStoreFrame(0) + 3) ?? 0) + 5);
    expect(h.mmu.hostOffset(problemStateFrame(0))).toBeUndefined();
    expect(h.mmu.hostOffset(localStoreFrame(1))).toBeUndefined();
  });
});

describe('faults', () => {
  it('say in DSISR what was wrong', () => {
    const h = new Harness();
    const task = h.task();
    const ea = h.map(task, PAGE, { prot: PROT.READ });
    h.access(task, ea, 'read');
    expect(h.tryAccess(task, ea, 'write')).toBeUndefined();
    expect(h.mmu.ppe[0]?.takeFault()).toMatchObject({ access: 'write', trap: 0x300, dsisr: 0x0a00_0000 });
    expect(h.tryAccess(task, ea, 'execute')).toBeUndefined();
    expect(h.mmu.ppe[0]?.takeFault()).toMatchObject({ access: 'execute', trap: 0x400, dsisr: 0x1000_0000 });
    expect(h.tryAccess(task, 0x2000_0000_0000_0000, 'execute')).toBeUndefined();
    expect(h.mmu.ppe[0]?.takeFault()).toMatchObject({ ea: 0x2000_0000_0000_0000n, trap: 0x480, dsisr: 0 });
  });
});

describe('reservations', () => {
  function reserve(h: Harness, task: Task, ea: number): DataView {
    const state = h.stateOf(task);
    state.setBigUint64(PPE_STATE.reservationAddress, BigInt(ea), true);
    state.setUint8(PPE_STATE.reservationValid, 1);
    return state;
  }

  it('are lost when another thread stores to the block, not when it stores beside it', () => {
    const h = new Harness();
    const task = h.task();
    const other = h.task(task);
    const ea = h.map(task, PAGE);
    for (const t of [task, other]) h.access(t, ea, 'write');
    expect(h.tlbs[1]?.writes.size).toBe(1);
    const state = reserve(h, task, ea + 0x104);
    h.mmu.ppe[0]?.publishReservation();
    expect(h.tlbs[1]?.writes.size).toBe(0);
    h.access(other, ea + 0x80, 'write');
    expect(state.getUint8(PPE_STATE.reservationValid)).toBe(1);
    expect(h.tlbs[1]?.writes.size).toBe(0);
    h.access(other, ea + 0x17c, 'write');
    expect(state.getUint8(PPE_STATE.reservationValid)).toBe(0);
    h.access(other, ea + 0x17c, 'write');
    expect(h.tlbs[1]?.writes.size).toBe(1);
  });

  it('are lost to the kernel and to DMA', () => {
    const h = new Harness();
    const task = h.task();
    const ea = h.map(task, PAGE);
    h.access(task, ea, 'write');
    let state = reserve(h, task, ea + 0x200);
    h.call(task, 'copy_to_user', { address: ea + 0x100, bytes: new Uint8Array(128) });
    expect(state.getUint8(PPE_STATE.reservationValid)).toBe(1);
    h.call(task, 'copy_to_user', { address: ea + 0x1fc, bytes: new Uint8Array(8) });
    expect(state.getUint8(PPE_STATE.reservationValid)).toBe(0);
    state = reserve(h, task, ea + 0x200);
    const host = h.tryAccess(task, ea + 0x280, 'read') ?? 0;
    h.mmu.memoryWritten(host - 1, 1);
    expect(state.getUint8(PPE_STATE.reservationValid)).toBe(0);
  });
});

describe('watchpoints', () => {
  it('report each access to their bytes, and only those', () => {
    const h = new Harness();
    const task = h.task();
    const ea = h.map(task, PAGE);
    h.access(task, ea, 'write');
    const hits: WatchHit[] = [];
    h.mmu.setWatches([{ space: { kind: 'ea', mm: task.mm.contextId }, start: ea + 16, end: ea + 20, read: false, write: true }], (hit) => hits.push(hit));
    for (const [offset, kind] of [[16, 'read'], [12, 'write'], [20, 'write'], [18, 'write'], [13, 'write']] as const) h.access(task, ea + offset, kind, 4);
    expect(hits.map(({ address: at, store }) => [at - ea, store])).toEqual([[18, true], [13, true]]);
    h.mmu.setWatches([], () => undefined);
    h.access(task, ea, 'write');
    expect(h.tlbs[0]?.writes.size).toBe(1);
  });
});
