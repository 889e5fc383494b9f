import type { SpuImage } from '../program.ts';
import { readLines } from '../dwarf/lines.ts';
import { debugSections } from './debugSections.ts';
import { plain } from './descriptors.ts';
import { hex } from '../bigEndian.ts';
import { type ElfFile, readElfFile } from './elfFile.ts';
import { ElfError } from './identify.ts';
import { LOCAL_STORE, loadSegments } from './segments.ts';
import { readSymbols } from './symbolTable.ts';

export interface ReadSpuImage {
  readonly image: SpuImage;
  readonly file: ElfFile;
  /** Sentences about symbols and lines that could not be read. */
  readonly warnings: readonly string[];
}

/** Reads an SPU executable. Throws `ElfError`. */
export function readSpuImage(bytes: Uint8Array, name: string): ReadSpuImage {
  const file = readElfFile(bytes);
  if (file.machine !== 'spu') throw new ElfError('This is not an SPU image.');
  const segments = loadSegments(file, LOCAL_STORE);
  if (file.entry >= LOCAL_STORE.end || file.entry % 4 !== 0) {
    throw new ElfError(`The file is damaged: its entry point ${hex(file.entry)} is no instruction address in ${LOCAL_STORE.name}; copy or build it again.`);
  }
  const { symbols, warning } = readSymbols(file);
  const debug = debugSections(file);
  const lines = readLines(debug.sections, segments);
  return {
    image: {
      name, segments, entry: file.entry, lines: lines.table,
      symbols: symbols.map(plain).sort((a, b) => a.address - b.address),
    },
    file,
    warnings: [...(warning === undefined ? [] : [warning]), ...debug.warnings, ...lines.warnings],
  };
}
