/** O_DIRECT: between a disk and the pages of the program, which get_user_pages brings in and holds (facts 2.4). */
import type { Kernel } from '../kernel.ts';
import { putBlock, takeBlocks } from '../mm/blocks.ts';
import { bytesOnDisk, forgetPage, markDirty } from '../mm/pageCache.ts';
import { FRAME_BYTES, releasePage } from '../mm/frames.ts';
import { takeFailure } from '../mm/failures.ts';
import { unmapFileRange } from '../mm/unmapFile.ts';
import { call, done, goTo, labelled, next, path, step, wait, type Verdict } from '../path.ts';
import { downRead, upRead } from '../rwsem.ts';
import type { WaitQueue } from '../state.ts';
import { ERRNO } from '../syscall/errno.ts';
import { newWaitQueue } from '../wait.ts';
import { fileSize, touch } from './inode.ts';
import type { OpenFile } from './state.ts';

/** Addresses, lengths and offsets are multiples of the disk's sectors. */
const SECTOR_BYTES = 512;
/** Pages that are held at once (DIO_PAGES). */
const MOST_PAGES = 64;

export interface DirectTransfer {
  readonly file: OpenFile;
  readonly write: boolean;
  readonly buffers: readonly { readonly address: number; readonly length: number }[];
  /** The buffer in hand, how much of it is done, and of all of them. */
  buffer: number;
  within: number;
  total: number;
  readonly position: number;
  /** Pages that are held for the piece that is under way, and its length in bytes. */
  frames: number[];
  piece: number;
  /** Cycle at which the disk is done with the piece. */
  due: number | undefined;
  readonly queue: WaitQueue;
}

declare module '../path.ts' {
  interface PathLocals {
    generic_file_direct_IO: DirectTransfer;
  }
}

export function newDirectTransfer({ file, buffers, position }: Pick<DirectTransfer, 'file' | 'buffers' | 'position'>, write: boolean): DirectTransfer {
  return { file, write, buffers, buffer: 0, within: 0, total: 0, position, frames: [], piece: 0, due: undefined, queue: newWaitQueue(`a direct transfer of ${file.inode.path}`) };
}

/** Answers the bytes that were moved, or a negative errno where there was not even one. */
export const genericFileDirectIo = path('generic_file_direct_IO', 'mm/filemap.c', [
  step('buffers and position at multiples of 512, else -EINVAL', (_k, _task, f) => {
    if (f.write && f.file.inode.content.kind !== 'regular') return done(-ERRNO.EROFS);
    const isAligned = f.position % SECTOR_BYTES === 0 && f.buffers.every(({ address, length }) => address % SECTOR_BYTES === 0 && length % SECTOR_BYTES === 0);
    return isAligned ? next : done(-ERRNO.EINVAL);
  }),
  step('what the page cache has of the file and the disk has not is written first', (_k, _task, { file }) => call('do_fsync', { inode: file.inode })),
  labelled('piece', 'the next piece: up to 64 pages of a buffer, up to the end of the file', (k, _task, f) => (takePiece(k, f) ? next : done(f.total))),
  step('take mmap_sem for reading', (_k, task) => downRead(task, task.mm.mmapSem) ?? next),
  step('get_user_pages: bring the pages in and hold them', (_k, task, f) => {
    const address = addressOf(f);
    return call('get_user_pages', { mm: task.mm, address, end: address + f.piece, write: !f.write, frames: f.frames, got: 0 });
  }),
  step('release mmap_sem; not even one page: its error', (k, task, f, { returned }) => {
    upRead(k, task, task.mm.mmapSem);
    if (returned <= 0) return done(f.total > 0 ? f.total : returned);
    f.piece = Math.min(f.piece, returned * k.configuration.pageBytes - (addressOf(f) % k.configuration.pageBytes));
    f.due = k.now() + (f.write ? k.profile.cost.diskWrite : k.profile.cost.diskRead);
    k.schedule(f.due, { kind: 'wake', queue: f.queue });
    return next;
  }),
  step('sleep until the disk is done', (k, _task, f) => (f.due !== undefined && k.now() < f.due ? wait(f.queue, false) : next)),
  step('let go of the pages and go on; -EIO where the disk has failed, -ENOSPC where it is full', (k, _task, f) => finishPiece(k, f)),
]);

