import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HashTable } from '../../../src/sim/mmu/hashtable.ts';
import { newSpufsState } from '../../../src/sim/kernel/spufs/context.ts';
import { newMmuState } from '../../../src/sim/mmu/state.ts';

const GROUPS = 2048;

function table(pageShift = 12): { table: HashTable; bytes: Uint8Array; evictions: () => number } {
  const bytes = new Uint8Array(GROUPS * 128);
  const configuration = { ramBytes: 1 << 20, pageBytes: 4096, spes: 0, ppeThreads: 1, cyclesPerSecond: 1, uid: 0, devices: [] } as const;
  const mmu = newMmuState(configuration);
  const counters = { pgfault: 0, pgmajfault: 0, slbMiss: 0, hashRefill: 0, mfcSlbMiss: 0, mfcHashRefill: 0 };
  const owner = { state: { mmu, counters, spufs: newSpufsState(0) } };
  return { table: new HashTable(bytes.buffer, 0, bytes.length, pageShift, owner), bytes, evictions: () => mmu.evictions };
}

const vsids = fc.integer({ min: 1, max: 2 ** 36 - 2 });
const pages = fc.integer({ min: 0, max: 0xffff }).map((page) => page * 4096);
const none = (): void => undefined;

describe('entries', () => {
  it('have the layout of the architecture: AVPN from bit 7 up, flags below; page address and flags', () => {
    const { table: t, bytes } = table();
    const vsid = 0x8_1234_5678;
    const offset = 0x0fed_c000;
    const entry = t.insert(vsid, offset, 0x200_0004_4000, 0x2a, none);
    const view = new DataView(bytes.buffer);
    // The 28-bit hash of VSID and page index chooses the group (facts 6.4).
    const hash = (BigInt(vsid) & 0x7f_ffff_ffffn) ^ BigInt(offset >>> 12);
    expect(entry).toBe(Number(hash & BigInt(GROUPS - 1)) * 128);
    expect(view.getBigUint64(entry)).toBe((((BigInt(vsid) << 28n) | BigInt(offset)) >> 23n) << 7n | 1n);
    expect(view.getBigUint64(entry + 8)).toBe(0x200_0004_4000n | 0x2an);
  });

  it('are found again, with what they said, and tell their page', () => {
    fc.assert(fc.property(vsids, pages, (vsid, offset) => {
      const { table: t } = table();
      const entry = t.insert(vsid, offset, 0x7000, 2, none);
      expect(t.find(vsid, offset)).toBe(entry);
      expect(t.find(vsid, offset ^ 0x1000)).toBe(-1);
      expect(t.physical(entry)).toBe(0x7000);
      expect(t.pageOf(entry)).toEqual({ vsid, offset });
      t.invalidate(entry);
      expect(t.find(vsid, offset)).toBe(-1);
    }));
  });

  it('of 64 KiB pages are found from any place in the page', () => {
    const { table: t } = table(16);
    const entry = t.insert(99, 0x12_0000, 0x30_0000, 2, none);
    expect(t.find(99, 0x12_f000)).toBe(entry);
  });
});

describe('a full group', () => {
  /** Pages of one segment whose primary group is the same: their numbers differ above the group mask. */
  function colliding(count: number): number[] {
    return Array.from({ length: count }, (_, i) => i * GROUPS * 4096);
  }

  it('overflows into the secondary group, then one entry has to go', () => {
    const { table: t, evictions } = table();
    const offsets = colliding(32);
    let evicted = 0;
    // Two segments that hash alike give 16 pages for the primary and secondary group, and one more.
    const vsid = 5;
    const alike = vsid + 2 ** 12;
    const all = [...offsets.slice(0, 16).map((offset) => [vsid, offset] as const), [alike, 0] as const];
    for (const [segment, offset] of all) t.insert(segment, offset, 0x1000, 2, () => { evicted += 1; });
    expect(evicted).toBe(1);
    expect(evictions()).toBe(1);
    const found = all.filter(([segment, offset]) => t.find(segment, offset) >= 0);
    expect(found).toHaveLength(16);
    expect(t.find(alike, 0)).toBeGreaterThanOrEqual(0);
    const groups = new Set(found.map(([segment, offset]) => Math.floor(t.find(segment, offset) / 128)));
    expect([...groups].sort((a, b) => a - b)).toEqual([5, GROUPS - 6]);
  });

  it('spares bolted entries, and loses them in turn otherwise', () => {
    const { table: t, bytes } = table();
    const offsets = colliding(32);
    for (const offset of offsets.slice(0, 16)) t.insert(5, offset, 0x1000, 2, none);
    const view = new DataView(bytes.buffer);
    const bolted = t.find(5, offsets[3] ?? 0);
    view.setUint32(bolted + 4, view.getUint32(bolted + 4) | 0x10);
    for (const offset of offsets.slice(16)) t.insert(5, offset, 0x1000, 2, none);
    expect(t.find(5, offsets[3] ?? 0)).toBe(bolted);
    expect(offsets.filter((offset) => t.find(5, offset) >= 0)).toHaveLength(16);
  });
});
