/**
 * What the memory system calls do to an address space that nobody else is changing: plain
 * functions that answer an address, 0, or a negative errno. `mappingPaths.ts` has the paths
 * that take mmap_sem around them.
 */
import { canRead, canWrite, O } from '../files/flags.ts';
import { emptyFile, newInode, S_IFREG } from '../files/inode.ts';
import { holdFile, newOpenFile } from '../files/references.ts';
import type { OpenFile } from '../files/state.ts';
import type { Kernel } from '../kernel.ts';
import type { SpuContext } from '../spufs/state.ts';
import { ERRNO } from '../syscall/errno.ts';
import { hasPageMkwrite } from './failures.ts';
import { changeFlags, movePages, pageBase, pageUp, presentPages, zapRange } from './pages.ts';
import { protectionOf, PTE_DIRTY, pteFlags } from './pte.ts';
import { TASK_SIZE, type HandlerName, type Mm, type Vma } from './state.ts';
import { findVma, insertVma, isCovered, isFree, mergeRange, removeVmas, splitAt, vmaAt, vmasIn } from './vma.ts';

/** Numbers of ppc64 Linux. */
export const PROT = { READ: 1, WRITE: 2, EXEC: 4 } as const;
export const MAP = { SHARED: 1, PRIVATE: 2, FIXED: 0x10, ANONYMOUS: 0x20, LOCKED: 0x80, GROWSDOWN: 0x100, POPULATE: 0x8000, NONBLOCK: 0x1_0000 } as const;
const MREMAP = { MAYMOVE: 1, FIXED: 2 } as const;
/** mmap_min_addr does not exist yet; page 0 is kept free so that null pointers fault. */
const LOWEST_FREE = 0x10000;
/** DEFAULT_MAX_MAP_COUNT (include/linux/sched.h). */
const MOST_MAPPINGS = 65536;

/** What is mapped, besides where and how. */
export interface MappingSource {
  readonly handler: HandlerName;
  readonly name: string;
  readonly file: OpenFile | undefined;
  readonly context: SpuContext | undefined;
  /** PTE flags of its pages (`pte.ts`): NO_CACHE and GUARDED for registers. */
  readonly pteFlags: number;
}

export interface MapRequest {
  /** 0 for anywhere. */
  readonly address: number;
  readonly length: number;
  /** PROT_ bits. */
  readonly protection: number;
  /** MAP_ bits. */
  readonly flags: number;
  /** Offset in the file, in bytes. */
  readonly offset: number;
  readonly source: MappingSource;
}

export function anonymousMemory(name = '[anon]'): MappingSource {
  return { handler: 'anonymous', name, file: undefined, context: undefined, pteFlags: 0 };
}

/** Shared anonymous memory is a file without a name, so that processes share it (mm/shmem.c, shmem_zero_setup). */
function sharedMemory(k: Kernel, bytes: number): MappingSource {
  const inode = newInode(k.state.files, '/dev/zero (deleted)', S_IFREG | 0o777, emptyFile(bytes, true), k.now());
  inode.links = 0;
  return { handler: 'file', name: inode.path, file: newOpenFile(inode, O.RDWR), context: undefined, pteFlags: 0 };
}

/**
 * What mmap of an open file maps, or a negative errno. Files of SPE contexts are the business
 * of spufs, which has its own rules.
 */
export function mappableFile(file: OpenFile): MappingSource | number {
  const { inode } = file;
  if (inode.content.kind === 'zero') return { ...anonymousMemory('/dev/zero'), file };
  if (inode.content.kind === 'device') return { handler: 'device', name: inode.path, file, context: undefined, pteFlags: 0 };
  if (inode.content.kind === 'regular' || inode.content.kind === 'host') return { handler: 'file', name: inode.path, file, context: undefined, pteFlags: 0 };
  return -ERRNO.ENODEV;
}

