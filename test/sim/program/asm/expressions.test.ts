/** Expressions: what GNU as gives for them is in `samples/expressions.s`; here are laws and mistakes. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dataOf, mistakesIn } from '../../../support/assembly.ts';

const quad = (value: bigint): string => BigInt.asUintN(64, value).toString(16).padStart(16, '0');

describe('numbers', () => {
  const spellings: readonly ((value: bigint) => string)[] = [
    (v) => v.toString(),
    (v) => `0x${v.toString(16)}`,
    (v) => `0X${v.toString(16).toUpperCase()}`,
    (v) => `0${v.toString(8)}`,
    (v) => `0b${v.toString(2)}`,
    (v) => `-(-${v.toString()})`,
    (v) => `~~${v.toString()}`,
    (v) => `(${v.toString()})`,
  ];

  it('mean the same in every spelling', () => {
    fc.assert(fc.property(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (value) => {
      expect(dataOf(spellings.map((spell) => `\t.quad ${spell(value)}`).join('\n'))).toBe(quad(value).repeat(spellings.length));
    }));
  });

  it('fit their directive, signed or unsigned, or are refused', () => {
    const sizes = [['byte', 1], ['short', 2], ['long', 4], ['quad', 8]] as const;
    fc.assert(fc.property(fc.constantFrom(...sizes), fc.bigInt({ min: -(2n ** 65n), max: 2n ** 65n }), ([directive, size], value) => {
      const bits = BigInt(8 * size);
      // All arithmetic has 64 bits, so a minus sign makes any number of 64 bits one of the signed ones.
      const low = size === 8 ? 1n - 2n ** 64n : -(2n ** (bits - 1n));
      const fits = value >= low && value < 2n ** bits;
      const line = `\t.${directive} ${String(value)}`;
      if (fits) expect(dataOf(line)).toBe(BigInt.asUintN(Number(bits), value).toString(16).padStart(2 * size, '0'));
      else expect(mistakesIn(`_start: nop\n${line}`)).toHaveLength(1);
    }));
  });
});

/** A tree of operators with its value by the book, and its text in full parentheses. */
interface Tree {
  readonly text: string;
  readonly value: bigint;
}

const signed = (value: bigint): bigint => BigInt.asIntN(64, value);
const OPERATORS: Readonly<Record<string, (a: bigint, b: bigint) => bigint>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '|': (a, b) => a | b,
  '&': (a, b) => a & b,
  '^': (a, b) => a ^ b,
  '!': (a, b) => a | ~b,
  '==': (a, b) => (a === b ? -1n : 0n),
  '<>': (a, b) => (a !== b ? -1n : 0n),
  '<': (a, b) => (a < b ? -1n : 0n),
  '>=': (a, b) => (a >= b ? -1n : 0n),
  '&&': (a, b) => (a !== 0n && b !== 0n ? 1n : 0n),
  '||': (a, b) => (a !== 0n || b !== 0n ? 1n : 0n),
};

const trees = fc.letrec<{ tree: Tree; leaf: Tree; node: Tree }>((tie) => ({
  leaf: fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }).map((value) => ({ text: String(value), value })),
  node: fc.tuple(fc.constantFrom(...Object.keys(OPERATORS)), tie('tree'), tie('tree')).map(([operator, left, right]) => ({
    text: `(${left.text}) ${operator} (${right.text})`,
    value: signed(OPERATORS[operator]?.(left.value, right.value) ?? 0n),
  })),
  tree: fc.oneof({ maxDepth: 5 }, tie('leaf'), tie('node')),
})).tree;

describe('@toc', () => {
  it('is about the whole expression, wherever in it it stands', () => {
    // The data begin at 0x10010000, and .TOC. is 0x8000 behind their start.
    expect(dataOf('x: .quad x-1@toc, x+-1@toc, x@toc-1')).toBe('ffffffffffff7fff'.repeat(3));
    expect(dataOf('x: .short x-1@toc@ha, x+-1@toc@l')).toBe('ffff7fff');
  });
});

describe('operators', () => {
  it('compute in 64-bit two\'s complement, whether the parts are known at once or at the end', () => {
    fc.assert(fc.property(trees, ({ text, value }) => {
      expect(dataOf(`\t.quad ${text}`)).toBe(quad(value));
      const late = text.replace(/\d+/g, (number) => `n${number}`);
      const definitions = [...new Set(text.match(/\d+/g))].map((number) => `n${number} = ${number}`).join('\n');
      expect(dataOf(`\t.quad ${late}\n${definitions}`)).toBe(quad(value));
    }));
  });

  it.each([
    ['1/0', '2:16 The expression divides by zero.'],
    ['1<<64', '2:16 The shift count 64 must be 0 to 63.'],
    ['(1', '2:17 A closing parenthesis must come here.'],
    ['1 +', '2:18 A value must come here, but the statement ends.'],
    ['1 2', '2:17 "2" does not belong here: ".quad" ends before it.'],
    ['*', '2:15 "*" is not a value.'],
    ['089', '2:18 "089" starts with 0, so it is octal, and may not have the digits 8 and 9.'],
    ['0xfg', '2:19 "0xfg" is not a number.'],
    ['1b', '2:17 There is no label "1:" before this line.'],
    ['missing', '2:15 The symbol "missing" is not defined in the PowerPC program.'],
    ['_strat', '2:15 The symbol "_strat" is not defined in the PowerPC program. Did you mean "_start"?'],
    ['r3', '2:15 "r3" is a register, which cannot stand here.'],
    ['_start@got', '2:25 "@got" belongs to shared libraries, which need GNU ld: compile with -fno-pic, or link the program and run the ELF file.'],
    ['_start@gotten', '2:28 "@gotten" is not known: use @l, @h, @ha, @higher, @highera, @highest, @highesta, @toc or, in an SPU program, @ppu.'],
    ["'", "2:16 A character must follow the apostrophe, as in 'a'."],
    [`${'('.repeat(200)}1${')'.repeat(200)}`, '2:115 The expression is nested too deeply: name its parts with .set.'],
  ])('refuse %s', (text, message) => {
    expect(mistakesIn(`_start: nop\n        .quad ${text}`)).toEqual([message]);
  });

  it('refuse symbols that define each other', () => {
    expect(mistakesIn('_start: nop\n.set a, b\n.set b, a\n.long a')).toEqual([
      '4:1 The expression is nested too deeply, or a symbol is defined by itself.',
    ]);
  });
});

describe('values that are needed at once', () => {
  it('may be differences of labels', () => {
    expect(dataOf('a: .long 1, 2\nb:\n.rept (b-a)/4\n.byte 7\n.endr\n.if b-a == 8\n.byte 8\n.endif')).toBe('0000000100000002070708');
  });

  it('may not be addresses or later symbols', () => {
    expect(mistakesIn('_start: nop\n.if _start\n.endif\n.rept later\n.endr\n.equ later, 2')).toEqual([
      '2:1 The condition needs a number that is known here; of labels, only differences within one section are.',
      '4:1 "later" must be defined before this line.',
    ]);
  });
});