function addressOf({ buffers, buffer, within }: DirectTransfer): number {
  return (buffers[buffer]?.address ?? 0) + within;
}

function takePiece(k: Kernel, f: DirectTransfer): boolean {
  const { pageBytes } = k.configuration;
  for (; f.buffer < f.buffers.length; f.buffer += 1, f.within = 0) {
    const left = (f.buffers[f.buffer]?.length ?? 0) - f.within;
    if (left === 0) continue;
    const toEnd = f.write ? Infinity : Math.max(fileSize(f.file.inode) - f.position - f.total, 0);
    f.piece = Math.min(left, MOST_PAGES * pageBytes - (addressOf(f) % pageBytes), Math.ceil(toEnd / SECTOR_BYTES) * SECTOR_BYTES);
    return f.piece > 0;
  }
  return false;
}

function finishPiece(k: Kernel, f: DirectTransfer): Verdict {
  const { pageBytes } = k.configuration;
  const { inode } = f.file;
  const offset = f.position + f.total;
  const failed = takeFailure(k, inode.path, f.write ? 'write' : 'read', Math.floor(offset / pageBytes));
  const length = f.write ? f.piece : Math.min(f.piece, fileSize(inode) - offset);
  const isFull = !failed && f.write && !takeBlocks(k, inode, Math.floor(offset / pageBytes), Math.ceil((offset + length) / pageBytes));
  if (!failed && !isFull) eachSector(f.piece, (at) => { moveSector(k, f, at); });
  for (const frame of f.frames) {
    if (!f.write) markDirty(k, frame);
    releasePage(k, frame);
  }
  f.frames = [];
  if (failed || isFull) return done(f.total > 0 ? f.total : failed ? -ERRNO.EIO : -ERRNO.ENOSPC);
  if (f.write) afterWrite(k, f, offset, length);
  f.within += f.piece;
  f.total += length;
  return length < f.piece ? done(f.total) : goTo('piece');
}

function eachSector(bytes: number, move: (at: number) => void): void {
  for (let at = 0; at < bytes; at += SECTOR_BYTES) move(at);
}

/** One sector between the disk and the page that holds its place in the buffer. */
function moveSector(k: Kernel, f: DirectTransfer, at: number): void {
  const { pageBytes } = k.configuration;
  const within = (addressOf(f) % pageBytes) + at;
  const frame = f.frames[Math.floor(within / pageBytes)];
  if (frame === undefined) return;
  const physical = frame * FRAME_BYTES + (within % pageBytes);
  const offset = f.position + f.total + at;
  if (!f.write) {
    const sector = new Uint8Array(SECTOR_BYTES);
    sector.set(bytesOnDisk(k, f.file.inode, Math.floor(offset / pageBytes))?.subarray(offset % pageBytes, (offset % pageBytes) + SECTOR_BYTES) ?? []);
    k.mmu.writePhysical(physical, sector);
    return;
  }
  const { content } = f.file.inode;
  if (content.kind !== 'regular') return;
  const index = Math.floor(offset / pageBytes);
  const found = content.blocks.get(index);
  const block = found?.length === pageBytes ? found : new Uint8Array(pageBytes);
  putBlock(k, content, index, block);
  k.mmu.readPhysical(physical, block.subarray(offset % pageBytes, (offset % pageBytes) + SECTOR_BYTES));
}

/** The page cache no longer has what the disk has: those pages leave it, and every mapping. */
function afterWrite(k: Kernel, { file: { inode } }: DirectTransfer, offset: number, length: number): void {
  const { pageBytes } = k.configuration;
  const first = Math.floor(offset / pageBytes);
  const last = Math.ceil((offset + length) / pageBytes);
  unmapFileRange(k, inode, first * pageBytes, last * pageBytes);
  for (let index = first; index < last; index += 1) forgetPage(k, inode, index);
  if (inode.content.kind === 'regular') inode.content.size = Math.max(inode.content.size, offset + length);
  touch(k, inode);
}
