/** `/dev/null`, `/dev/zero`, `/dev/urandom` and scripted devices, read and written. */
import type { FileOperations } from './fileOperations.ts';
import { nextRandom } from './random.ts';

const END = { kind: 'bytes', bytes: new Uint8Array(0), more: false } as const;

export const nullOperations: FileOperations = {
  seekable: true,
  read: () => END,
  write: (_k, _task, _file, bytes) => ({ kind: 'count', count: bytes.length }),
};

export const zeroOperations: FileOperations = {
  seekable: true,
  read: (k, _task, _file, { count }) => ({
    kind: 'bytes', bytes: new Uint8Array(Math.min(count, k.configuration.pageBytes)), more: true,
  }),
  write: (_k, _task, _file, bytes) => ({ kind: 'count', count: bytes.length }),
};

export const randomOperations: FileOperations = {
  seekable: false,
  read: (k, _task, _file, { count }) => ({ kind: 'bytes', bytes: nextRandom(k.state, Math.min(count, 256)), more: true }),
  write: (_k, _task, _file, bytes) => ({ kind: 'count', count: bytes.length }),
};

/** A scripted device is there to be mapped; it has no bytes to read. */
export const deviceOperations: FileOperations = { seekable: true, read: () => END };
