/**
 * What the assembler and the ELF reader make and the machine loads: bytes, symbols and
 * source lines of a PowerPC program and of the SPU programs inside it. Plain data.
 * Addresses are numbers: guest user addresses stay below 2^44.
 */
import type { DebugSections } from './dwarf/sections.ts';
import type { Mistake } from './mistake.ts';

export type InstructionSetName = 'ppc' | 'spu';

export interface Segment {
  /** Address of the first byte: effective address, or local-store address of an SPU image. */
  readonly address: number;
  readonly bytes: Uint8Array;
  /** Size in memory, at least `bytes.length`; the rest is zero (`.bss`). */
  readonly memorySize: number;
  readonly readable: boolean;
  readonly writable: boolean;
  readonly executable: boolean;
}

export interface ProgramSymbol {
  readonly name: string;
  readonly address: number;
  /** Bytes; 0 where unknown. */
  readonly size: number;
  readonly kind: 'function' | 'object' | 'label';
  readonly global: boolean;
  /** Of a function, where its descriptor is; pointers to it hold that address. */
  readonly descriptor?: number;
}

/** One instruction's place in the source. `line` and `column` count from 1; column 0 is unknown. */
export interface SourcePlace {
  /** As the reader found it: the path given to the assembler, or DWARF's directory and name joined. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/**
 * Rows sorted by address. A row holds from its address to the next row's; `file` -1 ends a
 * sequence (no source from there on).
 */
export interface LineTable {
  readonly files: readonly string[];
  readonly addresses: readonly number[];
  readonly fileIndex: readonly number[];
  readonly lines: readonly number[];
  readonly columns: readonly number[];
  /** 1 where a statement begins (a recommended breakpoint place). */
  readonly statement: readonly number[];
}

/** An SPU program: a `.spu.NAME` section, or an SPU ELF image inside the data of a PowerPC program. */
export interface SpuImage {
  readonly name: string;
  readonly segments: readonly Segment[];
  /** Local-store address where it starts. */
  readonly entry: number;
  readonly symbols: readonly ProgramSymbol[];
  readonly lines: LineTable;
}

export interface Program {
  /** File name for messages and the process name. */
  readonly name: string;
  /** `ppc` runs on the PPE; `spu` is a standalone SPU image, in `spuImages[0]`. */
  readonly isa: InstructionSetName;
  readonly segments: readonly Segment[];
  /** Address of the first instruction and the TOC pointer (r2), from the entry's function descriptor where there is one. */
  readonly entry: number;
  readonly toc: number;
  /** What the loader tells the program about its own headers (AT_PHDR, AT_PHENT, AT_PHNUM); absent for assembled programs. */
  readonly headers?: { readonly address: number; readonly entrySize: number; readonly count: number };
  readonly symbols: readonly ProgramSymbol[];
  readonly lines: LineTable;
  readonly spuImages: readonly SpuImage[];
  /** Of an ELF file, as it stands there: what C programs say of their functions, variables and frames. */
  readonly debug?: DebugSections;
}

/** An error in a program file, with its place where there is one. */
export interface ProgramError {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly mistake?: Mistake;
}

/** A program could not be made: every error found, at least one. */
export class ProgramErrors extends Error {
  constructor(readonly errors: readonly ProgramError[]) {
    super(errors.map(describe).join('\n'));
    this.name = 'ProgramErrors';
  }
}

function describe({ file, line, column, message }: ProgramError): string {
  return line > 0 ? `${file}:${String(line)}:${String(column)}: ${message}` : `${file}: ${message}`;
}
