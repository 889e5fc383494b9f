/** Operations on the list of mappings, against a plain model of pages. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adviseRegion, syncRegion } from '../../../../src/sim/kernel/mm/advice.ts';
import { anonymousMemory, MAP, mapRegion, moveBrk, PROT, protectRegion, remapRegion, unmapRegion } from '../../../../src/sim/kernel/mm/mappings.ts';
import { MMAP_BASE } from '../../../../src/sim/kernel/mm/mm.ts';
import type { Mm } from '../../../../src/sim/kernel/mm/state.ts';
import { vmaAt } from '../../../../src/sim/kernel/mm/vma.ts';
import { Harness } from '../kernelHarness.ts';

const PAGE = 4096;
const BASE = 0x1000_0000;
const PAGES = 16;
const [EACCES, EFAULT, EINVAL, ENOMEM] = [13, 14, 22, 12];

interface Operation {
  readonly kind: 'map' | 'unmap' | 'protect' | 'move';
  readonly page: number;
  readonly count: number;
  readonly prot: number;
  readonly to: number;
}

const operations = fc.array(fc.record({
  kind: fc.constantFrom('map' as const, 'unmap' as const, 'protect' as const, 'move' as const),
  page: fc.integer({ min: 0, max: PAGES - 1 }), count: fc.integer({ min: 1, max: 5 }), prot: fc.integer({ min: 0, max: 7 }),
  to: fc.integer({ min: 0, max: PAGES - 1 }),
}), { maxLength: 30 });

/** Permissions of each page as text, `.` for none: what the list of mappings means. */
function picture(mm: Mm): string {
  return Array.from({ length: PAGES + 8 }, (_, page) => {
    const vma = vmaAt(mm, BASE + page * PAGE);
    return vma ? String((vma.read ? 1 : 0) + (vma.write ? 2 : 0) + (vma.exec ? 4 : 0)) : '.';
  }).join('');
}

function modelled(pages: Map<number, number>): string {
  return Array.from({ length: PAGES + 8 }, (_, page) => String(pages.get(page) ?? '.')).join('');
}

function apply(h: Harness, mm: Mm, model: Map<number, number>, { kind, page, count, prot, to }: Operation): void {
  const range = Array.from({ length: count }, (_, i) => page + i);
  const start = BASE + page * PAGE;
  switch (kind) {
    case 'map':
      mapRegion(h.k, mm, { address: start, length: count * PAGE, protection: prot, flags: MAP.PRIVATE | MAP.FIXED, offset: 0, source: anonymousMemory() });
      for (const p of range) model.set(p, prot);
      return;
    case 'unmap':
      unmapRegion(h.k, mm, start, count * PAGE);
      for (const p of range) model.delete(p);
      return;
    case 'protect': {
      const result = protectRegion(h.k, mm, start, count * PAGE, prot);
      const hole = range.findIndex((p) => !model.has(p));
      expect(result).toBe(hole < 0 ? 0 : -ENOMEM);
      for (const p of hole < 0 ? range : range.slice(0, hole)) model.set(p, prot);
      return;
    }
    case 'move': {
      const end = vmaAt(mm, start)?.end ?? 0;
      const apart = to + count <= page || to >= page + count;
      const result = remapRegion(h.k, mm, start, count * PAGE, count * PAGE, 3, BASE + to * PAGE);
      if (!apart || end < start + count * PAGE) {
        expect(result).toBe(apart ? -EFAULT : -EINVAL);
        return;
      }
      expect(result).toBe(BASE + to * PAGE);
      const moved = range.map((p) => model.get(p) ?? 0);
      for (const p of range) model.delete(p);
      moved.forEach((permission, i) => model.set(to + i, permission));
    }
  }
}

describe('the list of mappings', () => {
  it('means what a page-by-page model says, stays sorted, disjoint and merged', () => {
    fc.assert(fc.property(operations, (list) => {
      const h = new Harness();
      const { mm } = h.task();
      const model = new Map<number, number>();
      for (const operation of list) {
        apply(h, mm, model, operation);
        expect(picture(mm)).toBe(modelled(model));
        expect(mm.totalPages).toBe(model.size);
        mm.vmas.forEach((vma, i) => {
          const next = mm.vmas[i + 1];
          expect(vma.start).toBeLessThan(vma.end);
          if (!next) return;
          expect(vma.end).toBeLessThanOrEqual(next.start);
          const alike = vma.read === next.read && vma.write === next.write && vma.exec === next.exec;
          if (alike) expect(vma.end).toBeLessThan(next.start);
        });
      }
    }), { numRuns: 200 });
  });

  it('keeps the offsets and the file of what is left when a file mapping is cut', () => {
    const h = new Harness();
    const { mm } = h.task();
    const file = h.file('/tmp/data', new Uint8Array(4 * PAGE), true);
    const start = mapRegion(h.k, mm, { address: 0, length: 4 * PAGE, protection: PROT.READ, flags: MAP.SHARED, offset: 0, source: h.source(file) });
    unmapRegion(h.k, mm, start + PAGE, PAGE);
    expect(mm.vmas.map(({ start: s, end, offset }) => [s - start, end - start, offset])).toEqual([[0, PAGE, 0], [2 * PAGE, 4 * PAGE, 2 * PAGE]]);
    expect(file.references).toBe(2);
    unmapRegion(h.k, mm, start, 4 * PAGE);
    expect(file.references).toBe(0);
  });
});

