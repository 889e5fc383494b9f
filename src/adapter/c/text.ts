/** Values of C as text, the way GDB writes them. */
import { numberOfBytes } from '../../sim/program/bigEndian.ts';
import { type CType, type Enumerator, type Member, stripped } from '../../sim/program/dwarf/types.ts';
import { pointedText, quotedBytes, quotedText, textAt } from '../variables/characters.ts';
import { type NumberFormat } from '../variables/format.ts';
import type { Notation } from '../variables/notation.ts';
import { notated } from '../variables/numberText.ts';
import { type CObject, contentsOf, elementOf, floatOfBytes, floatValueOf, integerOf, memberOf } from './object.ts';

/** What a value may be called: symbols of code addresses. */
export type SymbolOf = (address: number) => string | undefined;

const MOST_ELEMENTS = 64;
/** Members and elements of a whole value; the text is cut long before. */
const MOST_PARTS = 1000;
const LONGEST = 400;
/** Bytes of an array that are looked at for the end of its text. */
const LONGEST_ARRAY = 1 << 16;
const DEEPEST = 6;

/**
 * Integers of C are written in decimal unless the client asks for hexadecimal: they are declared as numbers.
 * Pointers are addresses, always in hexadecimal.
 */
export function valueText(object: CObject, format: NumberFormat, symbolOf: SymbolOf): string {
  return textOf(object, { format, symbolOf, left: MOST_PARTS }, 0);
}

/** How one value is written; `left` is how many parts may still follow. */
interface Writing {
  readonly format: NumberFormat;
  readonly symbolOf: SymbolOf;
  left: number;
}

function textOf(object: CObject, writing: Writing, depth: number): string {
  const { format, symbolOf } = writing;
  writing.left -= 1;
  const plain = stripped(object.type);
  switch (plain.kind) {
    case 'void': return 'void';
    case 'structure': return structureText(object, plain.members(), writing, depth);
    case 'array': return arrayText(object, plain, writing, depth);
    case 'function': return object.storage.kind === 'memory' ? `{${hexText(BigInt(object.storage.address))}}` : '<optimized out>';
    default: break;
  }
  const contents = contentsOf(object);
  if ('missing' in contents) return contents.missing;
  if (format.notation && (plain.kind !== 'base' || plain.encoding !== 'complex')) return notatedText(object, contents.bytes, format.notation);
  if (plain.kind === 'base' && plain.encoding === 'float') return floatText(floatValueOf(object) ?? 0);
  if (plain.kind === 'base' && plain.encoding === 'complex') return complexText(contents.bytes);
  const value = integerOf(object) ?? 0n;
  if (plain.kind === 'pointer') return pointerText(object, plain.to(), value, symbolOf);
  if (plain.kind === 'enumeration') return enumeratorText(plain.values, value);
  return baseText(plain, value, object.bits?.count ?? contents.bytes.length * 8, format);
}

/** A number or an address as the user wants it written. */
function notatedText(object: CObject, bytes: Uint8Array, notation: Notation): string {
  const integer = integerOf(object);
  if (integer === undefined && notation === 'f') return floatText(floatValueOf(object) ?? 0);
  const pattern = integer ?? numberOfBytes(bytes);
  return notation === 's' ? pointedText(object.memory, Number(pattern)) : notated(pattern, object.bits?.count ?? bytes.length * 8, notation);
}

function baseText(type: CType, value: bigint, bits: number, { hex }: NumberFormat): string {
  if (type.kind !== 'base') return String(value);
  if (type.encoding === 'boolean') return value === 0n ? 'false' : value === 1n ? 'true' : String(value);
  const number = hex === true ? hexText(BigInt.asUintN(bits, value)) : String(value);
  const isCharacter = type.encoding === 'character' || type.encoding === 'unsignedCharacter';
  return isCharacter ? `${number} ${quotedBytes(Uint8Array.of(Number(BigInt.asUintN(8, value))), "'")}` : number;
}

function pointerText(object: CObject, target: CType, value: bigint, symbolOf: SymbolOf): string {
  const address = hexText(value);
  const plain = stripped(target);
  if (plain.kind === 'function') {
    // A pointer to a function points to its descriptor, whose first word is the code (64-bit ELF ABI, 3.2.4).
    const descriptor = object.memory.read(Number(value), 8);
    const code = descriptor.length < 8 ? undefined : Number(new DataView(descriptor.buffer, descriptor.byteOffset).getBigUint64(0));
    const name = code === undefined ? undefined : symbolOf(code);
    return name === undefined ? address : `${address} <${name}>`;
  }
  const isText = plain.kind === 'base' && (plain.encoding === 'character' || plain.encoding === 'unsignedCharacter');
  return isText && value !== 0n ? `${address} ${textAt(object.memory, Number(value))}`.trimEnd() : address;
}

