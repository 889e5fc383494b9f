/** Debug sessions in Node: files of the disk, the process's clock. */
import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { AdapterHost, FolderEntry } from '../adapter/host.ts';
import { CommandError, type Io } from './io.ts';

export function nodeHost(io: Pick<Io, 'readFile'>): AdapterHost {
  return {
    readFile: (path) => io.readFile(plainPath(path)),
    listFolder: (path) => listFolder(plainPath(path)),
    yieldSlice: (run) => { setImmediate(run); },
    now: () => performance.now(),
  };
}

/** Files and folders in a folder, by name. Rejects with a sentence. */
export async function listFolder(path: string): Promise<FolderEntry[]> {
  try {
    const entries = await readdir(path, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile() || entry.isDirectory())
      .map((entry): FolderEntry => ({ name: entry.name, kind: entry.isFile() ? 'file' : 'folder' }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    throw new CommandError(`The folder "${path}" cannot be read; check that it exists.`);
  }
}

function plainPath(path: string): string {
  return path.startsWith('file://') ? fileURLToPath(path) : path;
}