/** mmap: the address of the new mapping, or a negative errno. */
export function mapRegion(k: Kernel, mm: Mm, { address, length, protection, flags, offset, source }: MapRequest): number {
  const bytes = pageUp(k, length);
  const shared = (flags & MAP.SHARED) !== 0;
  if (bytes === 0 || shared === ((flags & MAP.PRIVATE) !== 0)) return -ERRNO.EINVAL;
  if (offset % k.configuration.pageBytes !== 0) return -ERRNO.EINVAL;
  if (bytes > TASK_SIZE || mm.vmas.length > MOST_MAPPINGS) return -ERRNO.ENOMEM;
  if (shared && source.handler === 'anonymous') return mapRegion(k, mm, { address, length, protection, flags, offset: 0, source: sharedMemory(k, bytes) });
  if (source.file && !mayMap(source.file, shared, protection)) return -ERRNO.EACCES;
  const fixed = (flags & MAP.FIXED) !== 0;
  const start = fixed ? address : findRoom(k, mm, address, bytes);
  if (start === undefined) return -ERRNO.ENOMEM;
  if (start % k.configuration.pageBytes !== 0) return -ERRNO.EINVAL;
  if (start + bytes > TASK_SIZE) return -ERRNO.ENOMEM;
  if (fixed) unmapRegion(k, mm, start, bytes);
  if (source.file) holdFile(source.file);
  insertVma(k, mm, {
    start, end: start + bytes, shared, locked: (flags & MAP.LOCKED) !== 0, growsDown: (flags & MAP.GROWSDOWN) !== 0,
    offset: source.file ? offset : 0, ...(source.file && hasPageMkwrite(k, source.name) ? { pageMkwrite: true } : {}), ...source, ...permissions(protection),
  });
  return start;
}

/** munmap of whole pages. */
export function unmapRegion(k: Kernel, mm: Mm, start: number, length: number): number {
  const bytes = pageUp(k, length);
  if (start % k.configuration.pageBytes !== 0 || bytes === 0 || start + bytes > TASK_SIZE) return -ERRNO.EINVAL;
  const removed = vmasIn(mm, start, start + bytes);
  if (removed.length === 0) return 0;
  if (isTooFine(mm, start, start + bytes)) return -ERRNO.ENOMEM;
  zapRange(k, mm, start, start + bytes);
  removeVmas(k, mm, start, start + bytes);
  return 0;
}

/** mprotect: every page of the range must be mapped. */
export function protectRegion(k: Kernel, mm: Mm, start: number, length: number, protection: number): number {
  if (start % k.configuration.pageBytes !== 0) return -ERRNO.EINVAL;
  const end = start + pageUp(k, length);
  if (end === start) return 0;
  const wanted = permissions(protection);
  return changeVmas(k, mm, start, end, (vma) => {
    if (vma.file && vma.shared && wanted.write && !canWrite(vma.file.flags)) return -ERRNO.EACCES;
    if (vma.read === wanted.read && vma.write === wanted.write && vma.exec === wanted.exec) return 0;
    Object.assign(vma, wanted);
    for (const page of presentPages(k, mm, vma.start, vma.end)) reprotect(k, mm, vma, page);
    return 0;
  });
}

/** brk: the new end of the heap, or the old one where it cannot be moved. */
export function moveBrk(k: Kernel, mm: Mm, wanted: number): number {
  if (wanted < mm.brkStart) return mm.brk;
  const from = pageUp(k, mm.brk);
  const to = pageUp(k, wanted);
  if (to < from) {
    zapRange(k, mm, to, from);
    removeVmas(k, mm, to, from);
  } else if (to > from) {
    if (to > TASK_SIZE || !isFree(mm, from, to)) return mm.brk;
    insertVma(k, mm, {
      start: from, end: to, shared: false, locked: false, growsDown: false, offset: 0,
      ...anonymousMemory('[heap]'), ...permissions(PROT.READ | PROT.WRITE),
    });
  }
  mm.brk = wanted;
  return wanted;
}

/** mremap: the (new) address, or a negative errno. */
export function remapRegion(k: Kernel, mm: Mm, start: number, oldLength: number, newLength: number, flags: number, target: number): number {
  const { pageBytes } = k.configuration;
  const fixed = (flags & MREMAP.FIXED) !== 0;
  const mayMove = (flags & MREMAP.MAYMOVE) !== 0;
  const oldBytes = pageUp(k, oldLength);
  const newBytes = pageUp(k, newLength);
  if ((flags & ~(MREMAP.MAYMOVE | MREMAP.FIXED)) !== 0 || start % pageBytes !== 0 || newBytes === 0) return -ERRNO.EINVAL;
  if (fixed && (!mayMove || target % pageBytes !== 0 || target + newBytes > TASK_SIZE)) return -ERRNO.EINVAL;
  if (fixed && target < start + oldBytes && start < target + newBytes) return -ERRNO.EINVAL;
  const vma = vmaAt(mm, start);
  if (!vma || oldBytes === 0 || start + oldBytes > vma.end) return -ERRNO.EFAULT;
  if (newBytes < oldBytes) unmapRegion(k, mm, start + newBytes, oldBytes - newBytes);
  if (newBytes <= oldBytes && !fixed) return start;
  if (!fixed && start + oldBytes === vma.end && start + newBytes <= TASK_SIZE && isFree(mm, vma.end, start + newBytes)) {
    mm.totalPages += (newBytes - oldBytes) / pageBytes;
    vma.end = start + newBytes;
    mergeRange(k, mm, start, vma.end);
    return start;
  }
  if (!mayMove) return -ERRNO.ENOMEM;
  return moveRegion(k, mm, start, Math.min(oldBytes, newBytes), newBytes, fixed ? target : undefined);
}

