import { describe, expect, it } from 'vitest';
import { LOCAL_STORE_BYTES, machineLayout, PAGE_RECORDS_BYTES, STATE_BYTES } from '../../../src/sim/engine/layout.ts';

const MIB = 1 << 20;

describe('machineLayout', () => {
  const layout = machineLayout({ ppeThreads: 2, spes: 8, ramBytes: 64 * MIB });

  it('keeps everything apart', () => {
    const areas = [
      [0, 4096],
      ...layout.ppeThreads.flatMap((p) => [
        [p.state, STATE_BYTES], [p.cells, 32], [p.readTlb, 16384], [p.writeTlb, 16384], [p.codeTlb, 4096], [p.records, p.recordPages * PAGE_RECORDS_BYTES],
      ]),
      ...layout.spes.flatMap((s) => [
        [s.state, STATE_BYTES], [s.cells, 32], [s.codeMap, 2048], [s.records, MIB + 16], [s.localStore, LOCAL_STORE_BYTES],
      ]),
      [layout.htab, layout.htabBytes],
      [layout.ram, layout.ramBytes],
      [layout.totalBytes, 0],
    ].map(([from = 0, bytes = 0]) => ({ from, to: from + bytes })).sort((a, b) => a.from - b.from || a.to - b.to);
    areas.slice(1).forEach(({ from }, i) => { expect(from).toBeGreaterThanOrEqual(areas[i]?.to ?? 0); });
  });

  it('aligns what has to be', () => {
    for (const { localStore } of layout.spes) expect(localStore % 0x10000).toBe(0);
    expect(layout.ram % 0x10000).toBe(0);
    expect(layout.totalBytes % 0x10000).toBe(0);
    for (const { state, records, cells } of [...layout.ppeThreads, ...layout.spes]) {
      expect([state % 16, records % 16, cells % 8]).toEqual([0, 0, 0]);
    }
  });

  it('gives the hash table one group of 128 bytes for two pages, and 2,048 at least, as Linux does', () => {
    expect(layout.htabBytes).toBe(MIB);
    expect(layout.htab % layout.htabBytes).toBe(0);
    expect(machineLayout({ ppeThreads: 1, spes: 0, ramBytes: MIB }).htabBytes).toBe(2048 * 128);
    expect(machineLayout({ ppeThreads: 1, spes: 0, ramBytes: 96 * MIB }).htabBytes).toBe(2 * MIB);
  });

  it.each([0, -65536, 65537, Number.NaN, Infinity])('refuses %d bytes of memory with a sentence', (ramBytes) => {
    expect(() => machineLayout({ ppeThreads: 1, spes: 0, ramBytes })).toThrow(/must be a positive multiple of 64 KiB/);
  });

  it('refuses more than can be addressed', () => {
    expect(() => machineLayout({ ppeThreads: 1, spes: 0, ramBytes: 4096 * MIB })).toThrow(/at most/);
  });
});
