import { PPC } from '../ppe/instructionSet.ts';
import { SPU } from '../spe/instructionSet.ts';
import { assemble, type Assembly } from './asm/assemble.ts';
import type { Source } from './asm/reader.ts';
import type { SourceResolver } from './asm/state.ts';
import { isElf } from './elf/identify.ts';
import { type LoadedProgram, readElf } from './elf/readElf.ts';
import { ProgramErrors } from './program.ts';
import { directoryOf, joinPath } from './sourcePath.ts';
import { decodeSource } from './sourceText.ts';

/** Finds a file that a source asks for with `.include` or `.incbin`; undefined where there is none. */
type ReadInclude = (path: string) => Uint8Array | undefined;
type ReadFile = (path: string) => Promise<Uint8Array>;

interface NamedFile {
  /** Its path: it appears in messages, and files that it asks for are looked for beside it. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** An ELF file, or the first source file of a program. */
export interface ProgramFile extends NamedFile {
  /** The other sources of the program. */
  readonly others?: readonly NamedFile[];
  readonly readInclude?: ReadInclude;
}

/**
 * Makes a program of an ELF file or of assembler source, whichever the bytes are.
 * Throws `ProgramErrors`: one sentence for a file that is neither or damaged, all mistakes of a source.
 */
export function loadProgram(file: ProgramFile): LoadedProgram {
  if (isElf(file.bytes) && (file.others ?? []).length === 0) return readElf(file.name, file.bytes);
  return { program: assembleProgram(file).program, warnings: [] };
}

/** Assembles source files into one program; the listing comes with it. Throws `ProgramErrors`. */
export function assembleProgram(file: ProgramFile): Assembly {
  const sources = [file, ...(file.others ?? [])].map(sourceOf);
  return assemble(file.name, sources, { ppc: PPC, spu: SPU }, resolver(file.readInclude ?? (() => undefined)));
}

function sourceOf({ name, bytes }: NamedFile, index: number, all: readonly NamedFile[]): Source {
  const refuse = (message: string): ProgramErrors => new ProgramErrors([{ file: name, line: 0, column: 0, message }]);
  if (isElf(bytes)) throw refuse('This is an ELF program, not assembler source: only source files go together.');
  if (all.findIndex((file) => file.name === name) < index) throw refuse('The file is named twice; name it once.');
  return { path: name, text: decodeSource(name, bytes) };
}

/**
 * As `loadProgram`, where files can only be read asynchronously: assembles again for as long as it asks for
 * files that have not been read yet. Rejects as `readFile` does where one of the named files cannot be read.
 */
export function loadProgramFiles(names: readonly string[], readFile: ReadFile): Promise<LoadedProgram> {
  return withIncludes(names, readFile, loadProgram);
}

/** Makes something of files, again for as long as it asks for files that have not been read yet. */
export async function withIncludes<T>(names: readonly string[], readFile: ReadFile, make: (file: ProgramFile) => T): Promise<T> {
  const files: NamedFile[] = [];
  for (const name of names) files.push({ name, bytes: await readFile(name) });
  const [first, ...others] = files;
  if (!first) throw new Error('A program needs at least one file.');
  const included = new Map<string, Uint8Array | undefined>();
  for (;;) {
    const wanted = new Set<string>();
    const readInclude: ReadInclude = (path) => {
      if (!included.has(path)) wanted.add(path);
      return included.get(path);
    };
    try {
      const made = make({ ...first, others, readInclude });
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
