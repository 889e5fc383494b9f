/** Numbers as text: hexadecimal unless the user wants decimal. */
import { typeText } from '../../sim/program/dwarf/typeText.ts';
import { type SymbolOf, valueText } from '../c/text.ts';
import type { Value } from '../evaluate/value.ts';

/** The client's `format`; hexadecimal where it says nothing (dap-rules 14). */
export interface NumberFormat {
  readonly hex?: boolean;
}

export function hex(value: number | bigint, digits = 0): string {
  return `0x${value.toString(16).padStart(digits, '0')}`;
}

export function formatInteger(value: bigint, { hex: isHex }: NumberFormat, signed = false, bits = 64): string {
  if (isHex !== false) return hex(BigInt.asUintN(bits, value));
  return String(signed ? BigInt.asIntN(bits, value) : value);
}

export function formatFloat(value: number): string {
  return Object.is(value, -0) ? '-0' : Number.isInteger(value) && Math.abs(value) < 1e15 ? `${String(value)}.0` : String(value);
}

/** The words of a 128-bit value, most significant first. */
export function formatVector(value: bigint, format: NumberFormat): string {
  const words = [96n, 64n, 32n, 0n].map((shift) => BigInt.asUintN(32, value >> shift));
  return `{${words.map((word) => (format.hex === false ? String(word) : hex(word, 8))).join(' ')}}`;
}

export function formatValue(value: Value, format: NumberFormat, symbolOf: SymbolOf = () => undefined): string {
  switch (value.kind) {
    case 'integer': return formatInteger(value.value, format, value.signed ?? false, value.bits);
    case 'float': return formatFloat(value.value);
    case 'vector': return formatVector(value.value, format);
    case 'text': return value.value;
    case 'object': return valueText(value.object, format, symbolOf);
    case 'none': return 'none';
  }
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
