import { PPC } from '../ppe/instructionSet.ts';
import { SPU } from '../spe/instructionSet.ts';
import { assemble } from './asm/assemble.ts';
import type { SourceResolver } from './asm/state.ts';
import { isElf } from './elf/identify.ts';
import { type LoadedProgram, readElf } from './elf/readElf.ts';
import { directoryOf, joinPath } from './sourcePath.ts';
import { decodeSource } from './sourceText.ts';

/** Finds a file that a source asks for with `.include` or `.incbin`; undefined where there is none. */
export type ReadInclude = (path: string) => Uint8Array | undefined;

export interface ProgramFile {
  /** Its path: it appears in messages, and files that it asks for are looked for beside it. */
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly readInclude?: ReadInclude;
}

/**
 * Makes a program of an ELF file or of assembler source, whichever the bytes are.
 * Throws `ProgramErrors`: one sentence for a file that is neither or damaged, all mistakes of a source.
 */
export function loadProgram({ name, bytes, readInclude }: ProgramFile): LoadedProgram {
  if (isElf(bytes)) return readElf(name, bytes);
  const source = { path: name, text: decodeSource(name, bytes) };
  const { program } = assemble(name, [source], { ppc: PPC, spu: SPU }, resolver(readInclude ?? (() => undefined)));
  return { program, warnings: [] };
}

/**
 * As `loadProgram`, where files can only be read asynchronously: assembles again for as long as it asks for
 * files that have not been read yet. Rejects as `readFile` does where the program itself cannot be read.
 */
export async function loadProgramFile(name: string, readFile: (path: string) => Promise<Uint8Array>): Promise<LoadedProgram> {
  const bytes = await readFile(name);
  const included = new Map<string, Uint8Array | undefined>();
  for (;;) {
    const wanted = new Set<string>();
    const readInclude: ReadInclude = (path) => {
      if (!included.has(path)) wanted.add(path);
      return included.get(path);
    };
    try {
      const loaded = loadProgram({ name, bytes, readInclude });
      if (wanted.size === 0) return loaded;
    } catch (error) {
      if (wanted.size === 0) throw error;
    }
    for (const path of wanted) included.set(path, await readFile(path).catch(() => undefined));
  }
}

function resolver(readInclude: ReadInclude): SourceResolver {
  const beside = (path: string, from: string): string => joinPath(directoryOf(from), path);
  return {
    text: (path, from) => {
      const found = beside(path, from);
      const bytes = readInclude(found);
      return bytes && { path: found, text: decodeSource(found, bytes) };
    },
    bytes: (path, from) => readInclude(beside(path, from)),
  };
}
