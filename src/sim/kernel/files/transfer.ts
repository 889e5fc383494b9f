/** read and write, in all their forms: pieces go between an open file and the buffers of the program. */
import type { Kernel } from '../kernel.ts';
import { newDirectTransfer } from './directTransfer.ts';
import { call, done, goTo, labelled, next, path, step, wait, type Verdict } from '../path.ts';
import { signalPending } from '../signal/pending.ts';
import type { Task, WaitQueue } from '../state.ts';
import { ERRNO, RESTART } from '../syscall/errno.ts';
import { copyFromUser, copyToUser } from '../syscall/userCopy.ts';
import type { FileAnswer, TransferRequest } from './fileOperations.ts';
import { O } from './flags.ts';
import { fileSize } from './inode.ts';
import { operationsOfFile } from './operations.ts';
import type { OpenFile } from './state.ts';

declare module '../path.ts' {
  interface PathLocals {
    vfs_read: Transfer;
    vfs_write: Transfer;
  }
}

/** A part of the program's memory. */
export interface UserBuffer {
  readonly address: number;
  readonly length: number;
}

export interface Transfer extends TransferRequest {
  readonly file: OpenFile;
  readonly buffers: readonly UserBuffer[];
  /** The buffer in hand and how much of it is done. */
  buffer: number;
  within: number;
  /** Whether the file's own position moves (read, write) or not (pread64, pwrite64). */
  readonly moves: boolean;
  position: number;
  count: number;
  total: number;
  more: boolean;
}

/** Locals of a transfer between a file and some buffers; `position` where the file's own is not used. */
export function newTransfer(file: OpenFile, buffers: readonly UserBuffer[], position?: number): Transfer {
  const moves = position === undefined;
  return { file, buffers, buffer: 0, within: 0, moves, position: position ?? file.position, count: 0, total: 0, chunk: undefined, more: true };
}

/** Answers the bytes read, 0 at the end of the file, or a negative errno. */
export const vfsRead = path('vfs_read', 'fs/read_write.c', [
  labelled('ask', 'ask the file for bytes', (k, task, f) => {
    if (isDirect(f)) return call('generic_file_direct_IO', newDirectTransfer(f, false));
    if (!takeBuffer(f)) return done(f.total);
    f.chunk = undefined;
    const answer = operationsOfFile(f.file).read?.(k, task, f.file, f) ?? { kind: 'error', errno: ERRNO.EINVAL };
    // What is there already is returned before anything more is waited for.
    if (answer.kind === 'wait' && f.total > 0) return done(f.total);
    if (answer.kind !== 'bytes') return settle(task, f, answer);
    f.chunk = answer.bytes;
    f.more = answer.more;
    return answer.bytes.length === 0 ? done(f.total) : goTo('copy');
  }),
  step('a path of the file has run: take what it brought, or ask again', (_k, _task, f, { returned }) => {
    if (isDirect(f)) return endDirect(f, returned);
    if (returned < 0) return finish(f, returned);
    if (f.chunk === undefined) return goTo('ask');
    f.more = false;
    return f.chunk.length === 0 ? done(f.total) : next;
  }),
  labelled('copy', 'copy them to the program\'s buffer', (_k, _task, f) => copyToUser(addressOf(f), f.chunk ?? NOTHING)),
  step('move on; stop at a short read', (k, _task, f, { returned: missing }) => {
    const bytes = f.chunk ?? NOTHING;
    advance(f, bytes.length - missing);
    if (missing > 0) {
      operationsOfFile(f.file).unread?.(k, f.file, bytes.slice(bytes.length - missing));
      return finish(f, -ERRNO.EFAULT);
    }
    return f.more || bytes.length === f.count ? goTo('ask') : done(f.total);
  }),
]);

/** Answers the bytes written, or a negative errno where not even one was. */
export const vfsWrite = path('vfs_write', 'fs/read_write.c', [
  step('append where O_APPEND asks for it', (_k, _task, f) => {
    if ((f.file.flags & O.APPEND) !== 0 && f.moves) f.position = fileSize(f.file.inode);
    return isDirect(f) ? call('generic_file_direct_IO', newDirectTransfer(f, true)) : next;
  }),
  labelled('piece', 'copy a piece of the program\'s buffer', (k, _task, f, { returned }) => {
    if (isDirect(f)) return endDirect(f, returned);
    if (!takeBuffer(f)) return done(f.total);
    f.chunk = new Uint8Array(Math.min(f.count, pieceOf(k, f)));
    return copyFromUser(addressOf(f), f.chunk);
  }),
  step('a buffer that cannot be read ends the write', (_k, _task, f, { returned: missing }) => {
    const bytes = f.chunk ?? NOTHING;
    if (missing > 0 && missing === bytes.length) return finish(f, -ERRNO.EFAULT);
    f.chunk = bytes.subarray(0, bytes.length - missing);
    return next;
  }),
  step('hand it to the file', (k, task, f) => {
    const answer = operationsOfFile(f.file).write?.(k, task, f.file, f.chunk ?? NOTHING, f) ?? { kind: 'error', errno: ERRNO.EINVAL };
    if (answer.kind !== 'count') return settle(task, f, answer);
    const isShort = answer.count < f.count;
    advance(f, answer.count);
    return answer.last === true && isShort ? done(f.total) : goTo('piece');
  }),
  step('a path of the file has run: its result is what was written', (_k, _task, f, { returned }) => {
    if (returned < 0) return finish(f, returned);
    advance(f, returned);
    return goTo('piece');
  }),
]);

/** O_DIRECT: the disk and the program's pages do without the page cache. Only files that have one know the difference. */
function isDirect({ file }: Transfer): boolean {
  return (file.flags & O.DIRECT) !== 0 && (file.inode.content.kind === 'regular' || file.inode.content.kind === 'host');
}

function endDirect(f: Transfer, moved: number): Verdict {
  if (moved > 0 && f.moves) f.file.position = f.position + moved;
  return done(moved);
}

const NOTHING = new Uint8Array(0);

function settle(task: Task, f: Transfer, answer: FileAnswer): Verdict {
  switch (answer.kind) {
    case 'error':
      return finish(f, -answer.errno);
    case 'path':
      return { kind: 'call', frame: answer.frame };
    case 'wait':
      return sleep(task, f, answer.queue);
  }
}

function sleep(task: Task, f: Transfer, queue: WaitQueue): Verdict {
  if ((f.file.flags & O.NONBLOCK) !== 0) return finish(f, -ERRNO.EAGAIN);
  if (signalPending(task)) return finish(f, -RESTART.ERESTARTSYS);
  return wait(queue, true);
}

/** Bytes that are done already count more than what went wrong afterwards. */
function finish(f: Transfer, error: number): Verdict {
  return done(f.total > 0 ? f.total : error);
}

/** Goes to the next buffer that has room left; false when all are done. */
function takeBuffer(f: Transfer): boolean {
  for (; f.buffer < f.buffers.length; f.buffer += 1, f.within = 0) {
    f.count = (f.buffers[f.buffer]?.length ?? 0) - f.within;
    if (f.count > 0) return true;
  }
  return false;
}

function advance(f: Transfer, bytes: number): void {
  f.within += bytes;
  f.total += bytes;
  f.position += bytes;
  if (f.moves) f.file.position = f.position;
}

function addressOf(f: Transfer): number {
  return (f.buffers[f.buffer]?.address ?? 0) + f.within;
}

function pieceOf(k: Kernel, f: Transfer): number {
  const { pageBytes } = k.configuration;
  return operationsOfFile(f.file).piece ?? pageBytes - (f.position % pageBytes);
}
