/** The host helper of floating-point arithmetic: does an operation and keeps FPSCR. */
import { PPE_STATE } from '../layout.ts';
import { EXCEPTIONS, FPSCR, INVALID, RESULT_SHIFT, SUMMARIES } from './fpscr.ts';
import { OPERATIONS } from './operations.ts';
import { bitLength, unpack } from './soft/number.ts';
import { DOUBLE, type Rounded, SINGLE } from './soft/round.ts';

/** FPRF of the classes (Book I, figure 33). */
const CLASS = { quietNan: 0x11, infinity: 5, normal: 4, denormal: 0x14, zero: 2 } as const;
const NEGATIVE = { infinity: 9, normal: 8, denormal: 0x18, zero: 0x12 } as const;

/** @param view The registers of the thread. (operation, frt, fra, frb, frc) → 0. */
export function floatHelper(view: DataView): (...args: number[]) => number {
  const fpr = (register: number): bigint => view.getBigUint64(PPE_STATE.fpr + register * 8, true);
  return (number = 0, frt = 0, fra = 0, frb = 0, frc = 0) => {
    const operation = OPERATIONS[number];
    if (!operation) throw new RangeError(`There is no floating-point operation ${String(number)}.`);
    const before = view.getUint32(PPE_STATE.fpscr, true);
    const result = operation.compute(fpr(fra), fpr(frb), fpr(frc), before & FPSCR.rounding);
    const isWritten = !isSuppressed(before, result.raised);
    if (isWritten) view.setBigUint64(PPE_STATE.fpr + frt * 8, result.bits, true);
    const keepsClass = operation.isInteger || !isWritten;
    view.setInt32(PPE_STATE.fpscr, statusAfter(before, result, keepsClass ? undefined : classOf(result.bits, operation.isSingle)), true);
    return 0;
  };
}

/** An enabled invalid operation or division by zero leaves the target as it was. */
function isSuppressed(fpscr: number, raised: number): boolean {
  return ((raised & INVALID) !== 0 && (fpscr & FPSCR.enableInvalid) !== 0) || ((raised & FPSCR.zeroDivide) !== 0 && (fpscr & FPSCR.enableZeroDivide) !== 0);
}

function statusAfter(before: number, { how, raised }: Rounded, resultClass: number | undefined): number {
  let status = (before & ~(FPSCR.roundedUp | FPSCR.fractionInexact | SUMMARIES)) | how | raised;
  if ((raised & EXCEPTIONS & ~before) !== 0) status |= FPSCR.fx;
  if (resultClass !== undefined) status = (status & ~FPSCR.result) | (resultClass << RESULT_SHIFT);
  if ((status & INVALID) !== 0) status |= FPSCR.vx;
  // VX, OX, UX, ZX, XX and their enables stand in the same order.
  if (((status >>> 25) & (status >>> 3) & 31) !== 0) status |= FPSCR.fex;
  return status;
}

function classOf(bits: bigint, isSingle: boolean): number {
  const { kind, negative, mantissa, exponent } = unpack(bits);
  if (kind === 'nan') return CLASS.quietNan;
  const { smallest } = isSingle ? SINGLE : DOUBLE;
  const name = kind !== 'finite' ? kind : exponent + bitLength(mantissa) - 1 < smallest ? 'denormal' : 'normal';
  return negative ? NEGATIVE[name] : CLASS[name];
}
