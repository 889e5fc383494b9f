/** Translation agrees with the Linux page tables, whatever was mapped, unmapped, protected and evicted before. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adviseRegion } from '../../../src/sim/kernel/mm/advice.ts';
import { PROT, protectRegion, unmapRegion } from '../../../src/sim/kernel/mm/mappings.ts';
import { pteOf } from '../../../src/sim/kernel/mm/pages.ts';
import { PTE_DIRTY, PTE_RW, pteFlags, pteFrame } from '../../../src/sim/kernel/mm/pte.ts';
import type { Task } from '../../../src/sim/kernel/state.ts';
import { Harness } from '../kernel/kernelHarness.ts';

const PAGES = 10;
const BASE = 0x1000_0000;

type Operation =
  | { readonly kind: 'map' | 'unmap' | 'dontneed'; readonly page: number; readonly count: number; readonly prot: number }
  | { readonly kind: 'protect'; readonly page: number; readonly count: number; readonly prot: number }
  | { readonly kind: 'access'; readonly page: number; readonly access: 'read' | 'write' | 'execute'; readonly thread: number }
  | { readonly kind: 'lose'; readonly what: 'tlb' | 'table' | 'entry' };

const operation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 3, arbitrary: fc.record({
    kind: fc.constantFrom('map' as const, 'unmap' as const, 'dontneed' as const, 'protect' as const),
    page: fc.integer({ min: 0, max: PAGES - 1 }), count: fc.integer({ min: 1, max: 6 }), prot: fc.integer({ min: 0, max: 7 }),
  }) },
  { weight: 8, arbitrary: fc.record({
    kind: fc.constant('access' as const), page: fc.integer({ min: 0, max: PAGES - 1 }),
    access: fc.constantFrom('read' as const, 'read' as const, 'write' as const, 'write' as const, 'execute' as const), thread: fc.integer({ min: 0, max: 1 }),
  }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('lose' as const), what: fc.constantFrom('tlb' as const, 'table' as const, 'entry' as const) }) },
);

/** What a program would expect: permissions by page, the byte last written, and which pages have been touched. */
interface Model {
  readonly prot: Map<number, number>;
  readonly bytes: Map<number, number>;
  readonly touched: Set<number>;
}

function newModel(): Model {
  return { prot: new Map(), bytes: new Map(), touched: new Set() };
}

const NEEDED = { read: PROT.READ | PROT.EXEC, write: PROT.WRITE, execute: PROT.EXEC };

function run(pageBytes: 4096 | 65536, operations: readonly Operation[]): void {
  const h = new Harness({ pageBytes, ramBytes: pageBytes === 4096 ? 4 << 20 : 16 << 20 });
  const first = h.task();
  const threads = [first, h.task(first)];
  const model = newModel();
  let stamp = 0;
  for (const op of operations) {
    const ea = BASE + ('page' in op ? op.page : 0) * pageBytes;
    if (op.kind === 'access') {
      stamp = (stamp + 1) & 0xff;
      checkAccess(h, threads[op.thread] ?? first, model, op.page, ea, op.access, stamp);
    } else if (op.kind === 'lose') {
      if (op.what !== 'entry') h.mmu.flushTlbs();
      if (op.what === 'table') h.mmu.table.clear();
      if (op.what === 'entry') h.mmu.flushPage(first.mm, BASE);
    } else {
      change(h, first, model, op, ea, pageBytes);
    }
    checkTlbs(h, threads, pageBytes);
  }
}

function change(h: Harness, task: Task, { prot, bytes, touched }: Model, op: Extract<Operation, { prot: number }>, ea: number, pageBytes: number): void {
  const pages = Array.from({ length: op.count }, (_, i) => op.page + i);
  const forget = (page: number): void => { bytes.delete(page); touched.delete(page); };
  if (op.kind === 'map') {
    h.map(task, op.count * pageBytes, { at: ea, prot: op.prot });
    for (const page of pages) { prot.set(page, op.prot); forget(page); }
  } else if (op.kind === 'unmap') {
    unmapRegion(h.k, task.mm, ea, op.count * pageBytes);
    for (const page of pages) { prot.delete(page); forget(page); }
  } else if (op.kind === 'dontneed') {
    adviseRegion(h.k, task.mm, ea, op.count * pageBytes, 4);
    for (const page of pages) forget(page);
  } else {
    protectRegion(h.k, task.mm, ea, op.count * pageBytes, op.prot);
    // Up to the first hole.
    for (const page of pages) {
      if (!prot.has(page)) break;
      prot.set(page, op.prot);
    }
  }
}

