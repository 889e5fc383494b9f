/**
 * The program under construction, as plain data: address spaces hold sections, sections hold
 * fragments and fix-ups, namespaces hold symbols, symbols hold expressions.
 */
import type { InstructionSetName, ProgramSymbol, SourcePlace } from '../program.ts';
import type { AddressPart } from './addressPart.ts';
import type { ByteBuffer } from './bytes.ts';
import type { BinaryOperator, UnaryOperator } from './operators.ts';
import type { Statement } from './statement.ts';
import type { TableEntry } from './table.ts';

/** Where addresses are counted from: the PowerPC program, or the local store of one SPU program. */
export interface AddressSpace {
  /** The SPU program's name; '' for the PowerPC program. */
  readonly name: string;
  readonly isa: InstructionSetName;
  readonly sections: Section[];
  /** Symbols that every file sees; complete when all files have been read. */
  readonly globals: Map<string, AsmSymbol>;
}

/** The symbols of one file in one address space. */
export interface Namespace {
  readonly space: AddressSpace;
  readonly symbols: Map<string, AsmSymbol>;
  /** Labels `1:` by number, in order of appearance. */
  readonly numbered: Map<string, AsmSymbol[]>;
  /** Of an SPU program: the same file's PowerPC symbols, whose constants it sees. */
  readonly outer: Namespace | undefined;
}

export interface AsmSymbol {
  readonly name: string;
  readonly namespace: Namespace;
  definition: Expression | undefined;
  /** Where it is defined, or first met. */
  place: SourcePlace;
  /** Defined by `.set` or `=`: may be given another value. */
  variable: boolean;
  global: boolean;
  /** `.local`: room for it by `.comm` is the file's own. */
  local: boolean;
  /** May stay undefined; it is 0 then. */
  weak: boolean;
  type: Exclude<ProgramSymbol['kind'], 'label'> | undefined;
  size: Expression | undefined;
  /** `.comm`: room in .bss where no file defines it. */
  common: { size: number; alignment: number } | undefined;
}

export interface SectionFlags {
  /** Part of the program's memory. */
  readonly allocated: boolean;
  readonly writable: boolean;
  readonly executable: boolean;
  /** Zeros that take no room in the file (`.bss`). */
  readonly zeroed: boolean;
}

/**
 * A list of fragments. Nearly every section has one: another is begun only after a size that
 * cannot be known while reading.
 */
export interface Section {
  readonly name: string;
  readonly space: AddressSpace;
  readonly flags: SectionFlags;
  readonly fragments: Fragment[];
  readonly fixups: Fixup[];
  readonly emissions: Emission[];
  alignment: number;
  /** Set by the layout. */
  address: number | undefined;
}

/** Fixed bytes and, after them, a tail whose size may depend on where things come to lie. */
export interface Fragment {
  /** Offset in the section; undefined until the sizes before it are known. */
  start: number | undefined;
  /** Fixed bytes; empty in a zeroed section, where only their number counts. */
  readonly bytes: ByteBuffer;
  fixedSize: number;
  tail: Tail | undefined;
  tailSize: number;
}

/** What fills a gap: instructions that do nothing, or a value of `size` bytes repeated. */
export type Filler = { readonly kind: 'nops' } | { readonly kind: 'value'; readonly value: bigint; readonly size: number };

/** Bytes after a fragment's fixed part; their number comes with the layout. */
export type Tail =
  | { readonly kind: 'align'; readonly boundary: number; readonly maximum: number; readonly filler: Filler; readonly statement: Statement }
  | { readonly kind: 'space'; readonly count: Expression; readonly filler: Filler; readonly statement: Statement }
  | { readonly kind: 'origin'; readonly target: Expression; readonly filler: Filler; readonly statement: Statement }
  | { readonly kind: 'leb128'; readonly value: Expression; readonly signed: boolean; readonly statement: Statement }
  /** An SPU program's image in the data of the PowerPC program. */
  | { readonly kind: 'image'; readonly space: AddressSpace };

/** Bytes that one statement made, for line tables and listings. */
export interface Emission {
  readonly start: Location;
  readonly end: Location;
  readonly statement: Statement;
  readonly instruction: boolean;
}

/** Bytes to be filled in when addresses are known. */
export type Fixup =
  | { readonly kind: 'data'; readonly location: Location; readonly size: number; readonly value: Expression; readonly statement: Statement }
  | { readonly kind: 'instruction'; readonly location: Location; readonly candidates: readonly Candidate[]; readonly statement: Statement };

/** An instruction form that a statement may mean, with an expression for each operand. */
export interface Candidate {
  readonly entry: TableEntry;
  readonly operands: readonly OperandValue[];
}

export interface OperandValue {
  readonly expression: Expression;
  /** Offset in the statement. */
  readonly offset: number;
}

/** A place between the bytes of a section. */
export interface Location {
  readonly section: Section;
  readonly fragment: Fragment;
  readonly offset: number;
}

export type Expression =
  | { readonly kind: 'number'; readonly value: bigint }
  | { readonly kind: 'location'; readonly location: Location }
  /** `borrowed` is the value of a PowerPC constant of that name, for an SPU program that does not define it. */
  | { readonly kind: 'symbol'; readonly symbol: AsmSymbol; readonly offset: number; readonly borrowed?: bigint }
  /** A register's name given to a symbol by `.set`. */
  | { readonly kind: 'register'; readonly name: string; readonly value: number }
  | { readonly kind: 'unary'; readonly operator: UnaryOperator; readonly operand: Expression }
  | { readonly kind: 'binary'; readonly operator: BinaryOperator; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'part'; readonly part: AddressPart; readonly operand: Expression };
