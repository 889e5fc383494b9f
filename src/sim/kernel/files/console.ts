/** Standard input, output and error. Input comes from outside, as an event of the machine's log. */
import type { Kernel } from '../kernel.ts';
import { ERRNO } from '../syscall/errno.ts';
import { wakeAll } from '../wait.ts';
import { failed, type FileOperations } from './fileOperations.ts';
import { POLL } from './flags.ts';
import { readinessChanged } from './readiness.ts';
import type { OpenFile } from './state.ts';

export const consoleOperations: FileOperations = {
  seekable: false,
  piece: 65536,
  read: (k, _task, file, { count }) => {
    const { stdin } = k.state.files;
    if (streamOf(file) !== 'stdin') return failed(ERRNO.EBADF);
    if (stdin.bytes.length === 0 && !stdin.closed) return { kind: 'wait', queue: stdin.queue };
    return { kind: 'bytes', bytes: Uint8Array.from(stdin.bytes.splice(0, count)), more: false };
  },
  unread: (k, _file, bytes) => {
    k.state.files.stdin.bytes.unshift(...bytes);
  },
  write: (k, _task, file, bytes) => {
    const stream = streamOf(file);
    if (stream === 'stdin') return failed(ERRNO.EBADF);
    k.output(stream, bytes.slice());
    return { kind: 'count', count: bytes.length };
  },
  unreadBytes: (k) => k.state.files.stdin.bytes.length,
  poll: (k, file) => {
    if (streamOf(file) !== 'stdin') return POLL.OUT;
    const { bytes, closed } = k.state.files.stdin;
    return (bytes.length > 0 || closed ? POLL.IN : 0) | (closed ? POLL.HUP : 0);
  },
};

/** More input for the program; `undefined` says that no more will come. */
export function pushInput(k: Kernel, bytes: Uint8Array | undefined): void {
  const { stdin } = k.state.files;
  if (bytes) for (const byte of bytes) stdin.bytes.push(byte);
  else stdin.closed = true;
  wakeAll(k, stdin.queue);
  readinessChanged(k);
}

/** Whether a file is a standard stream with a terminal behind it. */
export function isTerminal(k: Kernel, file: OpenFile): boolean {
  return file.inode.content.kind === 'console' && k.configuration.terminals?.includes(streamOf(file)) === true;
}

function streamOf({ inode: { content } }: OpenFile): 'stdin' | 'stdout' | 'stderr' {
  return content.kind === 'console' ? content.stream : 'stderr';
}