function checkAccess(h: Harness, task: Task, { prot, bytes, touched }: Model, page: number, ea: number, access: 'read' | 'write' | 'execute', stamp: number): void {
  const allowed = prot.get(page);
  const end = h.access(task, ea + 0x123, access, 1);
  if (allowed === undefined) {
    expect(end).toMatchObject({ kind: 'signal', info: { code: 1 } });
  } else if ((allowed & NEEDED[access]) === 0 && !(access === 'read' && allowed === PROT.WRITE && touched.has(page))) {
    // Pages that may only be written can be read once they are there, as the hardware has no such protection.
    expect(end).toMatchObject({ kind: 'signal', info: { code: 2 } });
  } else {
    expect(end.kind).toBe('done');
    if (end.kind !== 'done') return;
    touched.add(page);
    if (access === 'write') {
      h.k.memory[end.physical] = stamp;
      bytes.set(page, stamp);
    } else {
      expect(h.k.memory[end.physical - (end.physical % 4096) + 0x123]).toBe(bytes.get(page) ?? 0);
    }
  }
}

/** Every TLB entry says what the page table says, and lets nothing be written that is not dirty and writable. */
function checkTlbs(h: Harness, threads: readonly Task[], pageBytes: number): void {
  h.tlbs.forEach(({ reads, writes }, cpu) => {
    const mm = threads[cpu]?.mm;
    if (!mm) return;
    for (const entries of [reads, writes]) {
      for (const [ea, host] of entries) {
        const pte = pteOf(h.k, mm, ea);
        expect(host).toBe(h.mmu.ram + pteFrame(pte) * 4096 + (ea % pageBytes));
        if (entries === writes) expect(pteFlags(pte) & (PTE_RW | PTE_DIRTY)).toBe(PTE_RW | PTE_DIRTY);
      }
    }
  });
}

describe('after any sequence of changes', () => {
  it('accesses see the program\'s bytes or the right signal (4 KiB pages)', () => {
    fc.assert(fc.property(fc.array(operation, { maxLength: 60 }), (operations) => { run(4096, operations); }), { numRuns: 150 });
  });

  it('accesses see the program\'s bytes or the right signal (64 KiB pages)', () => {
    fc.assert(fc.property(fc.array(operation, { maxLength: 40 }), (operations) => { run(65536, operations); }), { numRuns: 40 });
  });

  it('all memory comes back when everything is unmapped', () => {
    fc.assert(fc.property(fc.array(operation, { maxLength: 40 }), (operations) => {
      const h = new Harness();
      const task = h.task();
      const model = newModel();
      for (const op of operations) {
        if (op.kind === 'access') h.access(task, BASE + op.page * 4096, op.access, 1);
        else if (op.kind !== 'lose') change(h, task, model, op, BASE + op.page * 4096, 4096);
      }
      unmapRegion(h.k, task.mm, 0, 0x1000_0000_0000);
      expect(h.k.state.frames.used).toBe(0);
      expect(task.mm).toMatchObject({ vmas: [], anonPages: 0, filePages: 0, totalPages: 0 });
      expect(task.mm.pages.size).toBe(0);
      expect(h.k.state.frames.references[h.k.state.frames.zeroFrame]).toBe(1);
    }), { numRuns: 60 });
  });
});

describe('counters', () => {
  it('do not depend on what the TLBs hold', () => {
    fc.assert(fc.property(fc.array(operation, { maxLength: 50 }), (operations) => {
      const [kept, flushed] = [false, true].map((flush) => {
        const h = new Harness();
        const first = h.task();
        const threads = [first, h.task(first)];
        const model = newModel();
        for (const op of operations) {
          if (flush) h.mmu.flushTlbs();
          if (op.kind === 'access') h.access(threads[op.thread] ?? first, BASE + op.page * 4096, op.access, 1);
          else if (op.kind !== 'lose') change(h, first, model, op, BASE + op.page * 4096, 4096);
        }
        return { counters: h.k.state.counters, faults: h.faults(), cycle: h.cycle };
      });
      expect(kept).toEqual(flushed);
    }), { numRuns: 60 });
  });

  it('stay right when hash entries are evicted: 4 KiB pages that share one hash group', () => {
    const h = new Harness({ ramBytes: 4 << 20 });
    const task = h.task();
    // 2,048 groups: pages 8 MiB apart in a segment hash alike; 40 of them need more than 16 entries.
    const places = Array.from({ length: 40 }, (_, i) => h.map(task, 4096, { at: 0x1000_0000 * (1 + (i >> 5)) + (i & 31) * 0x80_0000 }));
    for (const ea of places) h.access(task, ea, 'write', 1);
    for (const ea of places) expect(h.access(task, ea, 'write', 1).kind).toBe('done');
    expect(h.faults()).toHaveLength(40);
    expect(h.k.state.mmu.evictions).toBeGreaterThan(0);
    expect(h.k.state.counters.hashRefill).toBeGreaterThan(0);
  });
});
