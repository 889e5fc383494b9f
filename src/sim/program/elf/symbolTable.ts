/** The symbol table of an ELF file as it stands there. System V ABI, chapter 4, "Symbol Table". */
import { BigEndian, OutOfBytes } from '../bigEndian.ts';
import { type ElfFile, SHT_SYMTAB, sectionBytes } from './elfFile.ts';
import { StringTable } from '../stringTable.ts';

export interface ElfSymbol {
  readonly name: string;
  readonly value: number;
  readonly size: number;
  readonly kind: 'function' | 'object' | 'label';
  readonly global: boolean;
  readonly section: number;
}

export interface ElfSymbols {
  readonly symbols: readonly ElfSymbol[];
  /** A sentence where the table is damaged; what could be read is in `symbols`. */
  readonly warning?: string;
}

const STB_LOCAL = 0;
/** Symbols of sections, files and thread-local storage (offsets, not addresses) are left out. `STT_GNU_IFUNC` is a function's resolver. */
const KINDS: Readonly<Record<number, ElfSymbol['kind']>> = { 0: 'label', 1: 'object', 2: 'function', 10: 'function' };
const SHN_UNDEF = 0;
/** From here on section numbers have other meanings; `SHN_ABS` symbols are constants, not addresses. */
const SHN_LORESERVE = 0xff00;

export function readSymbols(file: ElfFile): ElfSymbols {
  const section = file.sections.find(({ type }) => type === SHT_SYMTAB);
  const names = section && file.sections[section.link];
  if (!section) return { symbols: [] };
  try {
    return readTable(sectionBytes(file, section), names ? sectionBytes(file, names) : new Uint8Array(0), file.machine === 'ppc');
  } catch (error) {
    if (!(error instanceof OutOfBytes)) throw error;
    return { symbols: [], warning: 'The symbol table is damaged: it lies outside the file; no symbols are known.' };
  }
}

function readTable(table: Uint8Array, names: Uint8Array, is64: boolean): ElfSymbols {
  const symbols: ElfSymbol[] = [];
  const strings = new StringTable(names);
  const data = new BigEndian(table);
  const entrySize = is64 ? 24 : 16;
  let nameless = 0;
  for (let at = entrySize; at + entrySize <= data.length; at += entrySize) {
    const { nameOffset, info, value, size, section } = is64 ? read64(data, at) : read32(data, at);
    const kind = KINDS[info & 15];
    if (!kind || nameOffset === 0 || section === SHN_UNDEF || section >= SHN_LORESERVE) continue;
    const name = strings.find(nameOffset);
    if (name === undefined) nameless += 1;
    else if (name !== '') symbols.push({ name, value, size, kind, global: info >> 4 !== STB_LOCAL, section });
  }
  return nameless === 0 ? { symbols } : { symbols, warning: `The symbol table is damaged: ${String(nameless)} of its names cannot be read; those symbols are missing.` };
}

interface RawSymbol {
  readonly nameOffset: number;
  readonly info: number;
  readonly section: number;
  readonly value: number;
  readonly size: number;
}

const read64 = (data: BigEndian, at: number): RawSymbol => ({
  nameOffset: data.u32(at), info: data.u8(at + 4), section: data.u16(at + 6), value: data.u64(at + 8), size: data.u64(at + 16),
});

const read32 = (data: BigEndian, at: number): RawSymbol => ({
  nameOffset: data.u32(at), value: data.u32(at + 4), size: data.u32(at + 8), info: data.u8(at + 12), section: data.u16(at + 14),
});
