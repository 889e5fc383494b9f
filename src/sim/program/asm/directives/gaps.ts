/** Directives that leave gaps: alignment, space, origins. */
import type { Cursor } from '../cursor.ts';
import { NotYetKnown, StatementError } from '../error.ts';
import { defaultFiller } from '../filler.ts';
import { filledGap } from '../gapSize.ts';
import type { Expression, Filler } from '../object.ts';
import { currentOffset, pushGap, pushTail } from '../section.ts';
import type { AssemblyState } from '../state.ts';
import type { Directive, Directives } from './directive.ts';

const LARGEST_POWER = 20;

/** `.align` means a power of two on both processors; `fillSize` is the width of the fill value. */
function align(unit: 'power' | 'bytes', fillSize: number): Directive {
  return (state, cursor) => {
    const boundary = readBoundary(state, cursor, unit);
    let filler: Filler | undefined;
    if (cursor.take(',') && !cursor.atEnd && cursor.peek() !== ',') filler = { kind: 'value', value: BigInt(state.numberNow(cursor, 'The fill value')), size: fillSize };
    const maximum = cursor.take(',') && !cursor.atEnd ? state.numberIn(cursor, 'The largest gap', 0, 2 ** 31) : Infinity;
    state.requireAlignment(boundary);
    pushAlignment(state, boundary, maximum === 0 ? Infinity : maximum, filler ?? defaultFiller(state.section));
  };
}

function readBoundary(state: AssemblyState, cursor: Cursor, unit: 'power' | 'bytes'): number {
  if (cursor.atEnd || cursor.peek() === ',') return 1;
  if (unit === 'power') return 2 ** state.numberIn(cursor, 'The alignment, a power of two,', 0, LARGEST_POWER);
  const offset = cursor.offset;
  const bytes = state.numberIn(cursor, 'The alignment', 0, 2 ** LARGEST_POWER);
  if ((bytes & (bytes - 1)) !== 0) throw new StatementError(`The alignment is ${String(bytes)} bytes; it must be 1, 2, 4, 8 or another power of two.`, offset);
  return Math.max(bytes, 1);
}

function pushAlignment({ section, statement }: AssemblyState, boundary: number, maximum: number, filler: Filler): void {
  const offset = currentOffset(section);
  if (offset === undefined) pushTail(section, { kind: 'align', boundary, maximum, filler, statement });
  else pushGap(section, filledGap(offset, boundary, maximum, filler), filler);
}

/** `.space count[, byte]`; the count may depend on labels that come later. */
const space: Directive = (state, cursor) => {
  const { section, statement } = state;
  const offset = cursor.offset;
  const count = state.expression(cursor);
  const byte = cursor.take(',') ? state.numberIn(cursor, 'The fill value', -128, 255) : 0;
  const filler: Filler = { kind: 'value', value: BigInt(byte), size: 1 };
  const known = numberIfKnown(state, count);
  if (known === undefined) pushTail(section, { kind: 'space', count, filler, statement });
  else if (known < 0n) throw new StatementError(`The number of bytes is ${String(known)}; it must not be negative.`, offset);
  else pushGap(section, Number(known), filler);
};

/** `.fill repeat, size, value`. */
const fill: Directive = (state, cursor) => {
  const repeat = state.numberIn(cursor, 'The number of repetitions', 0, 2 ** 31);
  const size = cursor.take(',') ? state.numberIn(cursor, 'The size', 0, 8) : 1;
  const value = cursor.take(',') ? state.numberNow(cursor, 'The value') : 0;
  if (size > 0) pushGap(state.section, repeat * size, { kind: 'value', value: BigInt(value), size });
};

/** `.ds.w count`: room for numbers of a size. */
function room(size: number): Directive {
  return (state, cursor) => {
    const count = state.numberIn(cursor, 'The number of elements', 0, 2 ** 31);
    pushGap(state.section, count * size, { kind: 'value', value: 0n, size: 1 });
  };
}

const origin: Directive = (state, cursor) => {
  const target = state.expression(cursor);
  const byte = cursor.take(',') ? state.numberIn(cursor, 'The fill value', -128, 255) : 0;
  setOrigin(state, target, byte);
};

/** Moves the section's end to a place further on: `.org target` or `. = target`. */
export function setOrigin(state: AssemblyState, target: Expression, byte: number): void {
  const { section, statement } = state;
  const filler: Filler = { kind: 'value', value: BigInt(byte), size: 1 };
  const offset = currentOffset(section);
  const known = offset === undefined ? undefined : targetIfKnown(state, target);
  if (offset === undefined || known === undefined) {
    pushTail(section, { kind: 'origin', target, filler, statement });
    return;
  }
  if (known < offset) throw new StatementError(`The origin ${String(known)} lies before this place, which is ${String(offset)} bytes into the section: .org only goes forward.`);
  pushGap(section, known - offset, filler);
}

function numberIfKnown(state: AssemblyState, expression: Expression): bigint | undefined {
  return whenKnown(() => {
    const { value, section } = state.valueNow(expression);
    return section ? undefined : value;
  });
}

function targetIfKnown(state: AssemblyState, expression: Expression): number | undefined {
  return whenKnown(() => {
    const { value, section } = state.valueNow(expression);
    if (section && section !== state.section) throw new StatementError(`The origin lies in the section ${section.name}, not in this one.`);
    return Number(value);
  });
}

function whenKnown<T>(value: () => T): T | undefined {
  try {
    return value();
  } catch (error) {
    if (error instanceof NotYetKnown) return undefined;
    throw error;
  }
}

export const GAP_DIRECTIVES: Directives = {
  align: align('power', 1), p2align: align('power', 1), p2alignw: align('power', 2), p2alignl: align('power', 4),
  balign: align('bytes', 1), balignw: align('bytes', 2), balignl: align('bytes', 4),
  org: origin,
};

/** Bytes of one value, as many as are said. */
export const ROOM_DIRECTIVES: Directives = {
  space, skip: space, zero: space, fill,
  'ds.b': room(1), ds: room(2), 'ds.w': room(2), 'ds.l': room(4), 'ds.s': room(4), 'ds.d': room(8),
};
