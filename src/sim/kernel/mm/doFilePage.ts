/** Nonlinear mappings up to 2.6.22: do_file_page for their faults, and filemap_populate, which puts pages in (facts 2.3). */
import type { FaultInFlight, HandlerAnswer } from '../fault/state.ts';
import { notePte } from '../fault/inFlight.ts';
import { fileSize } from '../files/inode.ts';
import type { Inode } from '../files/state.ts';
import type { Kernel } from '../kernel.ts';
import { call, done, goTo, labelled, next, path, step, type Verdict } from '../path.ts';
import type { Profile } from '../profile/profile.ts';
import { ERRNO } from '../syscall/errno.ts';
import { holdPage } from './frames.ts';
import { OOM_NAME, SIGBUS_NAME } from './handler.ts';
import type { MmFault } from './handleMmFault.ts';
import { cachedPage } from './pageCache.ts';
import { installPage, pageBase, setEntry, zapPage } from './pages.ts';
import { filePte, protectionOf } from './pte.ts';
import type { Mm, Pte, Vma } from './state.ts';

interface FilePage extends MmFault {
  readonly pte: Pte;
  /** Index in the file that the PTE names. */
  readonly index: number;
}

interface Populate {
  readonly fault: FaultInFlight | undefined;
  readonly mm: Mm;
  readonly vma: Vma;
  /** Next page to be put in, and its index in the file. */
  address: number;
  index: number;
  readonly end: number;
  /** Pages that are not in the page cache get an entry that names them, instead of being read. */
  readonly nonblock: boolean;
}

declare module '../path.ts' {
  interface PathLocals {
    do_file_page: FilePage;
    filemap_populate: Populate;
  }
}

export const doFilePage = path('do_file_page', 'mm/memory.c', [
  step('a mapping that is not nonlinear has no such entries: its page table is damaged, VM_FAULT_OOM', (k, _task, f) =>
    (f.vma.nonlinear === true ? next : done(k.profile.vmFault.oom))),
  step('filemap_populate: have this one page put in', (k, _task, { fault, mm, vma, address, index }) => {
    const start = pageBase(k, address);
    fault.record.handler = 'filemap_populate';
    return call('filemap_populate', { fault, mm, vma, address: start, end: start + k.configuration.pageBytes, index, nonblock: false });
  }),
  step('-ENOMEM: VM_FAULT_OOM; any other error: VM_FAULT_SIGBUS; else VM_FAULT_MAJOR, wherever it came from', (k, _task, f, { returned }) => {
    const { oom, sigbus, major } = k.profile.vmFault;
    f.fault.record.handlerAnswer = answerOf(k, returned);
    if (returned === 0) {
      notePte(f.fault, 'handler');
      return done(major);
    }
    return done(returned === -ERRNO.ENOMEM ? oom : sigbus);
  }),
], populates);

/** Answers 0, -EINVAL for a page beyond the end of the file, or -ENOMEM for one that cannot be had. */
export const filemapPopulate = path('filemap_populate', 'mm/filemap.c', [
  labelled('page', 'the next page: beyond the end of the file is -EINVAL', (k, _task, f) => {
    if (f.address >= f.end) return done(0);
    return f.index * k.configuration.pageBytes < fileSize(inodeOf(f)) ? next : done(-ERRNO.EINVAL);
  }),
  labelled('look', 'in the page cache? If not: read it, or with MAP_NONBLOCK name it in the page table', (k, _task, f) => {
    const inode = inodeOf(f);
    if (cachedPage(inode, f.index) !== undefined) return goTo('install');
    if (!f.nonblock) return call('page_cache_read', { inode, index: f.index, ...(f.fault ? { fault: f.fault } : {}) });
    zapPage(k, f.mm, f.address);
    setEntry(k, f.mm, f.address, filePte(f.index));
    return onward(k, f);
  }),
  step('one that cannot be read is -ENOMEM', (_k, _task, _f, { returned }) => (returned < 0 ? done(-ERRNO.ENOMEM) : goTo('look'))),
  labelled('install', 'install_page, in place of what was there', (k, _task, f) => {
    const frame = cachedPage(inodeOf(f), f.index);
    if (frame === undefined) return goTo('look');
    holdPage(k, frame);
    zapPage(k, f.mm, f.address);
    installPage(k, f.mm, f.address, frame, protectionOf(f.vma));
    if (f.fault && f.fault.record.origin !== 'mfc') k.mmu.preload(f.mm, f.address);
    return onward(k, f);
  }),
], populates);

/** Whether nonlinear mappings have a handler of their own; later ->fault serves them too. */
export function populates({ handlerKinds }: Profile): boolean {
  return !handlerKinds.includes('fault');
}

/** From 2.6.23 on: the page table names the pages of a range, and faults bring them in. */
export function populateRange(k: Kernel, mm: Mm, start: number, end: number, index: number): void {
  for (let address = start, page = index; address < end; address += k.configuration.pageBytes, page += 1) {
    zapPage(k, mm, address);
    setEntry(k, mm, address, filePte(page));
  }
}

function onward(k: Kernel, f: Populate): Verdict {
  f.address += k.configuration.pageBytes;
  f.index += 1;
  return goTo('page');
}

function inodeOf({ vma }: Populate): Inode {
  if (!vma.file) throw new Error(`The nonlinear mapping ${vma.name} has no file.`);
  return vma.file.inode;
}

function answerOf({ profile: { fileHandler } }: Kernel, error: number): HandlerAnswer {
  if (error === 0) return 'page';
  return (error === -ERRNO.ENOMEM ? OOM_NAME : SIGBUS_NAME)[fileHandler];
}
