import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { add, fromSingle, multiply, multiplyAdd, toSingle } from '../../../src/sim/spe/float/double.ts';
import type { Rounded } from '../../../src/sim/spe/float/exact.ts';
import { program, type SpuLine } from '../../support/spuProgram.ts';
import { SpeMachine } from '../../support/speMachine.ts';
import { bitsOf, exactSingle, truncatedSingle, UNITS_OF_A_SINGLE, valueOf } from '../../support/spuSingles.ts';

const [TARGET, A, B, C, SECOND] = [3, 4, 5, 6, 7];

/** Executes lines on registers A, B and C. */
function execute(machine: SpeMachine, lines: readonly SpuLine[], ...operands: readonly bigint[]): void {
  machine.load(0, program(...lines));
  machine.registers.fpscr = 0n;
  operands.forEach((value, i) => { machine.registers.set(A + i, value); });
  machine.registers.pc = 0;
  machine.engine.run(lines.length);
}

const everyWord = (word: number): bigint => 0x1_0000_0001_0000_0001_0000_0001n * BigInt(word >>> 0);
/** Flags of double precision in the words of both slices. */
const everySlice = (flags: number): bigint => (BigInt(flags) << 64n) | (BigInt(flags) << 32n);
const everyDoubleword = (bits: bigint): bigint => (bits << 64n) | bits;

const near = fc.record({ sign: fc.nat(1), exponent: fc.integer({ min: 100, max: 150 }), fraction: fc.nat(0x7fffff) })
  .map(({ sign, exponent, fraction }) => ((sign << 31) | (exponent << 23) | fraction) >>> 0);
const corner = fc.constantFrom(0, 0x8000_0000, 1, 0x007f_ffff, 0x0080_0000, 0x3f80_0000, 0x7f7f_ffff, 0x7f80_0000, 0x7fff_ffff, 0xffff_ffff);
const single = fc.oneof(near, fc.nat(0xffff_ffff), corner);

describe('single precision', () => {
  const machine = new SpeMachine();

  it.each<[string, (a: bigint, b: bigint, c: bigint) => bigint]>([
    ['fma', (a, b, c) => a * b + c],
    ['fms', (a, b, c) => a * b - c],
    ['fnms', (a, b, c) => c - a * b],
  ])('%s is the exact result, truncated once', (mnemonic, exact) => {
    fc.assert(fc.property(single, single, single, (a, b, c) => {
      execute(machine, [[mnemonic, TARGET, A, B, C]], everyWord(a), everyWord(b), everyWord(c));
      const { word, flags } = truncatedSingle(exact(exactSingle(a), exactSingle(b), exactSingle(c) << UNITS_OF_A_SINGLE), [a, b, c]);
      expect([machine.registers.get(TARGET), machine.registers.fpscr]).toEqual([everyWord(word), everyWord(flags)]);
    }), { numRuns: 1000 });
  });

  it.each<[string, (a: bigint, b: bigint) => bigint]>([
    ['fa', (a, b) => (a + b) << UNITS_OF_A_SINGLE],
    ['fs', (a, b) => (a - b) << UNITS_OF_A_SINGLE],
    ['fm', (a, b) => a * b],
  ])('%s is the exact result, truncated', (mnemonic, exact) => {
    fc.assert(fc.property(single, single, (a, b) => {
      execute(machine, [[mnemonic, TARGET, A, B]], everyWord(a), everyWord(b));
      const { word, flags } = truncatedSingle(exact(exactSingle(a), exactSingle(b)), [a, b]);
      expect([machine.registers.get(TARGET), machine.registers.fpscr]).toEqual([everyWord(word), everyWord(flags)]);
    }), { numRuns: 1000 });
  });
});

