/** System calls on open files and descriptors. */
import { adviseFile } from '../../files/advise.ts';
import { closeDescriptor, fileOf, installFile, MAX_DESCRIPTORS, replaceDescriptor } from '../../files/descriptors.ts';
import { readDirectory } from '../../files/directory.ts';
import { canWrite, O } from '../../files/flags.ts';
import { emptyFile, fileSize, isDirectory, newInode, S_IFREG } from '../../files/inode.ts';
import { openFile } from '../../files/open.ts';
import { operationsOfFile } from '../../files/operations.ts';
import { newPipe } from '../../files/pipe.ts';
import { holdFile, newOpenFile, releaseFile } from '../../files/references.ts';
import { truncate } from '../../files/regular.ts';
import type { OpenFile } from '../../files/state.ts';
import type { Kernel } from '../../kernel.ts';
import { newFrame } from '../../path.ts';
import type { Task } from '../../state.ts';
import { descriptor, flags, int, long, type OutBuffer, output, pathname, size, word } from '../arguments.ts';
import { ERRNO } from '../errno.ts';
import { longs, words } from '../layouts.ts';
import { pathAt } from '../pathAt.ts';
import { type Answer, systemCall, type SystemCall } from '../systemCall.ts';

const FALLOC_FL_KEEP_SIZE = 1;
const CLOSE_RANGE_CLOEXEC = 4;
const MFD_CLOEXEC = 1;
const SEEK = { SET: 0, CUR: 1, END: 2 } as const;

export const DESCRIPTOR_CALLS: readonly SystemCall[] = [
  systemCall(5, 'open', [pathname(), flags('flags'), int('mode', 'octal')], (k, task, name, how, mode) => open(k, task, -100, name, how, mode)),
  systemCall(8, 'creat', [pathname(), int('mode', 'octal')], (k, task, name, mode) =>
    open(k, task, -100, name, O.CREAT | O.WRONLY | O.TRUNC, mode)),
  systemCall(286, 'openat', [descriptor('dirfd'), pathname(), flags('flags'), int('mode', 'octal')], open),
  systemCall(6, 'close', [descriptor()], (k, task, fd) => closeDescriptor(k, task.group, fd)),
  systemCall(19, 'lseek', [descriptor(), long('offset'), int('whence')], withFile(seek)),
  systemCall(140, '_llseek', [descriptor(), word('offset_high'), word('offset_low'), output('result'), int('whence')],
    withFile((k, task, file, high, low, result, whence) => {
      const place = seek(k, task, file, Number(BigInt.asIntN(64, (high << 32n) | low)), whence);
      if (place < 0) return place;
      result.bytes = longs(place);
      return 0;
    })),
  systemCall(41, 'dup', [descriptor()], (_k, task, fd) => duplicate(task, fd)),
  systemCall(63, 'dup2', [descriptor('oldfd'), descriptor('newfd')], (k, task, from, to) =>
    (from === to && fileOf(task, from) ? to : duplicateTo(k, task, from, to, false))),
  systemCall(316, 'dup3', [descriptor('oldfd'), descriptor('newfd'), flags('flags')], (k, task, from, to, how) =>
    (from === to || (how & ~O.CLOEXEC) !== 0 ? -ERRNO.EINVAL : duplicateTo(k, task, from, to, (how & O.CLOEXEC) !== 0))),
  systemCall(42, 'pipe', [output('pipefd')], (k, task, ends) => pipe(k, task, ends, 0)),
  systemCall(317, 'pipe2', [output('pipefd'), flags('flags')], (k, task, ends, how) =>
    ((how & ~(O.CLOEXEC | O.NONBLOCK)) !== 0 ? -ERRNO.EINVAL : pipe(k, task, ends, how))),
  systemCall(360, 'memfd_create', [pathname('name'), flags('flags')], (k, task, name, how) => {
    const inode = newInode(k.state.files, `/memfd:${name} (deleted)`, S_IFREG | 0o777, emptyFile(), k.now());
    inode.links = 0;
    return installNew(k, task, newOpenFile(inode, O.RDWR), (how & MFD_CLOEXEC) !== 0);
  }),
  systemCall(93, 'ftruncate', [descriptor(), long('length')], withFile((k, _task, file, length) =>
    (length < 0 || !canWrite(file.flags) ? -ERRNO.EINVAL : truncate(k, file.inode, length)))),
  systemCall(118, 'fsync', [descriptor()], withFile(sync)),
  systemCall(309, 'fallocate', [descriptor(), flags('mode'), long('offset'), long('len')], withFile((k, _task, file, mode, offset, length) => {
    if (offset < 0 || length <= 0) return -ERRNO.EINVAL;
    if (!canWrite(file.flags)) return -ERRNO.EBADF;
    if ((mode & ~FALLOC_FL_KEEP_SIZE) !== 0) return -ERRNO.EOPNOTSUPP;
    return mode !== 0 || offset + length <= fileSize(file.inode) ? 0 : truncate(k, file.inode, offset + length);
  })),
  systemCall(436, 'close_range', [int('first'), int('last'), flags('flags')], (k, { group }, first, last, how) => {
    const end = last < 0 ? MAX_DESCRIPTORS : last;
    if (first < 0 || first > end) return -ERRNO.EINVAL;
    for (const fd of [...group.files.keys()].filter((open) => open >= first && open <= end)) {
      if ((how & CLOSE_RANGE_CLOEXEC) !== 0) group.closeOnExec.add(fd);
      else closeDescriptor(k, group, fd);
    }
    return 0;
  }),
  systemCall(148, 'fdatasync', [descriptor()], withFile(sync)),
  systemCall(143, 'flock', [descriptor(), int('operation')], withFile(() => 0)),
  systemCall(233, 'fadvise64', [descriptor(), long('offset'), long('len'), int('advice')], withFile((k, _task, file, offset, length, advice) => {
    if (!operationsOfFile(file).seekable) return -ERRNO.ESPIPE;
    return advice < 0 || advice > 5 || length < 0 ? -ERRNO.EINVAL : adviseFile(k, file.inode, offset, length, advice);
  })),
  systemCall(202, 'getdents64', [descriptor(), output('dirp'), size('count')], withFile((k, _task, file, entries, count) => {
    const records = readDirectory(k, file, count);
    if (typeof records === 'number') return records;
    entries.bytes = records;
    return records.length;
  })),
  systemCall(133, 'fchdir', [descriptor()], withFile((_k, task, { inode }) => {
    if (!isDirectory(inode)) return -ERRNO.ENOTDIR;
    task.group.cwd = inode.path;
    return 0;
  })),
];

