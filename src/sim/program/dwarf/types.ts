/** Types of a program in C, from its debugging entries (DWARF 5, chapter 5). */
import { bytesOfNumber } from '../bigEndian.ts';
import { DW_AT, DW_ATE, DW_TAG } from './constants.ts';
import { type Entry, constantOf, flagOf, numberOf, textOf } from './entry.ts';
import type { OperandType } from './operand.ts';
import type { Unit, Units } from './units.ts';

export type CType =
  | { readonly kind: 'void' }
  | { readonly kind: 'base'; readonly name: string; readonly bytes: number; readonly encoding: BaseEncoding }
  | { readonly kind: 'pointer'; readonly bytes: number; readonly to: () => CType; readonly isReference: boolean }
  | { readonly kind: 'array'; readonly element: CType; /** Undefined where the length is not known. */ readonly count: number | undefined; readonly isVector: boolean }
  | { readonly kind: 'structure'; readonly keyword: 'struct' | 'union' | 'class'; readonly name: string | undefined; readonly bytes: number; readonly members: () => readonly Member[] }
  | { readonly kind: 'enumeration'; readonly name: string | undefined; readonly bytes: number; readonly isSigned: boolean; readonly values: readonly Enumerator[] }
  | { readonly kind: 'typedef'; readonly name: string; readonly of: () => CType }
  | { readonly kind: 'qualified'; readonly qualifier: 'const' | 'volatile' | 'restrict' | '_Atomic'; readonly of: CType }
  | { readonly kind: 'function'; readonly result: () => CType; readonly parameters: readonly (() => CType)[]; readonly isVariadic: boolean; readonly isPrototyped: boolean };

export type BaseEncoding = 'boolean' | 'signed' | 'unsigned' | 'character' | 'unsignedCharacter' | 'float' | 'complex';

export interface Member {
  /** Undefined for an unnamed structure or union whose members count as members of the one around it. */
  readonly name: string | undefined;
  readonly type: CType;
  /** Bytes from the beginning. */
  readonly offset: number;
  /** Of a bit-field: its first bit, counted from the most significant bit of the byte at `offset`, and its width. */
  readonly bits?: { readonly start: number; readonly count: number };
}

export interface Enumerator {
  readonly name: string;
  readonly value: bigint;
}

export const VOID: CType = { kind: 'void' };
const POINTER_BYTES = 8;
const QUALIFIERS: Readonly<Record<number, 'const' | 'volatile' | 'restrict' | '_Atomic'>> = {
  [DW_TAG.constType]: 'const', [DW_TAG.volatileType]: 'volatile', [DW_TAG.restrictType]: 'restrict', [DW_TAG.atomicType]: '_Atomic',
};
/** Types that are made of each other without end come from damaged files. */
const DEEPEST = 64;
/** Bytes of the largest number: a complex one of two long doubles. */
const LARGEST_SCALAR = 32;
/** No object is larger; beyond it numbers come from damage. */
const LARGEST = 2 ** 40;

export class Types {
  private readonly known = new Map<number, CType>();
  private depth = 0;

  constructor(private readonly units: Units) {}

  /** The type of a variable, member or parameter; `void` where it has none. */
  typeOf(entry: Entry): CType {
    const referred = this.units.referred(entry, DW_AT.type);
    return referred ? this.ofEntry(referred) : VOID;
  }

  ofEntry(entry: Entry): CType {
    const known = this.known.get(entry.offset);
    if (known) return known;
    if (this.depth > DEEPEST) return VOID;
    this.depth += 1;
    const type = this.make(entry);
    this.depth -= 1;
    this.known.set(entry.offset, type);
    return type;
  }

  /** The base type at an offset of a unit, as location expressions name it; undefined for the generic one. */
  operandType(unit: Unit, offset: number): OperandType | undefined {
    const entry = offset === 0 ? undefined : this.units.entryAt(unit.offset + offset);
    const type = entry && this.ofEntry(entry);
    if (type?.kind !== 'base') return undefined;
    const form = type.encoding === 'float' ? 'float' : type.encoding === 'signed' || type.encoding === 'character' ? 'signed' : 'unsigned';
    return { bytes: type.bytes, form };
  }

