/** The memory system calls: each takes mmap_sem, does its work, and releases it (facts 8.6). */
import type { Kernel } from '../kernel.ts';
import { call, done, next, path, step, type Path, type PathLocals, type Verdict } from '../path.ts';
import { downRead, downWrite, upRead, upWrite } from '../rwsem.ts';
import type { Task } from '../state.ts';
import {
  adviseRegion, lockRegion, mapRegion, moveBrk, protectRegion, remapRegion, syncRegion, unmapRegion, type MapRequest,
} from './mappings.ts';
import { pageBase, pageUp } from './pages.ts';

interface Range {
  readonly address: number;
  readonly length: number;
}
interface Result {
  /** What the work answered; set by the path. */
  result?: number;
}

declare module '../path.ts' {
  interface PathLocals {
    do_mmap: MapRequest & Result;
    do_munmap: Range & Result;
    do_mprotect: Range & Result & { readonly protection: number };
    do_mremap: Range & Result & { readonly newLength: number; readonly flags: number; readonly newAddress: number };
    do_brk: Result & { readonly brk: number };
    do_madvise: Range & Result & { readonly advice: number };
    do_msync: Range & Result & { readonly flags: number };
    do_mlock: Range & Result;
    do_munlock: Range & Result;
  }
}

/** Answers the address or a negative errno. */
export const doMmap = withMmapSem('do_mmap', 'mm/mmap.c', 'place the mapping and put it on the list', (k, task, f) =>
  mapRegion(k, task.mm, f));

export const doMunmap = withMmapSem('do_munmap', 'mm/mmap.c', 'take the mappings of the range down', (k, task, f) =>
  unmapRegion(k, task.mm, f.address, f.length));

export const doMprotect = withMmapSem('do_mprotect', 'mm/mprotect.c', 'change permissions of mappings and PTEs', (k, task, f) =>
  protectRegion(k, task.mm, f.address, f.length, f.protection));

export const doMremap = withMmapSem('do_mremap', 'mm/mremap.c', 'grow, shrink or move the mapping', (k, task, f) =>
  remapRegion(k, task.mm, f.address, f.length, f.newLength, f.flags, f.newAddress));

/** Answers the end of the heap, the old one where it could not be moved. */
export const doBrk = withMmapSem('do_brk', 'mm/mmap.c', 'move the end of the heap', (k, task, f) =>
  moveBrk(k, task.mm, f.brk));

export const doMunlock = withMmapSem('do_munlock', 'mm/mlock.c', 'unmark the mappings', (k, task, f) =>
  lockRegion(k, task.mm, f.address, f.length, false));

export const doMadvise = path('do_madvise', 'mm/madvise.c', [
  step('take mmap_sem for writing', (_k, task) => downWrite(task, task.mm.mmapSem) ?? next),
  step('throw the pages away, if that is the advice', (k, task, f) => {
    f.result = adviseRegion(k, task.mm, f.address, f.length, f.advice);
    return next;
  }),
  step('release mmap_sem', (k, task, f) => release(k, task, f)),
]);

export const doMsync = path('do_msync', 'mm/msync.c', [
  step('take mmap_sem for reading', (_k, task) => downRead(task, task.mm.mmapSem) ?? next),
  step('mappings and files share their pages: nothing to write', (k, task, f) => {
    f.result = syncRegion(k, task.mm, f.address, f.length, f.flags);
    return next;
  }),
  step('release mmap_sem', (k, task, f) => {
    upRead(k, task, task.mm.mmapSem);
    return done(f.result ?? 0);
  }),
]);

export const doMlock = path('do_mlock', 'mm/mlock.c', [
  step('take mmap_sem for writing', (_k, task) => downWrite(task, task.mm.mmapSem) ?? next),
  step('mark the mappings', (k, task, f) => {
    f.result = lockRegion(k, task.mm, f.address, f.length, true);
    return next;
  }),
  step('make_pages_present: get_user_pages brings every page in', (k, task, f) => {
    if (f.result !== 0) return next;
    const start = pageBase(k, f.address);
    return call('get_user_pages', {
      mm: task.mm, address: start, end: pageUp(k, f.address + f.length), write: 'where allowed', frames: undefined, got: 0,
    });
  }),
  step('release mmap_sem', (k, task, f) => release(k, task, f)),
]);

type MappingPath = 'do_mmap' | 'do_munmap' | 'do_mprotect' | 'do_mremap' | 'do_brk' | 'do_munlock';

function withMmapSem<K extends MappingPath>(
  name: K, file: string, text: string, work: (k: Kernel, task: Task, f: PathLocals[K]) => number,
): Path<K> {
  return path(name, file, [
    step('take mmap_sem for writing', (_k, task) => downWrite(task, task.mm.mmapSem) ?? next),
    step(text, (k, task, f) => {
      f.result = work(k, task, f);
      return next;
    }),
    step('release mmap_sem', (k, task, f) => release(k, task, f)),
  ]);
}

function release(k: Kernel, task: Task, { result }: Result): Verdict {
  upWrite(k, task.mm.mmapSem);
  return done(result ?? 0);
}
