/**
 * The file tree: `/dev`, `/tmp`, `/proc/self`, `/spu`, and the host folder, mounted read-only
 * at `/host`. Names are resolved as text: the only symbolic link is `/proc/self/exe`.
 */
import type { Kernel } from '../kernel.ts';
import { ERRNO } from '../syscall/errno.ts';
import { newWaitQueue } from '../wait.ts';
import { directoryEntries, isDirectory, newInode, S_IFCHR, S_IFDIR, S_IFLNK, S_IFREG, touch } from './inode.ts';
import type { FilesState, Inode, InodeContent, ProcEntry, ScriptedDevice } from './state.ts';

/** Where the host folder appears; also the working directory of the program when there is one. */
export const HOST_MOUNT = '/host';
const NAME_MAX = 255;
const PATH_MAX = 4096;

/** The tree of a machine that has just been switched on. */
export function newFilesState(devices: readonly ScriptedDevice[], hasHostFolder: boolean): FilesState {
  const files: FilesState = {
    root: firstInode(1, '/', { kind: 'directory', entries: new Map() }),
    spufsRoot: firstInode(2, '/spu', { kind: 'spufsRoot', entries: new Map() }),
    nextInode: 3,
    pollQueue: newWaitQueue('poll'),
    stdin: { bytes: [], closed: false, queue: newWaitQueue('standard input') },
  };
  directoryEntries(files.root)?.set('spu', files.spufsRoot);
  const add = (path: string, mode: number, content: InodeContent): void => {
    const { parent, name } = splitPath(path);
    const folder = walk(files.root, parent);
    if (folder) directoryEntries(folder)?.set(name, newInode(files, path, mode, content));
  };
  const folder = (path: string, mode = 0o755): void => add(path, S_IFDIR | mode, { kind: 'directory', entries: new Map() });
  for (const path of ['/dev', '/proc', '/proc/self']) folder(path);
  for (const path of ['/tmp', '/dev/shm']) folder(path, 0o1777);
  add('/dev/null', S_IFCHR | 0o666, { kind: 'null' });
  add('/dev/zero', S_IFCHR | 0o666, { kind: 'zero' });
  add('/dev/urandom', S_IFCHR | 0o666, { kind: 'random' });
  for (const stream of ['stdin', 'stdout', 'stderr'] as const) add(`/dev/${stream}`, S_IFCHR | 0o620, { kind: 'console', stream });
  for (const script of devices) {
    const path = `/dev/${script.name}`;
    add(path, S_IFCHR | 0o666, { kind: 'device', device: { script, position: 0, given: 0, queue: newWaitQueue(path) } });
  }
  for (const entry of ['maps', 'status', 'cmdline'] satisfies ProcEntry[]) add(`/proc/self/${entry}`, S_IFREG | 0o444, { kind: 'proc', entry });
  add('/proc/self/exe', S_IFLNK | 0o777, { kind: 'proc', entry: 'exe' });
  if (hasHostFolder) add(HOST_MOUNT, S_IFDIR | 0o555, { kind: 'hostFolder', path: '', entries: new Map() });
  return files;
}

function firstInode(number: number, path: string, content: InodeContent): Inode {
  return { number, path, mode: S_IFDIR | 0o755, links: 2, content, cache: new Map(), dirty: new Set(), writeFailed: false, truncateCount: 0, modified: 0, opens: 1 };
}