  private make(entry: Entry): CType {
    const name = textOf(entry, DW_AT.name);
    const bytes = scalarBytes(entry);
    const of = (): CType => this.typeOf(entry);
    switch (entry.tag) {
      case DW_TAG.baseType: return { kind: 'base', name: name ?? '?', bytes, encoding: encodingOf(numberOf(entry, DW_AT.encoding) ?? 0) };
      case DW_TAG.pointerType: return { kind: 'pointer', bytes: bytes === 0 ? POINTER_BYTES : bytes, to: of, isReference: false };
      case DW_TAG.referenceType: return { kind: 'pointer', bytes: bytes === 0 ? POINTER_BYTES : bytes, to: of, isReference: true };
      case DW_TAG.arrayType: return this.arrayType(entry);
      case DW_TAG.structureType: return this.structure(entry, 'struct');
      case DW_TAG.classType: return this.structure(entry, 'class');
      case DW_TAG.unionType: return this.structure(entry, 'union');
      case DW_TAG.enumerationType: return this.enumeration(entry, name, bytes);
      case DW_TAG.typedef: return { kind: 'typedef', name: name ?? '?', of };
      case DW_TAG.subroutineType:
      case DW_TAG.subprogram: return this.functionType(entry);
      default: {
        const qualifier = QUALIFIERS[entry.tag];
        return qualifier ? { kind: 'qualified', qualifier, of: of() } : VOID;
      }
    }
  }

  private arrayType(entry: Entry): CType {
    const isVector = flagOf(entry, DW_AT.gnuVector);
    const dimensions = entry.children.filter(({ tag }) => tag === DW_TAG.subrangeType);
    const element = this.typeOf(entry);
    if (dimensions.length === 0) return { kind: 'array', element, count: undefined, isVector };
    return dimensions.reduceRight((type: CType, dimension): CType => ({ kind: 'array', element: type, count: lengthOf(dimension), isVector }), element);
  }

  private structure(entry: Entry, keyword: 'struct' | 'union' | 'class'): CType {
    const name = textOf(entry, DW_AT.name);
    const whole = flagOf(entry, DW_AT.declaration) && name !== undefined ? this.definitionOf(entry, name) ?? entry : entry;
    let members: readonly Member[] | undefined;
    return {
      kind: 'structure', keyword, name, bytes: sizeWithin(numberOf(whole, DW_AT.byteSize), LARGEST) ?? 0,
      members: () => members ??= whole.children.filter(({ tag }) => tag === DW_TAG.member).map((member) => this.member(member)),
    };
  }

  /** A structure that one unit declares may be defined in another. */
  private definitionOf(declaration: Entry, name: string): Entry | undefined {
    for (const unit of this.units.all) {
      const found = this.units.treeOf(unit)?.children.find((entry) => (
        entry.tag === declaration.tag && textOf(entry, DW_AT.name) === name && !flagOf(entry, DW_AT.declaration)
      ));
      if (found) return found;
    }
    return undefined;
  }

  private member(entry: Entry): Member {
    const type = this.typeOf(entry);
    const offset = sizeWithin(numberOf(entry, DW_AT.dataMemberLocation) ?? plusOffset(entry), LARGEST) ?? 0;
    const bits = bitField(entry, offset, numberOf(entry, DW_AT.byteSize) ?? sizeOf(type));
    const name = textOf(entry, DW_AT.name);
    return bits ? { name, type, ...bits } : { name, type, offset };
  }

  private enumeration(entry: Entry, name: string | undefined, bytes: number): CType {
    const values = entry.children.filter(({ tag }) => tag === DW_TAG.enumerator)
      .map((value): Enumerator => ({ name: textOf(value, DW_AT.name) ?? '?', value: signedConstant(value, bytes) }));
    const under = this.units.referred(entry, DW_AT.type);
    const base = under && stripped(this.ofEntry(under));
    const isSigned = base?.kind === 'base' ? base.encoding === 'signed' || base.encoding === 'character' : values.some(({ value }) => value < 0n);
    return { kind: 'enumeration', name, bytes: bytes === 0 ? 4 : bytes, isSigned, values };
  }

  private functionType(entry: Entry): CType {
    return {
      kind: 'function', result: () => this.typeOf(entry),
      parameters: entry.children.filter(({ tag }) => tag === DW_TAG.formalParameter).map((parameter) => () => this.typeOf(parameter)),
      isVariadic: entry.children.some(({ tag }) => tag === DW_TAG.unspecifiedParameters),
      isPrototyped: flagOf(entry, DW_AT.prototyped),
    };
  }
}