/** Finds the open file of the first argument, or answers EBADF. */
function withFile<A extends readonly unknown[]>(
  call: (k: Kernel, task: Task, file: OpenFile, ...rest: A) => Answer,
): (k: Kernel, task: Task, fd: number, ...rest: A) => Answer {
  return (k, task, fd, ...rest) => {
    const file = fileOf(task, fd);
    return file ? call(k, task, file, ...rest) : -ERRNO.EBADF;
  };
}

function open(k: Kernel, task: Task, folder: number, name: string, how: number, mode: number): number {
  const path = pathAt(task, folder, name);
  if (typeof path === 'number') return path;
  const file = openFile(k, task, path, how & ~O.CLOEXEC, mode);
  return typeof file === 'number' ? file : installNew(k, task, file, (how & O.CLOEXEC) !== 0);
}

function seek(_k: Kernel, _task: Task, file: OpenFile, offset: number, whence: number): number {
  if (!operationsOfFile(file).seekable) return -ERRNO.ESPIPE;
  const base = whence === SEEK.SET ? 0 : whence === SEEK.CUR ? file.position : whence === SEEK.END ? fileSize(file.inode) : undefined;
  if (base === undefined || base + offset < 0) return -ERRNO.EINVAL;
  file.position = base + offset;
  return file.position;
}

function duplicate(task: Task, fd: number): number {
  const file = fileOf(task, fd);
  return file ? installFile(task.group, file, false) : -ERRNO.EBADF;
}

function duplicateTo(k: Kernel, task: Task, from: number, to: number, closeOnExec: boolean): number {
  const file = fileOf(task, from);
  if (!file || to < 0 || to >= MAX_DESCRIPTORS) return -ERRNO.EBADF;
  replaceDescriptor(k, task.group, to, file, closeOnExec);
  return to;
}

function pipe(k: Kernel, task: Task, ends: OutBuffer, how: number): number {
  const { reading, writing } = newPipe(k, how);
  const closeOnExec = (how & O.CLOEXEC) !== 0;
  const first = installNew(k, task, reading, closeOnExec);
  const second = installNew(k, task, writing, closeOnExec);
  if (first < 0 || second < 0) {
    closeDescriptor(k, task.group, first);
    return -ERRNO.EMFILE;
  }
  ends.bytes = words(first, second);
  return 0;
}

/** A descriptor for a file that nobody holds yet; the file is closed again where there is none. */
function installNew(k: Kernel, task: Task, file: OpenFile, closeOnExec: boolean): number {
  const fd = installFile(task.group, file, closeOnExec);
  if (fd < 0) releaseFile(k, holdFile(file));
  return fd;
}

function sync(_k: Kernel, _task: Task, file: OpenFile): Answer {
  return operationsOfFile(file).seekable ? newFrame('do_fsync', { inode: file.inode }) : -ERRNO.EINVAL;
}
