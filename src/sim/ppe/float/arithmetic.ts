/**
 * Floating-point arithmetic (Book I, section 4.6.5.1): ordinary numbers here, all else by the
 * helper, which computes exactly and keeps FPSCR.
 */
import type { F64, I64 } from '../../engine/expr.ts';
import type { PpcBuilder } from '../builder.ts';
import { a } from '../encodings.ts';
import type { PpcInstruction } from '../insn.ts';
import { floatForms, type FloatOperands, operate } from './forms.ts';
import type { ArithmeticName } from './operations.ts';
import { fusedOf, fusedOfSingles, negated, type Ordinary, productOf, quotientOf, rootOf, sumOf, toSingle } from './ordinary.ts';

const DOUBLE = 63;
const SINGLE = 59;
const SIGN = 1n << 63n;

type Compute = (b: PpcBuilder, operands: FloatOperands) => Ordinary;

/** The double form, and the one that rounds to single. */
function arithmetic(mnemonic: ArithmeticName, number: number, operands: string, doc: string, compute: Compute, ofSingles: Compute = compute): PpcInstruction[] {
  return [
    ...floatForms(mnemonic, (rc) => a(DOUBLE, number, rc), operands, doc, (o, b, record) => {
      operate(b, { name: mnemonic, record }, o.frt, compute(b, o));
    }),
    ...floatForms(`${mnemonic}s`, (rc) => a(SINGLE, number, rc), operands, `${doc}, single`, (o, b, record) => {
      operate(b, { name: `${mnemonic}s`, record }, o.frt, toSingle(b, ofSingles(b, o)));
    }),
  ];
}

type Fused = (b: PpcBuilder, x: I64, y: I64, z: I64) => Ordinary;

function fused(mnemonic: ArithmeticName, number: number, doc: string, change: (fuse: Fused) => Compute): PpcInstruction[] {
  return arithmetic(mnemonic, number, 'frt fra frc frb', doc, change(fusedOf), change(fusedOfSingles));
}

const double = (b: PpcBuilder, bits: I64): F64 => b.let(bits.asF64());
const minusB = (b: PpcBuilder, bits: I64): I64 => b.let(bits.xor(SIGN));

export const FLOAT_ARITHMETIC: readonly PpcInstruction[] = [
  ...arithmetic('fadd', 21, 'frt fra frb', 'Adds', (b, { fra, frb }) => sumOf(b, double(b, fra), double(b, frb))),
  ...arithmetic('fsub', 20, 'frt fra frb', 'Subtracts', (b, { fra, frb }) => sumOf(b, double(b, fra), b.let(frb.asF64().neg()))),
  ...arithmetic('fmul', 25, 'frt fra frc', 'Multiplies', (b, { fra, frc }) => productOf(b, b.let(fra), b.let(frc))),
  ...arithmetic('fdiv', 18, 'frt fra frb', 'Divides', (b, { fra, frb }) => quotientOf(b, b.let(fra), b.let(frb))),
  ...arithmetic('fsqrt', 22, 'frt frb', 'Square root', (b, { frb }) => rootOf(b, b.let(frb))),
  ...fused('fmadd', 29, 'Multiplies and adds', (fuse) => (b, { fra, frb, frc }) => fuse(b, b.let(fra), b.let(frc), b.let(frb))),
  ...fused('fmsub', 28, 'Multiplies and subtracts', (fuse) => (b, { fra, frb, frc }) => fuse(b, b.let(fra), b.let(frc), minusB(b, frb))),
  ...fused('fnmadd', 31, 'Multiplies, adds and negates', (fuse) => (b, { fra, frb, frc }) => negated(b, fuse(b, b.let(fra), b.let(frc), b.let(frb)))),
  ...fused('fnmsub', 30, 'Multiplies, subtracts and negates', (fuse) => (b, { fra, frb, frc }) => negated(b, fuse(b, b.let(fra), b.let(frc), minusB(b, frb)))),
];
