/** The host helper of double precision: both slices of an operation that is not done inline. */
import { SPU_STATE } from '../layout.ts';
import type { SpuRegisters } from '../registers.ts';
import { add, fromSingle, multiply, multiplyAdd, toSingle } from './double.ts';
import type { Rounded } from './exact.ts';
import { ROUNDING } from './fpscr.ts';

type Slice = 0 | 1;
/** `t` is what the target register holds. */
type Operation = (a: bigint, b: bigint, t: bigint, mode: number) => Rounded;

const WORD_BITS = 32n;
/** Singles stand in the left word of their doubleword. */
const inLeftWord = ({ bits, flags }: Rounded): Rounded => ({ bits: bits << WORD_BITS, flags });

const COMPUTE = {
  dfa: (a, b, _, mode) => add(a, b, mode),
  dfs: (a, b, _, mode) => add(a, b, mode, true),
  dfm: (a, b, _, mode) => multiply(a, b, mode),
  dfma: (a, b, t, mode) => multiplyAdd(a, b, t, mode, { subtract: false, negate: false }),
  dfms: (a, b, t, mode) => multiplyAdd(a, b, t, mode, { subtract: true, negate: false }),
  dfnms: (a, b, t, mode) => multiplyAdd(a, b, t, mode, { subtract: true, negate: true }),
  dfnma: (a, b, t, mode) => multiplyAdd(a, b, t, mode, { subtract: false, negate: true }),
  fesd: (a) => fromSingle(a >> WORD_BITS),
  frds: (a, _b, _t, mode) => inLeftWord(toSingle(a, mode)),
} as const satisfies Readonly<Record<string, Operation>>;

export type DoubleOperation = keyof typeof COMPUTE;

const BY_NUMBER: readonly Operation[] = Object.values(COMPUTE);

/** The number by which a meaning asks for an operation. */
export function doubleOperationNumber(operation: DoubleOperation): number {
  return Object.keys(COMPUTE).indexOf(operation);
}

export function doubleHelper({ bytes }: SpuRegisters): (...args: number[]) => number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const placeOf = (register: number, slice: Slice): number => SPU_STATE.r0 + register * 16 + 8 * (1 - slice);
  return (number = 0, rt = 0, ra = 0, rb = 0) => {
    const compute = BY_NUMBER[number];
    if (!compute) throw new RangeError(`There is no double-precision operation ${String(number)}.`);
    const modes = view.getUint32(SPU_STATE.fpscr + 12, true);
    for (const slice of [0, 1] as const) {
      const operandOf = (register: number): bigint => view.getBigUint64(placeOf(register, slice), true);
      const { bits, flags } = compute(operandOf(ra), operandOf(rb), operandOf(rt), (modes >>> ROUNDING.shift[slice]) & 3);
      view.setBigUint64(placeOf(rt, slice), bits, true);
      const status = SPU_STATE.fpscr + (slice === 0 ? 8 : 4);
      view.setUint32(status, view.getUint32(status, true) | flags, true);
    }
    return 0;
  };
}