/** mlock and munlock mark the mappings; the path of mlock then brings the pages in. */
export function lockRegion(k: Kernel, mm: Mm, start: number, length: number, locked: boolean): number {
  const from = pageBase(k, start);
  const end = pageUp(k, start + length);
  if (end === from) return 0;
  return changeVmas(k, mm, from, end, (vma) => {
    vma.locked = locked;
    return 0;
  });
}

export function permissions(protection: number): Pick<Vma, 'read' | 'write' | 'exec'> {
  return { read: (protection & PROT.READ) !== 0, write: (protection & PROT.WRITE) !== 0, exec: (protection & PROT.EXEC) !== 0 };
}

/** split_vma: whether a range that cuts a mapping in two would make one too many. */
function isTooFine(mm: Mm, start: number, end: number): boolean {
  return mm.vmas.length >= MOST_MAPPINGS && [start, end].some((boundary) => (vmaAt(mm, boundary)?.start ?? boundary) < boundary);
}

/** Applies a change to exactly the mappings of a range, which must have no hole; stops at the first error. */
function changeVmas(k: Kernel, mm: Mm, start: number, end: number, change: (vma: Vma) => number): number {
  if (vmasIn(mm, start, end)[0] === undefined || end > TASK_SIZE || isTooFine(mm, start, end)) return -ERRNO.ENOMEM;
  const complete = isCovered(mm, start, end);
  splitAt(mm, start);
  splitAt(mm, end);
  let from = start;
  for (const vma of vmasIn(mm, start, end)) {
    // As Linux: mappings before the hole are changed, then the call fails.
    if (vma.start > from) break;
    const error = change(vma);
    if (error !== 0) return error;
    from = vma.end;
  }
  mergeRange(k, mm, start, end);
  return complete ? 0 : -ERRNO.ENOMEM;
}

/**
 * A present page gets the mapping's new permissions. One of a private mapping loses its
 * write permission until the next write takes a fault, as with Linux's pte_modify.
 */
function reprotect(k: Kernel, mm: Mm, vma: Vma, page: number): void {
  const pte = mm.pages.get(page) ?? 0;
  const flags = protectionOf(vma) | (pteFlags(pte) & PTE_DIRTY);
  changeFlags(k, mm, page * k.configuration.pageBytes, pte, flags);
}

function moveRegion(k: Kernel, mm: Mm, start: number, moved: number, newBytes: number, target: number | undefined): number {
  if (target !== undefined) unmapRegion(k, mm, target, newBytes);
  const to = target ?? findRoom(k, mm, 0, newBytes);
  const vma = vmaAt(mm, start);
  if (to === undefined || !vma) return -ERRNO.ENOMEM;
  if (vma.file) holdFile(vma.file);
  insertVma(k, mm, { ...vma, start: to, end: to + newBytes, offset: vma.offset + start - vma.start });
  movePages(k, mm, start, to, moved);
  removeVmas(k, mm, start, start + moved);
  return to;
}

/** The hint when it is free, else the first gap above the mmap base that is large enough. */
function findRoom(k: Kernel, mm: Mm, hint: number, bytes: number): number | undefined {
  const wanted = pageUp(k, hint);
  if (wanted >= LOWEST_FREE && wanted + bytes <= TASK_SIZE && isFree(mm, wanted, wanted + bytes)) return wanted;
  let start = mm.mmapBase;
  for (let vma = findVma(mm, start); vma && vma.start < start + bytes; vma = findVma(mm, start)) start = pageUp(k, vma.end);
  return start + bytes <= TASK_SIZE ? start : undefined;
}

function mayMap({ flags }: OpenFile, shared: boolean, protection: number): boolean {
  return canRead(flags) && (canWrite(flags) || !shared || (protection & PROT.WRITE) === 0);
}