/** Without typedefs and qualifiers. */
export function stripped(type: CType): CType {
  let plain = type;
  for (let i = 0; i < DEEPEST && (plain.kind === 'typedef' || plain.kind === 'qualified'); i += 1) plain = plain.kind === 'typedef' ? plain.of() : plain.of;
  return plain;
}

/** Bytes; 0 where the size is not known. */
export function sizeOf(type: CType): number {
  const plain = stripped(type);
  switch (plain.kind) {
    case 'array': return (plain.count ?? 0) * sizeOf(plain.element);
    case 'base':
    case 'pointer':
    case 'structure':
    case 'enumeration':
      return plain.bytes;
    default: return 0;
  }
}

export function pointerTo(type: CType): CType {
  return { kind: 'pointer', bytes: POINTER_BYTES, to: () => type, isReference: false };
}

function encodingOf(code: number): BaseEncoding {
  switch (code) {
    case DW_ATE.boolean: return 'boolean';
    case DW_ATE.complexFloat: return 'complex';
    case DW_ATE.float: return 'float';
    case DW_ATE.signed: return 'signed';
    case DW_ATE.signedChar: return 'character';
    case DW_ATE.unsignedChar: return 'unsignedCharacter';
    default: return 'unsigned';
  }
}

function lengthOf(dimension: Entry): number | undefined {
  const count = numberOf(dimension, DW_AT.count);
  if (count !== undefined) return sizeWithin(count, LARGEST);
  const upper = dimension.attributes.get(DW_AT.upperBound);
  if (upper?.kind !== 'constant') return undefined;
  // An array of no elements has an upper bound of -1, in as many bytes as the compiler thought fit.
  const last = BigInt.asIntN(upper.bytes > 0 ? upper.bytes * 8 : 64, upper.value);
  return last === -1n ? 0 : sizeWithin(Number(upper.value) + 1, LARGEST);
}

function scalarBytes(entry: Entry): number {
  return sizeWithin(numberOf(entry, DW_AT.byteSize), LARGEST_SCALAR) ?? 0;
}

/** What a damaged file says of a size may be anything. */
function sizeWithin(size: number | undefined, largest: number): number | undefined {
  return size !== undefined && size >= 0 && size <= largest ? size : undefined;
}

/** DWARF 2 wrote the offset of a member as an expression that adds it. */
function plusOffset(entry: Entry): number | undefined {
  const value = entry.attributes.get(DW_AT.dataMemberLocation);
  if (value?.kind !== 'block' || value.bytes[0] !== 0x23) return undefined;
  return value.bytes.slice(1).reduce((sum, byte, i) => sum + (byte & 127) * 128 ** i, 0);
}

/** `DW_AT_data_bit_offset` counts from the beginning of the structure (DWARF 4), `DW_AT_bit_offset` from the storage unit's most significant bit (DWARF 2, 5.6.6). */
function bitField(entry: Entry, offset: number, storageBytes: number): Pick<Member, 'offset' | 'bits'> | undefined {
  const count = sizeWithin(numberOf(entry, DW_AT.bitSize), LARGEST_SCALAR * 8);
  if (count === undefined) return undefined;
  const start = sizeWithin(numberOf(entry, DW_AT.dataBitOffset), LARGEST);
  if (start !== undefined) return { offset: Math.floor(start / 8), bits: { start: start % 8, count } };
  const old = numberOf(entry, DW_AT.bitOffset);
  if (old === undefined) return { offset, bits: { start: 0, count } };
  const signed = old > storageBytes * 8 ? Number(BigInt.asIntN(64, BigInt(old))) : old;
  return { offset: offset + Math.floor(signed / 8), bits: { start: ((signed % 8) + 8) % 8, count } };
}

/** The value of an enumerator: fixed forms have no sign of their own. */
function signedConstant(entry: Entry, bytes: number): bigint {
  const value = entry.attributes.get(DW_AT.constValue);
  if (value?.kind !== 'constant') return 0n;
  return value.bytes > 0 && value.bytes === bytes ? BigInt.asIntN(value.bytes * 8, value.value) : value.value;
}

/** The constant of an entry, without regard to its sign; for values that a variable was replaced by. */
export function constantBytes(entry: Entry, size: number): Uint8Array | undefined {
  const value = entry.attributes.get(DW_AT.constValue);
  if (value?.kind === 'block') return value.bytes;
  const constant = constantOf(entry, DW_AT.constValue);
  return constant === undefined ? undefined : bytesOfNumber(constant, size);
}
