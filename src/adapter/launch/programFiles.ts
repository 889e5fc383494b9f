/** Which files a program is made of: a folder stands for the assembly files in it. */
import type { FolderEntry } from '../host.ts';
import { LaunchError } from './launchError.ts';

export interface ProgramSources {
  /** Rejects with a sentence. */
  readFile(path: string): Promise<Uint8Array>;
  /** What is in a folder. Rejects with a sentence. */
  listFolder(path: string): Promise<readonly FolderEntry[]>;
}

const SOURCE = /\.s$/i;
const SPU_SOURCE = /\.spu\.s$/i;
const ENTRY = /^\s*_start\s*:/m;

/** Rejects with a `LaunchError` for a folder that is no program. */
export async function programFiles(program: string | readonly string[], sources: ProgramSources): Promise<readonly string[]> {
  if (typeof program !== 'string') return program;
  if (SOURCE.test(program)) return [program];
  let entries: readonly FolderEntry[];
  try {
    entries = await sources.listFolder(program);
  } catch {
    // A file, or nothing at all: reading it will tell.
    return [program];
  }
  return await sourcesOf(program, entries, sources);
}

async function sourcesOf(folder: string, entries: readonly FolderEntry[], sources: ProgramSources): Promise<readonly string[]> {
  const named = entries.filter(({ name, kind }) => kind === 'file' && SOURCE.test(name)).map(({ name }) => name).sort();
  const own = named.filter((name) => !SPU_SOURCE.test(name));
  const files = own.length > 0 ? own : named;
  if (files.length === 0) throw new LaunchError(`There is no assembly file (.s) in the folder "${folder}": name a program.`);
  if (own.length === 0 && files.length > 1) throw new LaunchError(`The folder "${folder}" holds ${String(files.length)} SPU programs, ${listed(files)}: name one of them.`);
  const paths = files.map((name) => `${folder.replace(/[\\/]+$/, '')}/${name}`);
  const starts: string[] = [];
  for (const [index, name] of files.entries()) {
    if (ENTRY.test(new TextDecoder().decode(await sources.readFile(paths[index] ?? '')))) starts.push(name);
  }
  if (starts.length > 1) throw new LaunchError(`The folder "${folder}" holds ${String(starts.length)} programs: ${listed(starts)} each have a _start. Name one of them.`);
  return paths;
}

const MOST_NAMES = 4;

function listed(names: readonly string[]): string {
  if (names.length > MOST_NAMES) return `${names.slice(0, MOST_NAMES).join(', ')} and ${String(names.length - MOST_NAMES)} more`;
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}