function structureText(object: CObject, members: readonly Member[], writing: Writing, depth: number): string {
  if (object.storage.kind === 'optimizedOut' || object.storage.kind === 'broken') return missingText(object);
  if (depth >= DEEPEST && members.length > 0) return '{...}';
  const parts: string[] = [];
  for (const member of members) {
    if (writing.left <= 0) {
      parts.push('...');
      break;
    }
    const text = textOf(memberOf(object, member), writing, depth + 1);
    parts.push(member.name === undefined ? text : `${member.name} = ${text}`);
  }
  return clipped(`{${parts.join(', ')}}`, depth);
}

function arrayText(object: CObject, type: Extract<CType, { kind: 'array' }>, writing: Writing, depth: number): string {
  const { format } = writing;
  if (object.storage.kind === 'optimizedOut' || object.storage.kind === 'broken') return missingText(object);
  const element = stripped(type.element);
  const count = type.count ?? 0;
  const isText = element.kind === 'base' && (element.encoding === 'character' || element.encoding === 'unsignedCharacter') && !type.isVector;
  const isWritten = isText && (format.notation === undefined || format.notation === 's' || format.notation === 'c');
  const characters = isWritten ? characterBytes(object, count) : undefined;
  if (characters) return charactersText(characters);
  if (depth >= DEEPEST) return '{...}';
  const shown: string[] = [];
  for (let i = 0; i < count && i < MOST_ELEMENTS && writing.left > 0; i += 1) shown.push(textOf(elementOf(object, type.element, i), writing, depth + 1));
  return clipped(`{${shown.join(', ')}${count > shown.length ? '...' : ''}}`, depth);
}

/** Undefined where the compiler kept only some of them, or none. */
function characterBytes({ storage, memory }: CObject, count: number): Uint8Array | undefined {
  if (storage.kind === 'memory') {
    const bytes = memory.read(storage.address, Math.min(count, LONGEST_ARRAY));
    return bytes.length === 0 && count > 0 ? undefined : bytes;
  }
  if (storage.kind !== 'bytes' || storage.bytes.length < count || storage.kept?.subarray(0, count).some((byte) => byte !== 0xff) === true) return undefined;
  return storage.bytes.subarray(0, count);
}

function charactersText(bytes: Uint8Array): string {
  // Zeros at the end are what is left of the array.
  const end = bytes.indexOf(0);
  const isText = end < 0 || bytes.subarray(end).every((byte) => byte === 0);
  const text = isText ? bytes.subarray(0, end < 0 ? undefined : end) : bytes;
  return quotedText(text);
}

function missingText(object: CObject): string {
  const contents = contentsOf(object);
  return 'missing' in contents ? contents.missing : '';
}

/** The name of a value; of flags, the names of its bits. */
function enumeratorText(values: readonly Enumerator[], value: bigint): string {
  const named = values.find((enumerator) => enumerator.value === value);
  if (named) return named.name;
  const areFlags = values.every((enumerator) => enumerator.value >= 0n && (enumerator.value & (enumerator.value - 1n)) === 0n);
  if (!areFlags || value <= 0n) return String(value);
  const set = values.filter((enumerator) => enumerator.value !== 0n && (value & enumerator.value) === enumerator.value);
  const rest = set.reduce((left, enumerator) => left & ~enumerator.value, value);
  const names = [...set.map(({ name }) => name), ...(rest === 0n ? [] : [`unknown: ${hexText(rest)}`])];
  return set.length === 0 ? (rest === 0n ? String(value) : `(${names.join(' | ')})`) : `(${names.join(' | ')})`;
}

function floatText(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf';
  return Object.is(value, -0) ? '-0' : String(value);
}

function complexText(bytes: Uint8Array): string {
  const half = bytes.length / 2;
  const part = (at: number): string => floatText(floatOfBytes(bytes.subarray(at, at + half)) ?? 0);
  return `${part(0)} + ${part(half)}i`;
}

/** The text of a whole value stays on a line; the parts can be unfolded. */
function clipped(text: string, depth: number): string {
  return depth === 0 && text.length > LONGEST ? `${text.slice(0, LONGEST)}...}` : text;
}

function hexText(value: bigint): string {
  return `0x${value.toString(16)}`;
}