describe('double precision', () => {
  const machine = new SpeMachine();
  const double = fc.oneof(
    fc.record({ sign: fc.nat(1), exponent: fc.integer({ min: 1000, max: 1060 }), fraction: fc.bigInt(0n, (1n << 52n) - 1n) }),
    fc.record({ sign: fc.nat(1), exponent: fc.integer({ min: 1020, max: 1026 }), fraction: fc.bigInt(0n, 63n).map((bits) => bits << 46n) }),
    fc.record({ sign: fc.nat(1), exponent: fc.nat(2047), fraction: fc.bigInt(0n, (1n << 52n) - 1n) }),
    fc.record({ sign: fc.nat(1), exponent: fc.constant(0), fraction: fc.constant(0n) }),
  ).map(({ sign, exponent, fraction }) => (BigInt(sign) << 63n) | (BigInt(exponent) << 52n) | fraction);

  it.each([
    ['dfma', { subtract: false, negate: false }],
    ['dfms', { subtract: true, negate: false }],
    ['dfnms', { subtract: true, negate: true }],
    ['dfnma', { subtract: false, negate: true }],
  ])('%s in the host agrees with whole numbers', (mnemonic, how) => {
    fc.assert(fc.property(double, double, double, (a, b, t) => {
      machine.registers.set(TARGET, everyDoubleword(t));
      execute(machine, [[mnemonic, TARGET, A, B]], everyDoubleword(a), everyDoubleword(b));
      const { bits, flags } = multiplyAdd(a, b, t, 0, how);
      expect([machine.registers.get(TARGET), machine.registers.fpscr]).toEqual([everyDoubleword(bits), everySlice(flags)]);
    }), { numRuns: 1000 });
  });

  it.each<[SpuLine, (a: bigint, b: bigint) => Rounded]>([
    [['dfa', TARGET, A, B], (a, b) => add(a, b, 0)],
    [['dfs', TARGET, A, B], (a, b) => add(a, b, 0, true)],
    [['dfm', TARGET, A, B], (a, b) => multiply(a, b, 0)],
    [['fesd', TARGET, A], (a) => fromSingle(a >> 32n)],
    [['frds', TARGET, A], (a) => {
      const { bits, flags } = toSingle(a, 0);
      return { bits: bits << 32n, flags };
    }],
  ])('%s in the host agrees with whole numbers', (line, compute) => {
    fc.assert(fc.property(double, double, (a, b) => {
      execute(machine, [line], everyDoubleword(a), everyDoubleword(b));
      const { bits, flags } = compute(a, b);
      expect([machine.registers.get(TARGET), machine.registers.fpscr]).toEqual([everyDoubleword(bits), everySlice(flags)]);
    }), { numRuns: 1000 });
  });

  it('multiplies and adds without a second rounding', () => {
    // (1 + 2^-52)^2 - (1 + 2^-51) = 2^-104.
    machine.registers.set(TARGET, everyDoubleword(0xbff0_0000_0000_0002n));
    execute(machine, [['dfma', TARGET, A, A]], everyDoubleword(0x3ff0_0000_0000_0001n));
    expect(machine.registers.get(TARGET)).toBe(everyDoubleword(0x3970_0000_0000_0000n));
    expect(machine.registers.fpscr).toBe(0n);
  });
});

describe('estimates', () => {
  const machine = new SpeMachine();
  const HALF = 0x3f00_0000;
  const ONE = 0x3f80_0000;
  /** Without the ends, where reciprocals or what they are refined with are too small or too large. */
  const positive = fc.integer({ min: 0x0200_0000, max: 0x7d00_0000 });
  const result = (register: number): number => valueOf(machine.registers.word(register, 2));

  it('frest and fi give 12 bits of the reciprocal, and one step of Newton its last place', () => {
    fc.assert(fc.property(positive, fc.boolean(), (magnitude, isNegative) => {
      const word = isNegative ? magnitude + 0x8000_0000 : magnitude;
      execute(machine, [
        ['frest', TARGET, A], ['fi', TARGET, A, TARGET], ['fnms', SECOND, TARGET, A, B], ['fma', SECOND, SECOND, TARGET, TARGET],
      ], everyWord(word), everyWord(ONE));
      expect(Math.abs(result(TARGET) * valueOf(word) - 1)).toBeLessThan(2 ** -12);
      expect(Math.abs(machine.registers.word(SECOND, 2) - bitsOf(1 / valueOf(word)))).toBeLessThanOrEqual(1);
    }), { numRuns: 1000 });
  });

  it('frsqest and fi give 12 bits of the reciprocal root of the magnitude, and a step of Newton two last places', () => {
    fc.assert(fc.property(positive, (word) => {
      execute(machine, [
        ['frsqest', TARGET, A], ['fi', TARGET, A, TARGET],
        ['fm', SECOND, TARGET, A], ['fm', 8, TARGET, B], ['fnms', SECOND, SECOND, TARGET, C], ['fma', SECOND, SECOND, 8, TARGET],
      ], everyWord(word), everyWord(HALF), everyWord(ONE));
      expect(Math.abs(result(TARGET) * Math.sqrt(valueOf(word)) - 1)).toBeLessThan(2 ** -12);
      expect(Math.abs(machine.registers.word(SECOND, 2) - bitsOf(1 / Math.sqrt(valueOf(word))))).toBeLessThanOrEqual(2);
      execute(machine, [['frsqest', SECOND, A]], everyWord(word + 0x8000_0000));
      expect(machine.registers.get(SECOND)).toBe(estimateOf(word));
    }), { numRuns: 1000 });
  });

  it.each([
    ['frest', 0x3f80_0000, 0x3f7f_fbe0], ['frest', 0xc040_0000, 0xbeaa_a9be], ['frsqest', 0x3f80_0000, 0x3f7f_fdf4], ['frsqest', 0x4000_0000, 0x3f35_0160],
  ])('%s of %i is a Cell\'s (facts 6.6)', (mnemonic, word, expected) => {
    execute(machine, [[mnemonic, TARGET, A]], everyWord(word));
    expect(machine.registers.word(TARGET, 0)).toBe(expected);
  });

  it.each([['frest', 0x8000_0000, true], ['frsqest', 0x0000_0001, false]])('%s of a zero is huge, and a division by zero', (mnemonic, word, isNegative) => {
    execute(machine, [[mnemonic, TARGET, A]], (BigInt(word) << 64n) | (everyWord(ONE) ^ (BigInt(ONE) << 64n)));
    expect(machine.registers.word(TARGET, 1) >>> 23).toBe(isNegative ? 0x1ff : 0xff);
    expect(machine.registers.fpscr).toBe(0x400n);
  });

  function estimateOf(word: number): bigint {
    execute(machine, [['frsqest', SECOND, A]], everyWord(word));
    return machine.registers.get(SECOND);
  }
});
