/** The host helpers of floating point: they do an operation exactly, or compare with a NaN, and keep FPSCR. */
import { PPE_STATE } from '../layout.ts';
import { EXCEPTIONS, FPSCR, INVALID, RESULT_SHIFT, SUMMARIES } from './fpscr.ts';
import { OPERATIONS } from './operations.ts';
import { bitLength, isSignalling, unpack } from './soft/number.ts';
import { DOUBLE, type Rounded, roundingOf, SINGLE } from './soft/round.ts';

/** FPRF of the classes (Book I, figure 33). */
const CLASS = { quietNan: 0x11, infinity: 5, normal: 4, denormal: 0x14, zero: 2 } as const;
const NEGATIVE = { infinity: 9, normal: 8, denormal: 0x18, zero: 0x12 } as const;
/** FPCC and a CR field of operands that cannot be ordered. */
const UNORDERED = 1;

export type FloatHelper = (...args: number[]) => number;

/**
 * @param view The registers of the thread.
 * @returns (operation, frt, fra, frb, frc) → 1 where an enabled exception interrupts the program.
 */
export function floatHelper(view: DataView): FloatHelper {
  const fpr = (register: number): bigint => view.getBigUint64(PPE_STATE.fpr + register * 8, true);
  return (number = 0, frt = 0, fra = 0, frb = 0, frc = 0) => {
    const operation = OPERATIONS[number];
    if (!operation) throw new RangeError(`There is no floating-point operation ${String(number)}.`);
    const before = view.getUint32(PPE_STATE.fpscr, true);
    if (interrupts(view, before)) return 1;
    const result = operation.compute(fpr(fra), fpr(frb), fpr(frc), roundingOf(before));
    const isWritten = !isSuppressed(before, result.raised);
    if (isWritten) view.setBigUint64(PPE_STATE.fpr + frt * 8, result.bits, true);
    const keepsClass = operation.isInteger || !isWritten;
    const after = statusAfter(before, result, keepsClass ? undefined : classOf(result.bits, operation.isSingle));
    view.setInt32(PPE_STATE.fpscr, after, true);
    return interrupts(view, after) ? 1 : 0;
  };
}

/**
 * @param view The registers of the thread.
 * @returns (whether the comparison is an ordered one, CR field, fra, frb) → 1 where an enabled exception interrupts the program.
 */
export function unorderedHelper(view: DataView): FloatHelper {
  return (isOrdered = 0, field = 0, fra = 0, frb = 0) => {
    const before = view.getUint32(PPE_STATE.fpscr, true);
    if (interrupts(view, before)) return 1;
    const signals = [fra, frb].some((register) => isSignalling(view.getBigUint64(PPE_STATE.fpr + register * 8, true)));
    const isHandled = signals && (before & FPSCR.enableInvalid) !== 0;
    const raised = (signals ? FPSCR.signalling : 0) | (isOrdered !== 0 && !isHandled ? FPSCR.invalidCompare : 0);
    const how = before & (FPSCR.roundedUp | FPSCR.fractionInexact);
    const after = (statusAfter(before, { how, raised }, undefined) & ~FPSCR.compared) | (UNORDERED << RESULT_SHIFT);
    view.setInt32(PPE_STATE.fpscr, after, true);
    for (let bit = 0; bit < 4; bit += 1) view.setUint8(PPE_STATE.cr + field * 4 + bit, bit === 3 ? UNORDERED : 0);
    return interrupts(view, after) ? 1 : 0;
  };
}

/** Whether an enabled exception is there and the program takes floating-point interrupts. All their modes are precise here. */
function interrupts(view: DataView, fpscr: number): boolean {
  return (fpscr & FPSCR.fex) !== 0 && view.getUint8(PPE_STATE.floatInterruptMode) !== 0;
}

/** An enabled invalid operation or division by zero leaves the target as it was. */
function isSuppressed(fpscr: number, raised: number): boolean {
  return ((raised & INVALID) !== 0 && (fpscr & FPSCR.enableInvalid) !== 0) || ((raised & FPSCR.zeroDivide) !== 0 && (fpscr & FPSCR.enableZeroDivide) !== 0);
}

function statusAfter(before: number, { how, raised }: Pick<Rounded, 'how' | 'raised'>, resultClass: number | undefined): number {
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
