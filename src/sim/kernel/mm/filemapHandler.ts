/** filemap_nopage, later filemap_fault: pages of files, from the page cache or from the disk (facts 2.3). */
import { countFault, faultSleeps, faultWoke } from '../fault/inFlight.ts';
import { type MmapSemReleased, mappingsUnchanged, releaseMmapSem, retakeMmapSem } from '../fault/mmapSem.ts';
import { waitsWithoutMmapSem } from '../fault/retryPolicy.ts';
import { fileSize } from '../files/inode.ts';
import type { Inode } from '../files/state.ts';
import type { Kernel } from '../kernel.ts';
import { done, goTo, labelled, next, path, step, stepWhen, type Step, type Verdict } from '../path.ts';
import type { Profile } from '../profile/profile.ts';
import { signalPending } from '../signal/pending.ts';
import type { Task } from '../state.ts';
import { holdPage, releasePage } from './frames.ts';
import { ANSWER, fileOffset, type HandlerLocals, OOM_NAME, retryName, SIGBUS_NAME } from './handler.ts';
import { allocatePages } from './allocPages.ts';
import { readInProgress, startRead } from './disk.ts';
import { cachedPage, isOnDisk } from './pageCache.ts';
import { pageUp } from './pages.ts';
import type { PageRead } from './state.ts';

interface FilemapLocals extends HandlerLocals, MmapSemReleased {
  /** The read that is waited for. Its page is held meanwhile, so that nobody can drop it. */
  read?: PageRead | undefined;
  /** The page has been read in vain once. */
  again?: boolean;
}

declare module '../path.ts' {
  interface PathLocals {
    filemap_nopage: FilemapLocals;
    filemap_fault: FilemapLocals;
  }
}

const FILE = 'mm/filemap.c';

export const filemapNopage = path('filemap_nopage', FILE, handlerSteps('nopage'), ({ fileHandler }) => fileHandler === 'nopage');
export const filemapFault = path('filemap_fault', FILE, handlerSteps('fault'), ({ fileHandler }) => fileHandler === 'fault');

function handlerSteps(kind: Profile['fileHandler']): Step<FilemapLocals>[] {
  const sigbus = SIGBUS_NAME[kind];
  return [
    labelled('look', `beyond the end of the file: ${sigbus}, unless somebody else looks at this address space`, (k, task, { request }) => {
      const { file } = request.vma;
      if (!file) return done(ANSWER.sigbus);
      return request.mm === task.mm && fileOffset(request) >= pageUp(k, fileSize(file.inode)) ? done(ANSWER.sigbus) : next;
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
      return readInProgress(k, inode, index) || startRead(k, inode, index) ? goTo(retries(k.profile) ? 'release' : 'sleep') : allocatePages(f.fault);
    }),
    step(`there was no page to read into; none could be freed: ${OOM_NAME[kind]}`, (_k, _task, _f, { returned }) =>
      (returned === 0 ? done(ANSWER.oom) : goTo('read'))),
    { ...labelled<FilemapLocals>('release', ({ pageCacheRetry }) => `release mmap_sem for the wait${pageCacheRetry === 'once' ? ', unless this fault has been taken again already' : ''}`, (k, task, f) => {
      if (waitsWithoutMmapSem(k, task, f.fault)) releaseMmapSem(k, task, f);
      return next;
    }), when: retries },
    labelled('sleep', 'sleep until the disk has delivered it; a signal does not end this wait', awaitRead),
    stepWhen(retries, 'take mmap_sem again', retakeMmapSem),
    stepWhen(retries, (profile) => againText(profile, kind), (k, task, f) => (f.releasedAt === undefined ? next : afterRelease(k, task, f))),
    step(`it could not be read: once more; in vain again: ${sigbus}`, (k, _task, f) => {
      if (cachedPage(inodeOf(f), indexOf(k, f)) !== undefined) return next;
      const failed = f.read?.failed === true;
      letGo(k, f);
      if (!failed) return goTo('look');
      if (f.again === true) return done(ANSWER.sigbus);
      f.again = true;
      return goTo('read');
    }),
    labelled('found', 'hand over the page', (k, _task, f) => {
      const frame = cachedPage(inodeOf(f), indexOf(k, f));
      if (frame !== undefined) holdPage(k, frame);
      letGo(k, f);
      if (frame === undefined) return goTo('look');
      f.request.frame = frame;
      return done(ANSWER.page);
    }),
  ];
}

function retries({ pageCacheRetry }: Profile): boolean {
  return pageCacheRetry !== 'never';
}

function againText(profile: Profile, kind: Profile['fileHandler']): string {
  const retry = retryName(profile, kind);
  switch (profile.pageCacheRetry) {
    case 'signal-bounded': return `a signal is pending, or mappings were changed: ${retry}; else look again here`;
    case 'mm-sequence': return `mappings were changed meanwhile: ${retry}; else the page is good`;
    default: return `if mmap_sem was released mappings may have changed: ${retry}`;
  }
}

function inodeOf({ request: { vma } }: HandlerLocals): Inode {
  if (!vma.file) throw new Error(`The mapping ${vma.name} has no file.`);
  return vma.file.inode;
}

function indexOf(k: Kernel, { request }: HandlerLocals): number {
  return Math.floor(fileOffset(request) / k.configuration.pageBytes);
}

function isFreshSharedMemory(k: Kernel, f: FilemapLocals): boolean {
  const { content } = inodeOf(f);
  return content.kind === 'regular' && content.isSharedMemory && !isOnDisk(inodeOf(f), indexOf(k, f));
}

function awaitRead(k: Kernel, task: Task, f: FilemapLocals): Verdict {
  faultWoke(k, task, f.fault);
  const read = readInProgress(k, inodeOf(f), indexOf(k, f));
  if (!read) return next;
  if (f.read !== read) {
    letGo(k, f);
    f.read = read;
    holdPage(k, read.frame);
  }
  return faultSleeps(k, f.fault, read.queue, false);
}

function letGo(k: Kernel, f: FilemapLocals): void {
  if (f.read) releasePage(k, f.read.frame);
  f.read = undefined;
}

/** mmap_sem was released: whether the fault goes on, looks again, or is taken again from the beginning. */
function afterRelease(k: Kernel, task: Task, f: FilemapLocals): Verdict {
  const unchanged = mappingsUnchanged(task, f);
  const { pageCacheRetry } = k.profile;
  if (unchanged && pageCacheRetry === 'mm-sequence') return next;
  letGo(k, f);
  if (unchanged && pageCacheRetry === 'signal-bounded' && !(signalPending(task) && f.fault.interruptible)) return goTo('look');
  return done(ANSWER.retry);
}
