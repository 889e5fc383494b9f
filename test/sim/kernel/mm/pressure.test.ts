/** Whatever is written, dropped, swapped and written back: programs read what they wrote, and nothing is lost in the end. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newInode, emptyFile } from '../../../../src/sim/kernel/files/inode.ts';
import { newOpenFile } from '../../../../src/sim/kernel/files/references.ts';
import { adviseFile } from '../../../../src/sim/kernel/files/advise.ts';
import { truncate } from '../../../../src/sim/kernel/files/regular.ts';
import { Harness } from '../kernelHarness.ts';

const PAGE = 4096;
/** 48 frames, of which the kernel keeps 17: fewer than the pages of the two mappings. */
const RAM_BYTES = 3 << 16;
const ANON_PAGES = 24;
const FILE_PAGES = 16;

const operation = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('write' as const), page: fc.nat(ANON_PAGES + FILE_PAGES - 1), value: fc.integer({ min: 1, max: 255 }) }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('read' as const), page: fc.nat(ANON_PAGES + FILE_PAGES - 1) }) },
  fc.record({ kind: fc.constant('dropAnonymous' as const), page: fc.nat(ANON_PAGES - 1) }),
  fc.record({ kind: fc.constant('dropFile' as const), page: fc.nat(FILE_PAGES - 1) }),
  fc.record({ kind: fc.constant('msync' as const) }),
  fc.record({ kind: fc.constant('protect' as const), page: fc.nat(ANON_PAGES + FILE_PAGES - 1) }),
);

describe('memory under pressure', () => {
  it('holds what programs wrote', () => {
    fc.assert(fc.property(fc.array(operation, { minLength: 30, maxLength: 160 }), (operations) => {
      const h = new Harness({ ramBytes: RAM_BYTES, swapBytes: 64 * PAGE, threads: 1 });
      const { k } = h;
      const before = k.state.frames.used;
      const task = h.task();
      const inode = newInode(k.state.files, '/tmp/data', 0o100666, emptyFile());
      const file = newOpenFile(inode, 2);
      truncate(k, inode, FILE_PAGES * PAGE);
      const anonymous = h.map(task, ANON_PAGES * PAGE);
      const shared = h.map(task, FILE_PAGES * PAGE, { source: h.source(file), shared: true });
      const place = (page: number): number => (page < ANON_PAGES ? anonymous + page * PAGE : shared + (page - ANON_PAGES) * PAGE) + page;
      const model = new Array<number>(ANON_PAGES + FILE_PAGES).fill(0);
      const access = (page: number, kind: 'read' | 'write'): number => {
        const end = h.access(task, place(page), kind, 1);
        if (end.kind !== 'done') throw new Error(`The ${kind} of page ${String(page)} ended with ${end.kind}.`);
        return end.physical;
      };
      for (const op of operations) {
        switch (op.kind) {
          case 'write':
            k.memory[access(op.page, 'write')] = op.value;
            model[op.page] = op.value;
            break;
          case 'read':
            expect(k.memory[access(op.page, 'read')]).toBe(model[op.page]);
            break;
          case 'dropAnonymous':
            expect(h.call(task, 'do_madvise', { address: anonymous + op.page * PAGE, length: PAGE, advice: 4 })).toBe(0);
            model[op.page] = 0;
            break;
          case 'dropFile':
            h.call(task, 'do_madvise', { address: shared + op.page * PAGE, length: PAGE, advice: 4 });
            adviseFile(k, inode, 0, 0, 4);
            break;
          case 'msync':
            expect(h.call(task, 'do_msync', { address: shared, length: FILE_PAGES * PAGE, flags: 4, files: [] })).toBe(0);
            expect(inode.dirty.size).toBe(0);
            break;
          case 'protect':
            h.call(task, 'do_mprotect', { address: place(op.page) - op.page, length: PAGE, protection: 1 });
            h.call(task, 'do_mprotect', { address: place(op.page) - op.page, length: PAGE, protection: 3 });
            break;
        }
      }
      // Reclaim looks at its list alone: what may leave has to be on it.
      for (const [frame, { index }] of k.state.frames.cached) {
        const mayLeave = k.state.frames.references[frame] === 1 && !inode.dirty.has(index) && !k.state.frames.writes.has(frame);
        if (mayLeave) expect(k.state.frames.clean).toContain(frame);
      }
      model.forEach((value, page) => { expect(k.memory[access(page, 'read')]).toBe(value); });
      for (const vma of [...task.mm.vmas]) h.call(task, 'do_munmap', { address: vma.start, length: vma.end - vma.start });
      while (h.nextEvent());
      truncate(k, inode, 0);
      expect(k.state.frames.used).toBe(before);
      expect([k.state.frames.cached.size, k.state.frames.clean.size]).toEqual([0, 0]);
      expect([k.state.frames.swap.used.size, k.state.frames.swap.cache.size]).toEqual([0, 0]);
      expect(task.mm).toMatchObject({ anonPages: 0, filePages: 0 });
    }), { numRuns: 60 });
  });
});
