/** fsync and sync: dirty pages of the page cache go to the disk, and the caller sleeps until they are there. */
import type { Inode } from '../files/state.ts';
import type { Kernel } from '../kernel.ts';
import { call, done, goTo, labelled, next, path, step, wait } from '../path.ts';
import { ERRNO } from '../syscall/errno.ts';
import { isBeingWritten, startWrites } from './disk.ts';

declare module '../path.ts' {
  interface PathLocals {
    do_fsync: { readonly inode: Inode };
    sys_sync: { files?: Inode[] };
  }
}

/** Answers 0, or -EIO where a page could not be written. */
export const doFsync = path('do_fsync', 'fs/sync.c', [
  labelled('write', 'begin to write every dirty page', (k, _task, { inode }) => {
    startWrites(k, inode);
    return next;
  }),
  step('sleep until the disk has them all', (k, _task, { inode }) =>
    (isBeingWritten(k, inode) ? wait(k.state.frames.writeQueue, false) : next)),
  step('a page that was written to while it was on its way goes once more', (_k, _task, { inode }) =>
    (inode.dirty.size > 0 && !inode.writeFailed ? goTo('write') : next)),
  step('one that it has not: -EIO', (_k, _task, { inode }) => {
    const failed = inode.writeFailed;
    inode.writeFailed = false;
    return done(failed ? -ERRNO.EIO : 0);
  }),
]);

export const sysSync = path('sys_sync', 'fs/sync.c', [
  step('begin to write every dirty page of every file', (k, _task, f) => {
    f.files = dirtyFiles(k);
    for (const inode of f.files) startWrites(k, inode);
    return next;
  }),
  labelled('file', 'one file after the other: sleep until the disk has it', (_k, _task, f) => {
    const inode = f.files?.shift();
    return inode ? call('do_fsync', { inode }) : done(0);
  }),
  step('errors are not told', () => goTo('file')),
]);

function dirtyFiles(k: Kernel): Inode[] {
  const files = new Set<Inode>();
  for (const { inode } of k.state.frames.cached.values()) if (inode.dirty.size > 0) files.add(inode);
  return [...files];
}
