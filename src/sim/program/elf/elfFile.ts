/**
 * The two tables of an ELF file: program headers, which the loader obeys, and sections, which
 * lead to symbols and debug information. Layouts: System V ABI, chapters 4 and 5.
 */
import { BigEndian, hex } from '../bigEndian.ts';
import { ElfError, type ElfMachine, identify } from './identify.ts';
import { StringTable } from '../stringTable.ts';

export interface ProgramHeader {
  readonly type: number;
  readonly flags: number;
  readonly offset: number;
  readonly address: number;
  readonly fileSize: number;
  readonly memorySize: number;
}

export interface Section {
  /** Place in the section table: symbols and links refer to it. */
  readonly index: number;
  readonly name: string;
  readonly type: number;
  readonly flags: number;
  readonly address: number;
  readonly offset: number;
  readonly size: number;
  readonly link: number;
}

export interface ElfFile {
  readonly machine: ElfMachine;
  readonly data: BigEndian;
  readonly entry: number;
  readonly programHeaders: readonly ProgramHeader[];
  /** Where the program headers lie in the file, and the size of one. */
  readonly programHeaderOffset: number;
  readonly programHeaderSize: number;
  readonly sections: readonly Section[];
  /** Bytes of the file that its tables account for. */
  readonly extent: number;
}

export const PT_LOAD = 1;
export const PT_INTERP = 3;
export const PT_NOTE = 4;
export const PF_X = 1;
export const PF_W = 2;
export const PF_R = 4;

export const SHT_SYMTAB = 2;
const SHT_NOBITS = 8;
export const SHF_COMPRESSED = 0x800;

/** Linux refuses more than 64 KiB of program headers (`load_elf_binary`). */
const PROGRAM_HEADERS_LIMIT = 65536;

interface Table {
  readonly what: string;
  readonly offset: number;
  readonly entrySize: number;
  readonly count: number;
}

/** Throws `ElfError` where the file is not a program of this machine, or its tables are damaged. */
export function readElfFile(bytes: Uint8Array): ElfFile {
  const machine = identify(bytes);
  const data = new BigEndian(bytes);
  const is64 = machine === 'ppc';
  const word = (offset: number): number => (is64 ? data.u64(offset) : data.u32(offset));
  const tail = is64 ? 54 : 42;
  const entry = word(24);
  const programTable: Table = {
    what: 'program headers', offset: word(is64 ? 32 : 28), entrySize: data.u16(tail), count: data.u16(tail + 2),
  };
  const sectionOffset = word(is64 ? 40 : 32);
  const sectionTable: Table = {
    what: 'section headers', offset: sectionOffset, entrySize: data.u16(tail + 4), count: sectionOffset === 0 ? 0 : data.u16(tail + 6),
  };
  check(programTable, is64 ? 56 : 32, bytes.length);
  check(sectionTable, is64 ? 64 : 40, bytes.length);
  if (programTable.count === 0) throw new ElfError('The file has no program headers, so nothing says what to load; link it as a program.');
  if (programTable.count * programTable.entrySize > PROGRAM_HEADERS_LIMIT) {
    throw new ElfError(`The file is damaged: it claims ${String(programTable.count)} program headers; copy or build it again.`);
  }
  const programHeaders = entries(programTable).map((at) => readProgramHeader(data, is64, at));
  const sections = named(data, entries(sectionTable).map((at, index) => readSection(data, is64, at, index)), data.u16(tail + 8));
  return {
    machine, data, entry, programHeaders, sections,
    programHeaderOffset: programTable.offset,
    programHeaderSize: programTable.entrySize,
    extent: Math.max(
      end(programTable), end(sectionTable), ...programHeaders.map((h) => h.offset + h.fileSize),
    ),
  };
}

/** A section's bytes; throws `OutOfBytes` where it lies outside the file. */
export function sectionBytes(file: ElfFile, section: Section): Uint8Array {
  return section.type === SHT_NOBITS ? new Uint8Array(0) : file.data.slice(section.offset, section.size);
}

const end = (table: Table): number => table.offset + table.count * table.entrySize;

function check(table: Table, entrySize: number, length: number): void {
  if (table.count === 0) return;
  if (table.entrySize !== entrySize) {
    throw new ElfError(`The file is damaged: its ${table.what} claim to be ${String(table.entrySize)} bytes long instead of ${String(entrySize)}; copy or build it again.`);
  }
  if (end(table) > length) {
    throw new ElfError(
      `The file is damaged or cut short: its ${table.what} should end at byte ${hex(end(table))}, but the file ends at ${hex(length)}; copy or build it again.`,
    );
  }
}

const entries = (table: Table): number[] => Array.from({ length: table.count }, (_, i) => table.offset + i * table.entrySize);

function readProgramHeader(data: BigEndian, is64: boolean, at: number): ProgramHeader {
  return is64
    ? {
        type: data.u32(at), flags: data.u32(at + 4), offset: data.u64(at + 8),
        address: data.u64(at + 16), fileSize: data.u64(at + 32), memorySize: data.u64(at + 40),
      }
    : {
        type: data.u32(at), offset: data.u32(at + 4), address: data.u32(at + 8),
        fileSize: data.u32(at + 16), memorySize: data.u32(at + 20), flags: data.u32(at + 24),
      };
}

type UnnamedSection = Omit<Section, 'name'> & { readonly nameOffset: number };

function readSection(data: BigEndian, is64: boolean, at: number, index: number): UnnamedSection {
  const head = { index, nameOffset: data.u32(at), type: data.u32(at + 4) };
  return is64
    ? {
        ...head, flags: data.u64(at + 8), address: data.u64(at + 16), offset: data.u64(at + 24),
        size: data.u64(at + 32), link: data.u32(at + 40),
      }
    : {
        ...head, flags: data.u32(at + 8), address: data.u32(at + 12), offset: data.u32(at + 16),
        size: data.u32(at + 20), link: data.u32(at + 24),
      };
}

/** A section whose name cannot be read keeps none: names only lead to symbols and debug information. */
function named(data: BigEndian, sections: readonly UnnamedSection[], namesIndex: number): Section[] {
  const table = sections[namesIndex];
  const inFile = table !== undefined && table.offset + table.size <= data.length;
  const names = new StringTable(inFile ? data.slice(table.offset, table.size) : new Uint8Array(0));
  return sections.map(({ nameOffset, ...section }) => ({ ...section, name: names.find(nameOffset) ?? '' }));
}
