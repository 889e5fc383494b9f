import { readLines } from '../dwarf/lines.ts';
import { LineTableBuilder } from '../lineTable.ts';
import { type Program, ProgramErrors, type Segment } from '../program.ts';
import { hex } from '../bigEndian.ts';
import { debugSections } from './debugSections.ts';
import { type Descriptor, readDescriptor, resolveFunctions } from './descriptors.ts';
import { type ElfFile, PT_INTERP, readElfFile } from './elfFile.ts';
import { findSpuImages } from './embedded.ts';
import { ElfError } from './identify.ts';
import { PROCESS, isCode, loadSegments } from './segments.ts';
import { readSpuImage } from './spuImage.ts';
import { readSymbols } from './symbolTable.ts';

/** A program and what could not be read of it: sentences about symbols and source lines. */
export interface LoadedProgram {
  readonly program: Program;
  readonly warnings: readonly string[];
}

/**
 * Reads a static ppc64 executable or an SPU image; segments are views of `bytes`.
 * Throws `ProgramErrors` with one sentence where the file is damaged or for something else.
 */
export function readElf(name: string, bytes: Uint8Array): LoadedProgram {
  try {
    const file = readElfFile(bytes);
    return file.machine === 'spu' ? readStandaloneSpu(name, bytes) : readExecutable(name, file);
  } catch (error) {
    if (!(error instanceof ElfError)) throw error;
    throw new ProgramErrors([{ file: name, line: 0, column: 0, message: error.message }]);
  }
}

function readStandaloneSpu(name: string, bytes: Uint8Array): LoadedProgram {
  const { image, warnings } = readSpuImage(bytes, name);
  const lines = new LineTableBuilder().build();
  return { program: { name, isa: 'spu', segments: [], entry: image.entry, toc: 0, symbols: [], lines, spuImages: [image] }, warnings };
}

function readExecutable(name: string, file: ElfFile): LoadedProgram {
  if (file.programHeaders.some(({ type }) => type === PT_INTERP)) {
    throw new ElfError('The program is dynamically linked, and there are no shared libraries in this machine; link it with -static.');
  }
  const segments = loadSegments(file, PROCESS);
  const start = entryDescriptor(file, segments);
  const raw = readSymbols(file);
  const symbols = resolveFunctions(raw.symbols, segments, file.sections.find((section) => section.name === '.opd'));
  const debug = debugSections(file);
  const lines = readLines(debug.sections, segments);
  const spu = findSpuImages(segments, symbols);
  const headers = headersInMemory(file);
  return {
    program: {
      name, isa: 'ppc', segments, entry: start.code, toc: start.toc, symbols, lines: lines.table, spuImages: spu.images,
      debug: debug.sections, ...(headers && { headers }),
    },
    warnings: [...(raw.warning === undefined ? [] : [raw.warning]), ...debug.warnings, ...lines.warnings, ...spu.warnings],
  };
}

function entryDescriptor({ entry }: ElfFile, segments: readonly Segment[]): Descriptor {
  const descriptor = readDescriptor(segments, entry);
  if (descriptor) return descriptor;
  throw new ElfError(
    isCode(segments, entry)
      ? `The entry point ${hex(entry)} is code, but a 64-bit PowerPC program starts through a function descriptor; define _start in .opd as three doublewords (code address, TOC, 0).`
      : `The file is damaged: its entry point ${hex(entry)} is not the address of a function descriptor; copy or build it again.`,
  );
}

/** Where the program headers lie once the program is loaded: a C library finds its thread-local storage there. */
function headersInMemory(file: ElfFile): Program['headers'] {
  const { programHeaderOffset: offset, programHeaderSize: entrySize, programHeaders } = file;
  const size = entrySize * programHeaders.length;
  const holder = programHeaders.find((h) => h.type === 1 && h.offset <= offset && offset + size <= h.offset + h.fileSize);
  return holder && { address: holder.address + offset - holder.offset, entrySize, count: programHeaders.length };
}
