/** The memory system calls: each takes mmap_sem, does its work, and releases it (facts 8.6). */
import type { Inode } from '../files/state.ts';
import type { Kernel } from '../kernel.ts';
import { call, done, goTo, labelled, next, path, step, stepWhen, type Path, type PathLocals, type Verdict } from '../path.ts';
import { downgradeWrite, downRead, downWrite, upRead, upWrite } from '../rwsem.ts';
import type { Task } from '../state.ts';
import { ERRNO } from '../syscall/errno.ts';
import { adviseRegion, makeNonlinear, syncRegion } from './advice.ts';
import { populateRange, populates } from './doFilePage.ts';
import { lockRegion, MAP, mapRegion, moveBrk, protectRegion, remapRegion, unmapRegion, type MapRequest } from './mappings.ts';
import { pageBase, pageUp } from './pages.ts';
import { refusedLock } from './lockLimit.ts';
import { vmaAt } from './vma.ts';

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
    do_msync: Range & Result & { readonly flags: number; readonly files: Inode[] };
    sys_remap_file_pages: Range & Result & { readonly protection: number; readonly index: number; readonly nonblock: boolean };
    do_mlock: Range & Result;
    do_munlock: Range & Result;
  }
}

/** Answers the address or a negative errno. */
export const doMmap = path('do_mmap', 'mm/mmap.c', [
  step('take mmap_sem for writing', (_k, task) => downWrite(task, task.mm.mmapSem) ?? next),
  step('place the mapping and put it on the list; if it is locked or to be populated: make_pages_present', (k, task, f) => {
    const refused = (f.flags & MAP.LOCKED) === 0 ? 0 : refusedLock(k, task, pageUp(k, f.length), ERRNO.EAGAIN);
    const start = refused === 0 ? mapRegion(k, task.mm, f) : refused;
    f.result = start;
    if (start < 0 || (f.flags & (MAP.LOCKED | MAP.POPULATE)) === 0) return goTo('release');
    return call('get_user_pages', { mm: task.mm, address: start, end: start + pageUp(k, f.length), write: 'where allowed', frames: undefined, got: 0 });
  }),
  labelled('release', 'release mmap_sem', (k, task, f) => release(k, task, f)),
]);

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
  step('what PTEs know of writes goes to the page cache', (k, task, f) => {
    f.result = syncRegion(k, task.mm, f.address, f.length, f.flags, f.files);
    return next;
  }),
  step('release mmap_sem', (k, task) => {
    upRead(k, task, task.mm.mmapSem);
    return next;
  }),
  labelled('file', 'MS_SYNC: have the files written', (_k, _task, f) => {
    const inode = f.files.shift();
    return inode ? call('do_fsync', { inode }) : done(f.result ?? 0);
  }),
  step('a file that could not be: -EIO', (_k, _task, f, { returned }) => {
    if (returned < 0) f.result = returned;
    return goTo('file');
  }),
]);

/** remap_file_pages: pages of a shared mapping show other pages of the file than their order has it. */
export const doRemapFilePages = path('sys_remap_file_pages', 'mm/fremap.c', [
  step('take mmap_sem for writing', (_k, task) => downWrite(task, task.mm.mmapSem) ?? next),
  step('the mapping becomes nonlinear', (k, task, f) => {
    f.result = makeNonlinear(k, task.mm, f.address, f.length, f.protection);
    return next;
  }),
  step('go on as a reader', (k, task) => {
    downgradeWrite(k, task, task.mm.mmapSem);
    return next;
  }),
  stepWhen(populates, 'filemap_populate: put the pages in', (k, task, f) => {
    const vma = vmaAt(task.mm, f.address);
    if (f.result !== 0 || !vma) return next;
    return call('filemap_populate', {
      mm: task.mm, vma, address: pageBase(k, f.address), end: pageBase(k, f.address + f.length), index: f.index, nonblock: f.nonblock, fault: undefined,
    });
  }),
  stepWhen((profile) => !populates(profile), 'populate_range: name the pages in the page table; unless MAP_NONBLOCK says no, make_pages_present brings them in', (k, task, f) => {
    if (f.result !== 0) return next;
    const [start, end] = [pageBase(k, f.address), pageBase(k, f.address + f.length)];
    populateRange(k, task.mm, start, end, f.index);
    return f.nonblock ? next : call('get_user_pages', { mm: task.mm, address: start, end, write: 'where allowed', frames: undefined, got: 0 });
  }),
  step('release mmap_sem', (k, task, f, { returned }) => {
    upRead(k, task, task.mm.mmapSem);
    return done(f.result === 0 && populates(k.profile) ? returned : f.result ?? 0);
  }),
]);

export const doMlock = path('do_mlock', 'mm/mlock.c', [
  step('take mmap_sem for writing', (_k, task) => downWrite(task, task.mm.mmapSem) ?? next),
  step('mark the mappings', (k, task, f) => {
    const refused = refusedLock(k, task, pageUp(k, f.address + f.length) - pageBase(k, f.address), ERRNO.ENOMEM);
    f.result = refused === 0 ? lockRegion(k, task.mm, f.address, f.length, true) : refused;
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

type MappingPath = 'do_munmap' | 'do_mprotect' | 'do_mremap' | 'do_brk' | 'do_munlock';

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
