import type { AdapterHost } from '../adapter/host.ts';
import { listFolder } from './files.ts';
import type { Io } from './io.ts';

/** Debug sessions in Node: files of the disk, the process's clock. */
export function nodeHost(io: Pick<Io, 'readFile'>): AdapterHost {
  return {
    readFile: (path) => io.readFile(path),
    listFolder,
    yieldSlice: (run) => { setImmediate(run); },
    now: () => performance.now(),
  };
}
