/** What the engine computes itself, against whole-number arithmetic that the instruction vectors have checked. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FPSCR } from '../../../../src/sim/ppe/float/fpscr.ts';
import { floatHelper } from '../../../../src/sim/ppe/float/helper.ts';
import { OPERATIONS } from '../../../../src/sim/ppe/float/operations.ts';
import { PPE_STATE_BYTES } from '../../../../src/sim/ppe/layout.ts';
import { PpeRegisters } from '../../../../src/sim/ppe/registers.ts';
import { ppc } from '../../../support/ppcWords.ts';
import { PpeMachine } from '../../../support/ppeMachine.ts';

const CODE = 0x10000n;
const [T, A, B, C] = [1, 2, 3, 4];
const RUNS = 400;

const machine = new PpeMachine();
const state = new Uint8Array(PPE_STATE_BYTES);
const exact = new PpeRegisters(state);
const helper = floatHelper(new DataView(state.buffer));

/** Significands whose products and sums come to lie on, or next to, halves and powers of two. */
const fraction = fc.oneof(
  fc.bigInt({ min: 0n, max: (1n << 52n) - 1n }),
  fc.tuple(fc.nat(52), fc.integer({ min: -2, max: 2 })).map(([shift, near]) => BigInt.asUintN(52, (1n << BigInt(shift)) + BigInt(near))),
  fc.bigInt({ min: 0n, max: (1n << 23n) - 1n }).map((single) => single << 29n),
  fc.bigInt({ min: 0n, max: (1n << 24n) - 1n }).map((halfway) => halfway << 28n),
);
const exponent = fc.oneof(fc.integer({ min: 1013, max: 1033 }), fc.integer({ min: 960, max: 1086 }), fc.nat(2047), fc.constantFrom(0, 1, 2, 895, 896, 897, 898, 1150, 1151, 2045, 2046));
const double = fc.oneof(
  { weight: 12, arbitrary: fc.tuple(fc.boolean(), exponent, fraction).map(([negative, e, f]) => (negative ? 1n << 63n : 0n) | (BigInt(e) << 52n) | f) },
  { weight: 1, arbitrary: fc.constantFrom(0n, 1n << 63n) },
);
/** What cancels `a`, or nearly. */
const beside = (a: bigint, distance: number): bigint => BigInt.asUintN(64, (a ^ (1n << 63n)) + BigInt(distance));
const operands = fc.oneof(
  fc.tuple(double, double, double),
  fc.tuple(double, double, fc.integer({ min: -3, max: 3 })).map(([a, c, distance]): [bigint, bigint, bigint] => [a, beside(a, distance), c]),
  fc.tuple(double, double, fc.integer({ min: -3, max: 3 })).map(([a, c, distance]): [bigint, bigint, bigint] => [a, beside(productOf(a, c), distance), c]),
);

function productOf(a: bigint, c: bigint): bigint {
  const view = new DataView(new ArrayBuffer(8));
  const value = (bits: bigint): number => {
    view.setBigUint64(0, bits);
    return view.getFloat64(0);
  };
  view.setFloat64(0, value(a) * value(c));
  return view.getBigUint64(0);
}

function wordOf(name: string): number {
  const base = name.replace(/s$/, '');
  if (/^fn?m(?:add|sub)$/.test(base)) return ppc(name, T, A, C, B);
  if (base === 'fmul') return ppc(name, T, A, C);
  return /^f(?:add|sub|div)$/.test(base) ? ppc(name, T, A, B) : ppc(name, T, B);
}

describe('an operation on any numbers, in any state of FPSCR', () => {
  it.each(OPERATIONS.map(({ name }, number) => ({ name, number })))('$name', ({ name, number }) => {
    machine.clear();
    machine.writeWords(CODE, [wordOf(name)]);
    fc.assert(fc.property(operands, fc.constantFrom(0, 0, 0, FPSCR.inexact, 1, 2, 3, FPSCR.enableOverflow | FPSCR.enableUnderflow), ([a, b, c], status) => {
      for (const registers of [machine.registers, exact]) {
        for (const [register, bits] of [[T, 9n], [A, a], [B, b], [C, c]] as const) registers.setFpr(register, bits);
        registers.fpscr = status;
      }
      machine.registers.pc = CODE;
      machine.engine.run(1);
      helper(number, T, A, B, C);
      expect([machine.registers.fpr(T).toString(16), machine.registers.fpscr.toString(16)]).toEqual([exact.fpr(T).toString(16), exact.fpscr.toString(16)]);
    }), { numRuns: Number(process.env['REFAULT_RUNS'] ?? RUNS) });
  });
});