describe('mmap', () => {
  it('places from a quarter of the user region upwards, or at a hint that is free', () => {
    const h = new Harness();
    const task = h.task();
    expect(h.map(task, PAGE)).toBe(MMAP_BASE);
    expect(h.map(task, PAGE)).toBe(MMAP_BASE + PAGE);
    const request = { length: PAGE, protection: 0, flags: MAP.PRIVATE, offset: 0, source: anonymousMemory() };
    expect(mapRegion(h.k, task.mm, { ...request, address: 0x1234_5678 })).toBe(0x1234_6000);
    expect(mapRegion(h.k, task.mm, { ...request, address: 0x1234_6000 })).toBe(MMAP_BASE + 2 * PAGE);
  });

  it('refuses what cannot be', () => {
    const h = new Harness();
    const { mm } = h.task();
    const good = { address: 0, length: PAGE, protection: PROT.READ, flags: MAP.PRIVATE, offset: 0, source: anonymousMemory() };
    expect(mapRegion(h.k, mm, { ...good, length: 0 })).toBe(-EINVAL);
    expect(mapRegion(h.k, mm, { ...good, flags: 0 })).toBe(-EINVAL);
    expect(mapRegion(h.k, mm, { ...good, offset: 12 })).toBe(-EINVAL);
    expect(mapRegion(h.k, mm, { ...good, length: 2 ** 45 })).toBe(-ENOMEM);
    expect(mapRegion(h.k, mm, { ...good, address: 0x800, flags: MAP.PRIVATE | MAP.FIXED })).toBe(-EINVAL);
    const readOnly = h.file('/tmp/ro', new Uint8Array(PAGE), true);
    readOnly.flags = 0;
    expect(mapRegion(h.k, mm, { ...good, protection: PROT.WRITE, flags: MAP.SHARED, source: h.source(readOnly) })).toBe(-EACCES);
    expect(mapRegion(h.k, mm, { ...good, protection: PROT.WRITE, source: h.source(readOnly) })).toBeGreaterThan(0);
  });
});

describe('brk', () => {
  it('grows and shrinks the heap, and stays where something is in the way', () => {
    const h = new Harness();
    const task = h.task();
    const { mm } = task;
    mm.brkStart = mm.brk = 0x1002_0100;
    expect(moveBrk(h.k, mm, 0)).toBe(0x1002_0100);
    expect(moveBrk(h.k, mm, 0x1002_5100)).toBe(0x1002_5100);
    expect(moveBrk(h.k, mm, 0x1002_9000)).toBe(0x1002_9000);
    expect(mm.vmas).toMatchObject([{ start: 0x1002_1000, end: 0x1002_9000, name: '[heap]' }]);
    h.access(task, 0x1002_8000, 'write');
    expect(moveBrk(h.k, mm, 0x1002_8000)).toBe(0x1002_8000);
    expect(mm.anonPages).toBe(0);
    h.map(task, PAGE, { at: 0x1003_0000 });
    expect(moveBrk(h.k, mm, 0x1003_2000)).toBe(0x1002_8000);
  });
});

describe('mremap', () => {
  it('grows in place or moves the pages with their bytes', () => {
    const h = new Harness();
    const task = h.task();
    const ea = h.map(task, 2 * PAGE);
    h.call(task, 'copy_to_user', { address: ea + 8, bytes: Uint8Array.of(1, 2, 3) });
    expect(h.call(task, 'do_mremap', { address: ea, length: 2 * PAGE, newLength: 3 * PAGE, flags: 0, newAddress: 0 })).toBe(ea);
    const blocker = h.map(task, PAGE);
    expect(blocker).toBe(ea + 3 * PAGE);
    expect(h.call(task, 'do_mremap', { address: ea, length: 3 * PAGE, newLength: 4 * PAGE, flags: 0, newAddress: 0 })).toBe(-ENOMEM);
    const moved = h.call(task, 'do_mremap', { address: ea, length: 3 * PAGE, newLength: 4 * PAGE, flags: 1, newAddress: 0 });
    expect(moved).toBe(blocker + PAGE);
    const bytes = new Uint8Array(3);
    h.call(task, 'copy_from_user', { address: moved + 8, bytes });
    expect([...bytes]).toEqual([1, 2, 3]);
    expect(h.access(task, ea, 'read')).toMatchObject({ kind: 'signal', info: { code: 1 } });
    expect(h.faults().filter(({ outcome }) => outcome === 'MINOR')).toHaveLength(1);
  });
});

describe('madvise and msync', () => {
  it('throw pages away, and know holes', () => {
    const h = new Harness();
    const task = h.task();
    const ea = h.map(task, 2 * PAGE);
    h.call(task, 'copy_to_user', { address: ea, bytes: Uint8Array.of(9) });
    expect(adviseRegion(h.k, task.mm, ea, 2 * PAGE, 4)).toBe(0);
    const bytes = new Uint8Array(1);
    h.call(task, 'copy_from_user', { address: ea, bytes });
    expect(bytes[0]).toBe(0);
    expect(adviseRegion(h.k, task.mm, ea, 3 * PAGE, 4)).toBe(-ENOMEM);
    expect(adviseRegion(h.k, task.mm, ea, PAGE, 77)).toBe(-EINVAL);
    expect(syncRegion(h.k, task.mm, ea, 2 * PAGE, 4, [])).toBe(0);
    expect(syncRegion(h.k, task.mm, ea, 3 * PAGE, 4, [])).toBe(-ENOMEM);
    expect(syncRegion(h.k, task.mm, ea, PAGE, 5, [])).toBe(-EINVAL);
  });
});
