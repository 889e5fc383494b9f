import { describe, expect, it } from 'vitest';
import { evaluate, type Place, type Scope } from '../../src/adapter/evaluate/evaluate.ts';
import { ExpressionError } from '../../src/adapter/evaluate/expression.ts';
import { parseExpression } from '../../src/adapter/evaluate/parse.ts';
import type { Value } from '../../src/adapter/evaluate/value.ts';
import { formatValue } from '../../src/adapter/variables/format.ts';

const MEMORY = Uint8Array.of(0x12, 0x34, 0x56, 0x78, 0xff, 0xfe, 0xdc, 0xba, 0x3f, 0xf8, 0, 0, 0, 0, 0, 0);
const BASE = 0x1000;

/** A few names and sixteen bytes of memory at 0x1000. */
function scope(names: Readonly<Record<string, Value>> = {}): Scope {
  const memory = MEMORY.slice();
  const values = new Map(Object.entries(names));
  return {
    wordBytes: 8, type: () => undefined,
    place: (name): Place | undefined => {
      const value = values.get(name);
      return value && { get: () => values.get(name) ?? value, set: (given) => { values.set(name, given); } };
    },
    read: (address, bytes) => memory.subarray(Math.max(address - BASE, 0), address < BASE ? 0 : address - BASE + bytes),
    write: (address, bytes) => {
      if (address < BASE || address + bytes.length > BASE + memory.length) return 0;
      memory.set(bytes, address - BASE);
      return bytes.length;
    },
  };
}

const NAMES: Readonly<Record<string, Value>> = {
  $r3: { kind: 'integer', value: 0xffff_ffff_ffff_fffen, bits: 64 },
  counter: { kind: 'integer', value: 0x1000n, bits: 64 },
  mapping: { kind: 'text', value: '/spu/other/signal1' },
  retryOf: { kind: 'none' },
  $3: { kind: 'vector', value: (7n << 96n) | 1n, preferred: true },
  $v1: { kind: 'vector', value: 5n, preferred: false },
};

function valueOf(text: string): string {
  return formatValue(evaluate(parseExpression(text), scope(NAMES)), {});
}

describe('expressions', () => {
  it.each([
    ['1 + 2 * 3', '0x7'],
    ['(1 + 2) * 3', '0x9'],
    ['0x10 | 0b11', '0x13'],
    ['1_000', '0x3e8'],
    ['7 - 2 - 1', '0x4'],
    ['1 << 4 + 1', '0x20'],
    ['6 & 3 == 3', '0x0'],
    ['-1', '0xffffffffffffffff'],
    ['~0 >> 60', '0xf'],
    ['-7 / 2', '0xfffffffffffffffd'],
    ['-7 % 2', '0xffffffffffffffff'],
    ['!0 && 2', '0x1'],
    ['0 || 0', '0x0'],
    ['0 && 1 / 0', '0x0'],
    ['$r3 < 0', '0x1'],
    ['$r3 == -2', '0x1'],
    ['$r3 > 5', '0x0'],
    ['counter + 4', '0x1004'],
    ['&counter', '0x1000'],
    ['[counter:4]', '0x12345678'],
    ['[counter]', '0x12345678fffedcba'],
    ['[counter + 4:s16]', '0xfffe'],
    ['[counter + 4:s16] == -2', '0x1'],
    ['*(u8*)(counter + 5)', '0xfe'],
    ['*(f64*)0x1008', '1.5'],
    ['1.5 * 2', '3.0'],
    ['1 / 2.0', '0.5'],
    ['mapping == "/spu/other/signal1"', '0x1'],
    ['mapping != \'x\'', '0x1'],
    ['retryOf == none', '0x1'],
    ['retryOf == 3', '0x0'],
    ['$3 + 1', '0x8'],
    ['$3', '{0x00000007 0x00000000 0x00000000 0x00000001}'],
  ])('%s is %s', (text, value) => {
    expect(valueOf(text)).toBe(value);
  });

  it.each([
    ['', 'The expression ends where a value should be.'],
    ['1 +', 'The expression ends where a value should be.'],
    ['(1', 'The expression ends where ")" should be.'],
    ['1 2', 'At column 3 of the expression there is "2" where the end should be.'],
    ['1 + )', 'At column 5 of the expression there is ")" where a value should be.'],
    ['a # b', '"# b" at column 3 is not part of an expression.'],
    ['0x', '"0x" at column 1 is not part of an expression.'],
    ['*(nobody*)1', 'There is no type "nobody" here; there are those of the program and u8, u16, u32, u64, s8, s16, s32, s64, f32, f64.'],
    ['[1:3]', '"3" at column 4 is no size of memory; write 1, 2, 4 or 8, or a type such as s32 or f64.'],
    ['nobody', 'Nothing here has the name "nobody": it is no register, no symbol and no field of a fault. Texts stand in quotation marks.'],
    ['1 / (2 - 2)', 'The expression divides by zero.'],
    ['1 << -1', '64 bits cannot be shifted by -1.'],
    ['1 << 64', '64 bits cannot be shifted by 64.'],
    ['[0]', 'There is no memory to read at 0x0.'],
    ['mapping + 1', '"/spu/other/signal1" is a text, not a number.'],
    ['mapping == 3', 'A text cannot be compared with a number.'],
    ['$v1 + 1', 'A vector register has 128 bits; take a part of it, such as v3.w0 or v3.d1.'],
    ['1 = 2', 'Only variables, registers and memory can be set.'],
    ['1.5 | 1', 'Floating-point numbers have no operator |.'],
    [`${'('.repeat(200)}1${')'.repeat(200)}`, 'The expression is nested too deeply.'],
  ])('%s is refused', (text, sentence) => {
    expect(() => valueOf(text)).toThrow(new ExpressionError(sentence));
  });

  it('set memory, big-endian and as wide as said', () => {
    const place = scope(NAMES);
    const run = (text: string): string => formatValue(evaluate(parseExpression(text), place), {});
    expect(run('[counter:2] = 0xabcd')).toBe('0xabcd');
    expect(run('[counter:4]')).toBe('0xabcd5678');
    expect(run('*(s8*)counter = -1')).toBe('0xff');
    expect(run('[counter:1]')).toBe('0xff');
    expect(() => run('[0x1010:4] = 1')).toThrow(new ExpressionError('No memory can be written at 0x1010.'));
  });
});
