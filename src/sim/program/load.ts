import { PPC } from '../ppe/instructionSet.ts';
import { SPU } from '../spe/instructionSet.ts';
import { assemble, type Assembly } from './asm/assemble.ts';
import type { SourceResolver } from './asm/state.ts';
import { isElf } from './elf/identify.ts';
import { type LoadedProgram, readElf } from './elf/readElf.ts';
import { directoryOf, joinPath } from './sourcePath.ts';
import { decodeSource } from './sourceText.ts';

/** Finds a file that a source asks for with `.include` or `.incbin`; undefined where there is none. */
type ReadInclude = (path: string) => Uint8Array | undefined;
type ReadFile = (path: string) => Promise<Uint8Array>;

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
export function loadProgram(file: ProgramFile): LoadedProgram {
  if (isElf(file.bytes)) return readElf(file.name, file.bytes);
  return { program: assembleFile(file).program, warnings: [] };
}

/** Assembles a source file; the listing comes with the program. Throws `ProgramErrors`. */
export function assembleFile({ name, bytes, readInclude }: ProgramFile): Assembly {
  const source = { path: name, text: decodeSource(name, bytes) };
  return assemble(name, [source], { ppc: PPC, spu: SPU }, resolver(readInclude ?? (() => undefined)));
}

/**
 * As `loadProgram`, where files can only be read asynchronously: assembles again for as long as it asks for
 * files that have not been read yet. Rejects as `readFile` does where the program itself cannot be read.
 */
export function loadProgramFile(name: string, readFile: ReadFile): Promise<LoadedProgram> {
  return withIncludes(name, readFile, loadProgram);
}

/** Makes something of a file, again for as long as it asks for files that have not been read yet. */
export async function withIncludes<T>(name: string, readFile: ReadFile, make: (file: ProgramFile) => T): Promise<T> {
  const bytes = await readFile(name);
  const included = new Map<string, Uint8Array | undefined>();
  for (;;) {
    const wanted = new Set<string>();
    const readInclude: ReadInclude = (path) => {
      if (!included.has(path)) wanted.add(path);
      return included.get(path);
    };
    try {
      const made = make({ name, bytes, readInclude });
      if (wanted.size === 0) return made;
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
