/** The forms that differ only in what they record: one definition gives `add`, `add.`, `addo` and `addo.`. */
import type { I64Cell } from '../engine/builder.ts';
import type { I32, I64 } from '../engine/expr.ts';
import type { Encoding } from '../engine/isa.ts';
import type { PpcBuilder } from './builder.ts';
import { OE, RC, xo } from './encodings.ts';
import { insn, type Operands, type PpcInstruction } from './insn.ts';

/** What a meaning computes; all of it is evaluated before anything is written. */
export interface Result {
  readonly target: I64Cell;
  readonly value: I64;
  /** New CA, where the instruction sets it. */
  readonly carry?: I32;
}

export interface OverflowingResult extends Result {
  /** New OV. */
  readonly overflow: () => I32;
}

type Compute<S extends string, R> = (operands: Operands<S>, builder: PpcBuilder) => R;

/** The plain and the record form. */
export function recordForms<S extends string>(
  mnemonic: string,
  encoding: (record: number) => Encoding,
  operands: S,
  doc: string,
  compute: Compute<S, Result>,
): PpcInstruction[] {
  return [false, true].map((record) =>
    insn(mnemonic + dot(record), encoding(record ? RC : 0), operands, sentence(doc, false, record), (o, b) => {
      finish(b, compute(o, b), undefined, record);
    }));
}

/** The four XO forms: plain, record, overflow, both. */
export function overflowForms<S extends string>(
  mnemonic: string,
  number: number,
  operands: S,
  doc: string,
  compute: Compute<S, OverflowingResult>,
): PpcInstruction[] {
  return [false, true].flatMap((overflows) =>
    [false, true].map((record) => {
      const name = mnemonic + (overflows ? 'o' : '') + dot(record);
      const encoding = xo(number, overflows ? OE : 0, record ? RC : 0);
      return insn(name, encoding, operands, sentence(doc, overflows, record), (o, b) => {
        const result = compute(o, b);
        finish(b, result, overflows ? result.overflow : undefined, record);
      });
    }));
}

/** Writes a result, as the forms without a record bit do too. */
export function finish(b: PpcBuilder, result: Result, overflow: (() => I32) | undefined, record: boolean): void {
  const value = b.let(result.value);
  const carry = result.carry && b.let(result.carry);
  const overflowed = overflow && b.let(overflow());
  result.target.set(value);
  if (carry) b.ca.set(carry);
  if (overflowed) b.overflow(overflowed);
  if (record) b.record(value);
}

export function dot(record: boolean): string {
  return record ? '.' : '';
}

/** The documentation of a form, from that of the plain one (which has no full stop). */
export function sentence(doc: string, overflows: boolean, record: boolean, field = 'CR0'): string {
  const also = [...(overflows ? ['SO and OV'] : []), ...(record ? [field] : [])];
  return also.length === 0 ? `${doc}.` : `${doc}; sets ${also.join(' and ')}.`;
}
