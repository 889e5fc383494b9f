/** Arithmetic of singles (SPU ISA 1.2, chapter 9): one truncation toward zero of the exact result. */
import type { SpuBuilder } from '../../builder.ts';
import { rr, rrr } from '../../encodings.ts';
import { insn, type SpuInstruction } from '../../instruction.ts';
import { F64X2 } from '../../../engine/lanes.ts';
import type { V128 } from '../../../engine/expr.ts';
import { addTowardZero, each, narrow, raiseFlags, SIGN, singles, type Wide, widen, words } from './lanes.ts';

const negated = (value: V128): V128 => value.xor(words(SIGN));

/** Does an operation on doubles that are the operands; its result is cut. */
function compute(b: SpuBuilder, operands: readonly V128[], operation: (...wides: readonly Wide[]) => Wide): V128 {
  const { values, differ } = singles(b, ...operands);
  const result = narrow(b, operation(...values.map((value) => widen(b, value))));
  raiseFlags(b, result, differ);
  return result.value;
}

function sum(b: SpuBuilder, x: V128, y: V128): V128 {
  return compute(b, [x, y], (...wides) => each((p, q) => addTowardZero(b, p, q), ...wides));
}

/** x * y + z. */
function productSum(b: SpuBuilder, x: V128, y: V128, z: V128): V128 {
  return compute(b, [x, y, z], (...wides) => each((p, q, r) => addTowardZero(b, b.let(p.simd(F64X2.mul, q)), r), ...wides));
}

export const SINGLE: readonly SpuInstruction[] = [
  insn('fa', rr(0x2c4), 'rt ra rb', 'Adds singles.', ({ rt, ra, rb }, b) => { rt.set(sum(b, ra, rb)); }),
  insn('fs', rr(0x2c5), 'rt ra rb', 'Subtracts singles of rb from singles of ra.', ({ rt, ra, rb }, b) => { rt.set(sum(b, ra, negated(rb))); }),
  insn('fm', rr(0x2c6), 'rt ra rb', 'Multiplies singles.', ({ rt, ra, rb }, b) => {
    rt.set(compute(b, [ra, rb], (...wides) => each((p, q) => b.let(p.simd(F64X2.mul, q)), ...wides)));
  }),
  insn('fma', rrr(0x700), 'rtOfFour ra rb rc', 'Multiplies singles and adds rc.', ({ rtOfFour, ra, rb, rc }, b) => {
    rtOfFour.set(productSum(b, ra, rb, rc));
  }),
  insn('fms', rrr(0x780), 'rtOfFour ra rb rc', 'Multiplies singles and subtracts rc.', ({ rtOfFour, ra, rb, rc }, b) => {
    rtOfFour.set(productSum(b, ra, rb, negated(rc)));
  }),
  insn('fnms', rrr(0x680), 'rtOfFour ra rb rc', 'Subtracts the product of singles from rc.', ({ rtOfFour, ra, rb, rc }, b) => {
    rtOfFour.set(productSum(b, negated(ra), rb, rc));
  }),
];
