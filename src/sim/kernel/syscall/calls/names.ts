/** System calls on file names, and what a file is. */
import { fileOf } from '../../files/descriptors.ts';
import { AT_EMPTY_PATH, AT_FDCWD, AT_REMOVEDIR } from '../../files/flags.ts';
import { isDirectory, isSymbolicLink, S_IFDIR } from '../../files/inode.ts';
import { dropUnused } from '../../files/references.ts';
import { truncate } from '../../files/regular.ts';
import { encodeStat } from '../../files/stat.ts';
import type { Inode } from '../../files/state.ts';
import { create, lookup, remove, rename } from '../../files/tree.ts';
import type { Kernel } from '../../kernel.ts';
import type { Task } from '../../state.ts';
import { descriptor, flags, int, long, type OutBuffer, output, pathname, size } from '../arguments.ts';
import { ERRNO } from '../errno.ts';
import { encodeString } from '../layouts.ts';
import { pathAt } from '../pathAt.ts';
import { systemCall, type SystemCall } from '../systemCall.ts';

const PERMISSIONS = 0o7777;

export const NAME_CALLS: readonly SystemCall[] = [
  systemCall(106, 'stat', [pathname(), output('statbuf')], (k, task, name, into) => stat(k, task, AT_FDCWD, name, into, true)),
  systemCall(107, 'lstat', [pathname(), output('statbuf')], (k, task, name, into) => stat(k, task, AT_FDCWD, name, into, false)),
  systemCall(108, 'fstat', [descriptor(), output('statbuf')], (k, task, fd, into) => statDescriptor(k, task, fd, into)),
  systemCall(291, 'newfstatat', [descriptor('dirfd'), pathname(), output('statbuf'), flags('flags')], (k, task, folder, name, into, how) => {
    if (name === '' && (how & AT_EMPTY_PATH) !== 0) return statDescriptor(k, task, folder, into);
    return stat(k, task, folder, name, into, (how & AT_SYMLINK_NOFOLLOW) === 0);
  }),
  systemCall(33, 'access', [pathname(), int('mode', 'octal')], (k, task, name, mode) => access(k, task, AT_FDCWD, name, mode)),
  systemCall(298, 'faccessat', [descriptor('dirfd'), pathname(), int('mode', 'octal')], access),
  systemCall(439, 'faccessat2', [descriptor('dirfd'), pathname(), int('mode', 'octal'), flags('flags')], access),
  systemCall(85, 'readlink', [pathname(), output('buf'), size('bufsiz')], (k, task, name, into, room) =>
    readLink(k, task, AT_FDCWD, name, into, room)),
  systemCall(296, 'readlinkat', [descriptor('dirfd'), pathname(), output('buf'), size('bufsiz')], readLink),
  systemCall(10, 'unlink', [pathname()], (k, task, name) => unlink(k, task, AT_FDCWD, name, 0)),
  systemCall(40, 'rmdir', [pathname()], (k, task, name) => unlink(k, task, AT_FDCWD, name, AT_REMOVEDIR)),
  systemCall(292, 'unlinkat', [descriptor('dirfd'), pathname(), flags('flags')], unlink),
  systemCall(39, 'mkdir', [pathname(), int('mode', 'octal')], (k, task, name, mode) => makeDirectory(k, task, AT_FDCWD, name, mode)),
  systemCall(287, 'mkdirat', [descriptor('dirfd'), pathname(), int('mode', 'octal')], makeDirectory),
  systemCall(38, 'rename', [pathname('oldpath'), pathname('newpath')], (k, task, from, to) => move(k, task, AT_FDCWD, from, AT_FDCWD, to)),
  systemCall(293, 'renameat', [descriptor('olddirfd'), pathname('oldpath'), descriptor('newdirfd'), pathname('newpath')], move),
  systemCall(92, 'truncate', [pathname(), long('length')], (k, task, name, length) =>
    withInode(k, task, AT_FDCWD, name, (inode) => (length < 0 ? -ERRNO.EINVAL : isDirectory(inode) ? -ERRNO.EISDIR : truncate(k, inode, length)))),
  systemCall(15, 'chmod', [pathname(), int('mode', 'octal')], (k, task, name, mode) =>
    withInode(k, task, AT_FDCWD, name, (inode) => changeMode(inode, mode))),
  systemCall(94, 'fchmod', [descriptor(), int('mode', 'octal')], (_k, task, fd, mode) => {
    const file = fileOf(task, fd);
    return file ? changeMode(file.inode, mode) : -ERRNO.EBADF;
  }),
  ...([[181, 'chown'], [16, 'lchown']] as const).map(([number, called]) =>
    systemCall(number, called, [pathname(), int('owner'), int('group')], (k, task, name) => withInode(k, task, AT_FDCWD, name, changeOwner))),
  systemCall(95, 'fchown', [descriptor(), int('owner'), int('group')], (_k, task, fd) => {
    const file = fileOf(task, fd);
    return file ? changeOwner(file.inode) : -ERRNO.EBADF;
  }),
  systemCall(12, 'chdir', [pathname()], (k, task, name) => withInode(k, task, AT_FDCWD, name, (inode) => {
    if (!isDirectory(inode)) return -ERRNO.ENOTDIR;
    task.group.cwd = inode.path;
    return 0;
  })),
  systemCall(182, 'getcwd', [output('buf'), size('size')], (_k, task, into, room) => {
    const text = encodeString(task.group.cwd);
    if (text.length > room) return -ERRNO.ERANGE;
    into.bytes = text;
    return text.length;
  }),
];