/** Full path of a name as a program gives it, without `.`, `..` and doubled slashes. */
export function resolvePath(cwd: string, name: string): string {
  const parts: string[] = [];
  for (const part of (name.startsWith('/') ? name : `${cwd}/${name}`).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

/** The inode of a full path, or a negative errno. */
export function lookup(k: Kernel, path: string): Inode | number {
  if (path.length >= PATH_MAX) return -ERRNO.ENAMETOOLONG;
  let inode = k.state.files.root;
  for (const name of path.split('/')) {
    if (name === '') continue;
    if (name.length > NAME_MAX) return -ERRNO.ENAMETOOLONG;
    if (!isDirectory(inode)) return -ERRNO.ENOTDIR;
    const found = child(k, inode, name);
    if (!found) return -ERRNO.ENOENT;
    inode = found;
  }
  return inode;
}

/** Entry of a directory by name. Entries of host folders come into being here. */
function child(k: Kernel, folder: Inode, name: string): Inode | undefined {
  const entries = directoryEntries(folder);
  const known = entries?.get(name);
  if (known || folder.content.kind !== 'hostFolder') return known;
  const { path } = folder.content;
  const listed = k.hostFiles.list(path)?.find((entry) => entry.name === name);
  if (!listed) return undefined;
  const hostPath = path === '' ? name : `${path}/${name}`;
  const content: InodeContent | undefined = listed.kind === 'folder'
    ? { kind: 'hostFolder', path: hostPath, entries: new Map() }
    : hostFile(k, hostPath);
  if (!content) return undefined;
  const mode = content.kind === 'host' ? S_IFREG | 0o555 : S_IFDIR | 0o555;
  const inode = newInode(k.state.files, `${folder.path}/${name}`, mode, content);
  entries?.set(name, inode);
  return inode;
}

/** Names and inodes of a directory's entries, in a fixed order. */
export function listDirectory(k: Kernel, folder: Inode): readonly { readonly name: string; readonly inode: Inode }[] {
  if (folder.content.kind === 'hostFolder') {
    const names = k.hostFiles.list(folder.content.path) ?? [];
    return names.flatMap(({ name }) => {
      const inode = child(k, folder, name);
      return inode ? [{ name, inode }] : [];
    });
  }
  return [...(directoryEntries(folder) ?? [])].map(([name, inode]) => ({ name, inode }));
}

/** The folder that a new name goes into, and the name's last part; a negative errno where it cannot be made. */
function placeFor(k: Kernel, path: string): { readonly folder: Inode; readonly name: string } | number {
  const { parent, name } = splitPath(path);
  const folder = lookup(k, parent);
  if (typeof folder === 'number') return folder;
  if (!isDirectory(folder)) return -ERRNO.ENOTDIR;
  if (name.length > NAME_MAX) return -ERRNO.ENAMETOOLONG;
  if (folder.content.kind === 'hostFolder') return -ERRNO.EROFS;
  // Names in /dev, /proc and /spu come from the kernel (and from spu_create) alone.
  return folder.content.kind === 'directory' && !/^\/(dev(?!\/shm)|proc)(\/|$)/.test(folder.path) ? { folder, name } : -ERRNO.EPERM;
}

/** Makes a file or folder in memory; a negative errno where the name exists or the folder takes none. */
export function create(k: Kernel, path: string, mode: number, content: InodeContent): Inode | number {
  const place = placeFor(k, path);
  if (typeof place === 'number') return place;
  if (place.name === '' || child(k, place.folder, place.name)) return -ERRNO.EEXIST;
  const inode = newInode(k.state.files, path, mode, content, k.now());
  directoryEntries(place.folder)?.set(place.name, inode);
  if (isDirectory(inode)) place.folder.links += 1;
  touch(k, place.folder);
  return inode;
}

/** Takes a name out of its folder; the inode lives on while something holds it. */
export function remove(k: Kernel, path: string, what: 'file' | 'directory'): Inode | number {
  const inode = lookup(k, path);
  if (typeof inode === 'number') return inode;
  const place = placeFor(k, path);
  if (typeof place === 'number') return place;
  if (what === 'file' && isDirectory(inode)) return -ERRNO.EISDIR;
  if (what === 'directory') {
    const entries = directoryEntries(inode);
    if (!entries) return -ERRNO.ENOTDIR;
    if (inode.content.kind !== 'directory') return -ERRNO.EBUSY;
    if (entries.size > 0) return -ERRNO.ENOTEMPTY;
    place.folder.links -= 1;
  }
  directoryEntries(place.folder)?.delete(place.name);
  inode.links -= what === 'directory' ? 2 : 1;
  touch(k, place.folder);
  return inode;
}

/** Moves a name; what stood at the new one is replaced and returned. */
export function rename(k: Kernel, from: string, to: string): { readonly replaced: Inode | undefined } | number {
  const inode = lookup(k, from);
  if (typeof inode === 'number') return inode;
  if (from === to) return { replaced: undefined };
  if (to.startsWith(`${from}/`)) return -ERRNO.EINVAL;
  const source = placeFor(k, from);
  const target = placeFor(k, to);
  if (typeof source === 'number') return source;
  if (typeof target === 'number') return target;
  const present = child(k, target.folder, target.name);
  if (present && isDirectory(present) !== isDirectory(inode)) return isDirectory(inode) ? -ERRNO.ENOTDIR : -ERRNO.EISDIR;
  const replaced = present ? remove(k, to, isDirectory(present) ? 'directory' : 'file') : undefined;
  if (typeof replaced === 'number') return replaced;
  directoryEntries(source.folder)?.delete(source.name);
  directoryEntries(target.folder)?.set(target.name, inode);
  movePaths(inode, to);
  return { replaced };
}

function movePaths(inode: Inode, path: string): void {
  inode.path = path;
  for (const [name, entry] of directoryEntries(inode) ?? []) movePaths(entry, `${path}/${name}`);
}

function hostFile(k: Kernel, path: string): InodeContent | undefined {
  const bytes = k.hostFiles.read(path);
  return bytes && { kind: 'host', path, size: bytes.length };
}

function splitPath(path: string): { readonly parent: string; readonly name: string } {
  const cut = path.lastIndexOf('/');
  return { parent: cut <= 0 ? '/' : path.slice(0, cut), name: path.slice(cut + 1) };
}

function walk(root: Inode, path: string): Inode | undefined {
  let inode: Inode | undefined = root;
  for (const name of path.split('/')) if (name !== '') inode = inode && directoryEntries(inode)?.get(name);
  return inode;
}
