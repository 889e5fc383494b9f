/** filemap_nopage: pages of files, from the page cache or from the disk (facts 2.3). */
import { countFault, faultSleeps, faultWoke } from '../fault/inFlight.ts';
import { fileSize } from '../files/inode.ts';
import type { Inode } from '../files/state.ts';
import type { Kernel } from '../kernel.ts';
import { done, goTo, labelled, next, path, step, type Verdict } from '../path.ts';
import type { Task } from '../state.ts';
import { holdPage } from './frames.ts';
import { fileOffset, NOPAGE_OOM, NOPAGE_PAGE, NOPAGE_SIGBUS, type NopageLocals } from './nopage.ts';
import { allocatePages } from './allocPages.ts';
import { readInProgress, startRead } from './disk.ts';
import { cachedPage, isOnDisk } from './pageCache.ts';
import { pageUp } from './pages.ts';
import type { PageRead } from './state.ts';

interface FilemapNopage extends NopageLocals {
  /** The read that was waited for. */
  read?: PageRead | undefined;
  /** The page has been read in vain once. */
  again?: boolean;
}

declare module '../path.ts' {
  interface PathLocals {
    filemap_nopage: FilemapNopage;
  }
}

export const filemapNopage = path('filemap_nopage', 'mm/filemap.c', [
  labelled('look', 'beyond the end of the file: NOPAGE_SIGBUS, unless somebody else looks at this address space', (k, task, { request }) => {
    const { file } = request.vma;
    if (!file) return done(NOPAGE_SIGBUS);
    return request.mm === task.mm && fileOffset(request) >= pageUp(k, fileSize(file.inode)) ? done(NOPAGE_SIGBUS) : next;
  }),
  step('in the page cache?', (k, _task, f) => (cachedPage(inodeOf(f), indexOf(k, f)) === undefined ? next : goTo('found'))),
  step('no: count PGMAJFAULT; this will be VM_FAULT_MAJOR, unless it is a fresh page of shared memory', (k, _task, f) => {
    if (isFreshSharedMemory(k, f)) return next;
    if (!f.request.major) k.state.counters.pgmajfault += 1;
    countFault(f.fault, 'pgmajfault');
    f.request.major = true;
    return next;
  }),
  labelled('read', 'start to read it, unless somebody has', (k, _task, f) => {
    const inode = inodeOf(f);
    const index = indexOf(k, f);
    if (cachedPage(inode, index) !== undefined) return goTo('found');
    return readInProgress(k, inode, index) || startRead(k, inode, index) ? goTo('sleep') : allocatePages(f.fault);
  }),
  step('there was no page to read into; none could be freed: NOPAGE_OOM', (_k, _task, _f, { returned }) =>
    (returned === 0 ? done(NOPAGE_OOM) : goTo('read'))),
  labelled('sleep', 'sleep until the disk has delivered it; a signal does not end this wait', (k, task, f) => awaitRead(k, task, f)),
  step('it could not be read: once more; in vain again: NOPAGE_SIGBUS', (k, _task, f) => {
    if (cachedPage(inodeOf(f), indexOf(k, f)) !== undefined) return next;
    if (f.read?.failed !== true) return goTo('look');
    if (f.again === true) return done(NOPAGE_SIGBUS);
    f.again = true;
    return goTo('read');
  }),
  labelled('found', 'hand over the page', (k, _task, f) => {
    const frame = cachedPage(inodeOf(f), indexOf(k, f));
    if (frame === undefined) return goTo('look');
    holdPage(k, frame);
    f.request.frame = frame;
    return done(NOPAGE_PAGE);
  }),
]);

function isFreshSharedMemory(k: Kernel, f: NopageLocals): boolean {
  const { content } = inodeOf(f);
  return content.kind === 'regular' && content.isSharedMemory && !isOnDisk(inodeOf(f), indexOf(k, f));
}

function inodeOf({ request: { vma } }: NopageLocals): Inode {
  if (!vma.file) throw new Error(`The mapping ${vma.name} has no file.`);
  return vma.file.inode;
}

function indexOf(k: Kernel, { request }: NopageLocals): number {
  return Math.floor(fileOffset(request) / k.configuration.pageBytes);
}

function awaitRead(k: Kernel, task: Task, f: FilemapNopage): Verdict {
  faultWoke(k, task, f.fault);
  const read = readInProgress(k, inodeOf(f), indexOf(k, f));
  if (!read) return next;
  f.read = read;
  return faultSleeps(k, f.fault, read.queue, false);
}
