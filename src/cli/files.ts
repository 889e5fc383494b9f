/** Files, folders and standard input of this computer. What cannot be read is a `CommandError` that says why. */
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { FolderEntry } from '../adapter/host.ts';
import { CommandError } from './io.ts';

const MOST_INPUT = 64 * 2 ** 20;

/** Reads a file named by a path, or by a `file:` URI as debug clients may write it. */
export async function readPath(path: string): Promise<Uint8Array> {
  try {
    const place = pathOf(path);
    if ((await stat(place)).isCharacterDevice()) throw new CommandError(`"${path}" is a device; name a file.`);
    return new Uint8Array(await readFile(place));
  } catch (error) {
    throw error instanceof CommandError ? error : new CommandError(whyUnreadable(path, error));
  }
}

/** Makes a file, or puts the text in the place of what is in it. */
export async function writePath(path: string, text: string): Promise<void> {
  try {
    await writeFile(pathOf(path), text);
  } catch (error) {
    const code = codeOf(error);
    throw new CommandError(`"${path}" ${UNWRITABLE[code] ?? `cannot be written (${code === '' ? String(error) : code}); choose another place`}.`);
  }
}

/** Files and folders in a folder, by name. Links are left out: they may lead in circles. */
export async function listFolder(path: string): Promise<FolderEntry[]> {
  try {
    const entries = await readdir(pathOf(path), { withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile() || entry.isDirectory())
      .map((entry): FolderEntry => ({ name: entry.name, kind: entry.isFile() ? 'file' : 'folder' }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    throw new CommandError(`The host folder ${whyUnreadable(path, error)}`);
  }
}

/** All of a stream; nothing of a terminal, which a run does not wait for. */
export async function readInput(stream: NodeJS.ReadStream): Promise<Uint8Array> {
  if (stream.isTTY) return new Uint8Array(0);
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      size += chunk.length;
      if (size > MOST_INPUT) throw new CommandError(`Standard input is longer than ${String(MOST_INPUT / 2 ** 20)} MiB; give the program less, or a file through --host-folder.`);
    }
  } catch (error) {
    throw error instanceof CommandError ? error : new CommandError(whyUnreadable('standard input', error));
  }
  return new Uint8Array(Buffer.concat(chunks));
}

/** What is typed next; undefined at the end of the input. In between nothing is read, so that nothing keeps the process alive. */
export function nextLine(stream: NodeJS.ReadStream): Promise<Uint8Array | undefined> {
  return new Promise((resolve) => {
    const onEnd = (): void => {
      stream.off('data', onData);
      resolve(undefined);
    };
    const onData = (line: Buffer): void => {
      stream.off('end', onEnd);
      stream.pause();
      resolve(new Uint8Array(line));
    };
    stream.once('data', onData);
    stream.once('end', onEnd);
    stream.resume();
  });
}

function pathOf(path: string): string {
  return path.startsWith('file://') ? fileURLToPath(path) : path;
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist; check its path',
  ENOTDIR: 'does not exist, because a part of its path is not a folder; check its path',
  EISDIR: 'is a folder; name a file in it',
  EACCES: 'may not be read by you; change its permissions',
  EPERM: 'may not be read by you; change its permissions',
  ELOOP: 'is a link that leads in a circle; check its path',
  ENAMETOOLONG: 'is too long a path; check it',
  ERR_FS_FILE_TOO_LARGE: 'is larger than 2 GiB, which no guest program is; check its path',
  ERR_INVALID_ARG_VALUE: 'is no path; check it',
  ERR_INVALID_FILE_URL_HOST: 'is the address of a file on another computer; name a file of this one',
  ERR_INVALID_FILE_URL_PATH: 'is no address of a file; check it',
};

const UNWRITABLE: Readonly<Record<string, string>> = {
  ENOENT: 'cannot be written, because its folder does not exist; make it first',
  ENOTDIR: 'cannot be written, because a part of its path is not a folder; check its path',
  EISDIR: 'is a folder; name a file in it',
  EACCES: 'may not be written by you; choose another place',
  EROFS: 'may not be written by you; choose another place',
};

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

function whyUnreadable(path: string, error: unknown): string {
  const code = codeOf(error);
  return `"${path}" ${REASONS[code] ?? `cannot be read (${code === '' ? String(error) : code}); check its path`}.`;
}
