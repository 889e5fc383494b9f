/** The host folder of a launch configuration, read whole before the run: the machine does no I/O. */
import type { HostFiles } from '../../sim/kernel/files/state.ts';
import type { AdapterHost, FolderEntry } from '../host.ts';
import { LaunchError } from './launchError.ts';

const MOST_FILES = 2000;
const MOST_BYTES = 64 * 2 ** 20;

export async function readHostFolder(host: AdapterHost, root: string): Promise<HostFiles> {
  const list = host.listFolder?.bind(host);
  if (!list) throw new LaunchError('There are no folders here that a program could read; leave out hostFolder.');
  const folders = new Map<string, readonly FolderEntry[]>();
  const files = new Map<string, Uint8Array>();
  let bytes = 0;
  const waiting = [''];
  for (let folder = waiting.shift(); folder !== undefined; folder = waiting.shift()) {
    const entries = await list(join(root, folder));
    folders.set(folder, entries);
    for (const { name, kind } of entries) {
      const path = folder === '' ? name : `${folder}/${name}`;
      if (kind === 'folder') {
        waiting.push(path);
        continue;
      }
      const content = await host.readFile(join(root, path));
      files.set(path, content);
      bytes += content.length;
      if (files.size > MOST_FILES || bytes > MOST_BYTES) {
        throw new LaunchError(`The host folder "${root}" holds more than ${String(MOST_FILES)} files or ${String(MOST_BYTES / 2 ** 20)} MiB; name a smaller folder in hostFolder.`);
      }
    }
  }
  return { list: (path) => folders.get(path), read: (path) => files.get(path) };
}

function join(root: string, path: string): string {
  if (path === '') return root;
  return `${root.replace(/[\\/]+$/, '')}/${path}`;
}
