/** Pipes: 64 KiB between a reading and a writing end; writes of up to 4 KiB are never split. */
import type { Kernel } from '../kernel.ts';
import { kernelSignal, sendSignal } from '../signal/send.ts';
import { SIGNAL } from '../signal/numbers.ts';
import type { Task, WaitQueue } from '../state.ts';
import { ERRNO } from '../syscall/errno.ts';
import { newWaitQueue, wakeAll } from '../wait.ts';
import { type FileOperations } from './fileOperations.ts';
import { canWrite, O, POLL } from './flags.ts';
import { newInode, S_IFIFO } from './inode.ts';
import { readinessChanged } from './readiness.ts';
import type { OpenFile, Pipe } from './state.ts';

const CAPACITY = 65536;
const PIPE_BUF = 4096;

export const pipeOperations: FileOperations = {
  seekable: false,
  piece: CAPACITY,
  read: (k, _task, file, { count }) => {
    const pipe = pipeOf(file);
    if (pipe.bytes.length === 0 && pipe.writers > 0) return { kind: 'wait', queue: pipe.readQueue };
    const bytes = Uint8Array.from(pipe.bytes.splice(0, count));
    if (bytes.length > 0) changed(k, pipe.writeQueue);
    return { kind: 'bytes', bytes, more: false };
  },
  unread: (k, file, bytes) => {
    const pipe = pipeOf(file);
    pipe.bytes.unshift(...bytes);
    changed(k, pipe.readQueue);
  },
  write: (k, task, file, bytes, { count }) => {
    const pipe = pipeOf(file);
    if (pipe.readers === 0) return brokenPipe(k, task);
    const room = CAPACITY - pipe.bytes.length;
    const whole = count <= PIPE_BUF;
    if (room === 0 || (whole && room < bytes.length)) return { kind: 'wait', queue: pipe.writeQueue };
    const taken = bytes.subarray(0, room);
    for (const byte of taken) pipe.bytes.push(byte);
    changed(k, pipe.readQueue);
    return { kind: 'count', count: taken.length };
  },
  poll: (_k, file) => {
    const pipe = pipeOf(file);
    if (canWrite(file.flags)) {
      return (CAPACITY - pipe.bytes.length >= PIPE_BUF ? POLL.OUT : 0) | (pipe.readers === 0 ? POLL.ERR : 0);
    }
    return (pipe.bytes.length > 0 ? POLL.IN : 0) | (pipe.writers === 0 ? POLL.HUP : 0);
  },
  unreadBytes: (_k, file) => pipeOf(file).bytes.length,
  release: (k, file) => {
    const pipe = pipeOf(file);
    if (canWrite(file.flags)) pipe.writers -= 1;
    else pipe.readers -= 1;
    wakeAll(k, pipe.readQueue);
    changed(k, pipe.writeQueue);
  },
};

/** The two ends of a new pipe. */
export function newPipe(k: Kernel, flags: number): { readonly reading: OpenFile; readonly writing: OpenFile } {
  const { files } = k.state;
  const path = `pipe:[${String(files.nextInode)}]`;
  const pipe: Pipe = {
    bytes: [], readers: 1, writers: 1,
    readQueue: newWaitQueue(`reading ${path}`), writeQueue: newWaitQueue(`writing ${path}`),
  };
  const inode = newInode(files, path, S_IFIFO | 0o600, { kind: 'pipe', pipe }, k.now());
  const end = (mode: number): OpenFile => ({ inode, position: 0, flags: mode | (flags & O.NONBLOCK), owner: 0, references: 0, text: undefined });
  return { reading: end(O.RDONLY), writing: end(O.WRONLY) };
}

function brokenPipe(k: Kernel, task: Task): { readonly kind: 'error'; readonly errno: number } {
  sendSignal(k, task, kernelSignal(SIGNAL.SIGPIPE));
  return { kind: 'error', errno: ERRNO.EPIPE };
}

function changed(k: Kernel, queue: WaitQueue): void {
  wakeAll(k, queue);
  readinessChanged(k);
}

function pipeOf({ inode: { content, path } }: OpenFile): Pipe {
  if (content.kind !== 'pipe') throw new Error(`${path} was used as a pipe and is none.`);
  return content.pipe;
}
