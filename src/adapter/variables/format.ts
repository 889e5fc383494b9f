/** Numbers as text: hexadecimal unless the user wants decimal. */
import { floatBits } from '../../sim/program/floatBits.ts';
import { typeText } from '../../sim/program/dwarf/typeText.ts';
import { type SymbolOf, valueText } from '../c/text.ts';
import type { CMemory } from '../c/object.ts';
import type { Value } from '../evaluate/value.ts';
import { pointedText } from './characters.ts';
import type { Notation } from './notation.ts';
import { formatFloat, notated } from './numberText.ts';

/** The client's `format`; hexadecimal where it says nothing (dap-rules 14). */
export interface NumberFormat {
  readonly hex?: boolean;
  /** What the user wants of one expression; it goes before the client's. */
  readonly notation?: Notation;
}

export function hex(value: number | bigint, digits = 0): string {
  return `0x${value.toString(16).padStart(digits, '0')}`;
}

export function formatInteger(value: bigint, { hex: isHex, notation }: NumberFormat, signed = false, bits = 64): string {
  if (notation) return notated(value, bits, notation);
  if (isHex !== false) return hex(BigInt.asUintN(bits, value));
  return String(signed ? BigInt.asIntN(bits, value) : value);
}

/** The words of a 128-bit value, most significant first. */
export function formatVector(value: bigint, format: NumberFormat): string {
  if (format.notation === 'c') return notated(value, 128, format.notation);
  return `{${[96n, 64n, 32n, 0n].map((shift) => formatLane(BigInt.asUintN(32, value >> shift), 32, format)).join(' ')}}`;
}

/** A part of a vector; hexadecimal with all its digits, so that parts stand below each other. */
export function formatLane(lane: bigint, bits: number, { hex: isHex, notation }: NumberFormat): string {
  if (notation && notation !== 'x') return notated(lane, bits, notation);
  return isHex === false && !notation ? String(lane) : hex(lane, bits / 4);
}

/** @param memory where the texts are whose addresses are to be written as texts. */
export function formatValue(value: Value, format: NumberFormat, memory?: Pick<CMemory, 'read'>, symbolOf: SymbolOf = () => undefined): string {
  const address = format.notation === 's' ? addressIn(value) : undefined;
  if (memory && address !== undefined) return pointedText(memory, address);
  switch (value.kind) {
    case 'integer': return formatInteger(value.value, format, value.signed ?? false, value.bits);
    case 'float': return format.notation && format.notation !== 'f' ? notated(floatBits(value.value, 8), 64, format.notation) : formatFloat(value.value);
    case 'vector': return formatVector(value.value, format);
    case 'text': return value.value;
    case 'object': return valueText(value.object, format, symbolOf);
    case 'none': return 'none';
  }
}

/** What an integer or the preferred word of an SPU register points to. */
function addressIn(value: Value): number | undefined {
  if (value.kind === 'integer') return Number(value.value);
  return value.kind === 'vector' && value.preferred ? Number(value.value >> 96n) : undefined;
}

export function typeName(value: Value): string {
  switch (value.kind) {
    case 'integer': return `${value.signed === true ? 's' : 'u'}${String(value.bits)}`;
    case 'float': return 'f64';
    case 'vector': return 'u32[4]';
    case 'text': return 'text';
    case 'object': return typeText(value.object.type);
    case 'none': return 'none';
  }
}
