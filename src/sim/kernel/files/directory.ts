/** getdents64: directory entries as records for the program. */
import type { Kernel } from '../kernel.ts';
import { ERRNO } from '../syscall/errno.ts';
import { entryType, isDirectory } from './inode.ts';
import type { Inode, OpenFile } from './state.ts';
import { listDirectory, lookup } from './tree.ts';

/** d_ino, d_off, d_reclen, d_type; the name follows. */
const HEADER_BYTES = 19;

/** As many `linux_dirent64` records as fit; -EINVAL where not even one does. Advances the file's position. */
export function readDirectory(k: Kernel, file: OpenFile, capacity: number): Uint8Array | number {
  const { inode } = file;
  if (!isDirectory(inode)) return -ERRNO.ENOTDIR;
  const entries = [{ name: '.', inode }, { name: '..', inode: parentOf(k, inode) }, ...listDirectory(k, inode)];
  const records: Uint8Array[] = [];
  let bytes = 0;
  while (file.position < entries.length) {
    const entry = entries[file.position];
    if (!entry) break;
    const record = encodeEntry(entry.name, entry.inode, file.position + 1);
    if (bytes + record.length > capacity) break;
    records.push(record);
    bytes += record.length;
    file.position += 1;
  }
  if (records.length === 0 && file.position < entries.length) return -ERRNO.EINVAL;
  return join(records, bytes);
}

function encodeEntry(name: string, inode: Inode, offset: number): Uint8Array {
  const text = new TextEncoder().encode(name);
  const record = new Uint8Array(Math.ceil((HEADER_BYTES + text.length + 1) / 8) * 8);
  const view = new DataView(record.buffer);
  view.setBigUint64(0, BigInt(inode.number));
  view.setBigInt64(8, BigInt(offset));
  view.setUint16(16, record.length);
  view.setUint8(18, entryType(inode));
  record.set(text, HEADER_BYTES);
  return record;
}

function parentOf(k: Kernel, inode: Inode): Inode {
  const cut = inode.path.lastIndexOf('/');
  const parent = lookup(k, inode.path.slice(0, Math.max(cut, 0)));
  return typeof parent === 'number' ? inode : parent;
}

function join(parts: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let place = 0;
  for (const part of parts) {
    whole.set(part, place);
    place += part.length;
  }
  return whole;
}