const AT_SYMLINK_NOFOLLOW = 0x100;

function withInode(k: Kernel, task: Task, folder: number, name: string, then: (inode: Inode) => number): number {
  const path = pathAt(task, folder, name);
  if (typeof path === 'number') return path;
  const inode = lookup(k, path);
  return typeof inode === 'number' ? inode : then(inode);
}

function stat(k: Kernel, task: Task, folder: number, name: string, into: OutBuffer, follow: boolean): number {
  return withInode(k, task, folder, name, (inode) => {
    const target = follow && isSymbolicLink(inode) ? lookup(k, task.group.executable) : inode;
    if (typeof target === 'number') return target;
    into.bytes = encodeStat(k, target);
    return 0;
  });
}

function statDescriptor(k: Kernel, task: Task, fd: number, into: OutBuffer): number {
  const file = fileOf(task, fd);
  if (!file) return -ERRNO.EBADF;
  into.bytes = encodeStat(k, file.inode);
  return 0;
}

/** The program is root: only writing to a read-only mount is refused. */
function access(k: Kernel, task: Task, folder: number, name: string, mode: number): number {
  const W_OK = 2;
  return withInode(k, task, folder, name, ({ content }) =>
    ((mode & W_OK) !== 0 && (content.kind === 'host' || content.kind === 'hostFolder') ? -ERRNO.EROFS : 0));
}

function readLink(k: Kernel, task: Task, folder: number, name: string, into: OutBuffer, room: number): number {
  if (room <= 0) return -ERRNO.EINVAL;
  return withInode(k, task, folder, name, (inode) => {
    if (!isSymbolicLink(inode)) return -ERRNO.EINVAL;
    into.bytes = new TextEncoder().encode(task.group.executable).subarray(0, room);
    return into.bytes.length;
  });
}

function unlink(k: Kernel, task: Task, folder: number, name: string, how: number): number {
  const path = pathAt(task, folder, name);
  if (typeof path === 'number') return path;
  const inode = remove(k, path, (how & AT_REMOVEDIR) !== 0 ? 'directory' : 'file');
  if (typeof inode === 'number') return inode;
  dropUnused(k, inode);
  return 0;
}

function makeDirectory(k: Kernel, task: Task, folder: number, name: string, mode: number): number {
  const path = pathAt(task, folder, name);
  if (typeof path === 'number') return path;
  const made = create(k, path, S_IFDIR | (mode & PERMISSIONS & ~task.group.umask), { kind: 'directory', entries: new Map() });
  return typeof made === 'number' ? made : 0;
}

function move(k: Kernel, task: Task, fromFolder: number, from: string, toFolder: number, to: string): number {
  const source = pathAt(task, fromFolder, from);
  const target = pathAt(task, toFolder, to);
  if (typeof source === 'number') return source;
  if (typeof target === 'number') return target;
  const result = rename(k, source, target);
  if (typeof result === 'number') return result;
  if (result.replaced) dropUnused(k, result.replaced);
  return 0;
}

/** The program is root and owns everything: who else may is not kept. */
function changeOwner({ content }: Inode): number {
  return content.kind === 'host' || content.kind === 'hostFolder' ? -ERRNO.EROFS : 0;
}

function changeMode(inode: Inode, mode: number): number {
  if (inode.content.kind === 'host' || inode.content.kind === 'hostFolder') return -ERRNO.EROFS;
  inode.mode = (inode.mode & ~PERMISSIONS) | (mode & PERMISSIONS);
  return 0;
}
