/**
 * Shifts and rotates of the whole quadword, by bytes and by up to seven bits (SPU ISA 1.2,
 * chapter 6). Counts are taken from the preferred word or the immediate.
 */
import { ri7, rr } from '../encodings.ts';
import type { SpuBuilder } from '../builder.ts';
import { insn, type SpuInstruction } from '../instruction.ts';
import { I64X2, I8X16 } from '../../engine/lanes.ts';
import { type I32, type V128, i32, v128 } from '../../engine/expr.ts';

type QuadShift = (value: V128, count: I32, b: SpuBuilder) => V128;

const OWN_LANE = Array.from({ length: 16 }, (_, lane) => lane);

/** Left by bytes: guest byte k comes from k+n, which is lane j from j-n; lanes outside become 0. */
const bytesLeft: QuadShift = (value, count) =>
  value.swizzle(v128(OWN_LANE).simd(I8X16.sub, count.and(31).splat8()));
const rotateBytes: QuadShift = (value, count) =>
  value.swizzle(v128(OWN_LANE).simd(I8X16.sub, count.splat8()).and(i32(15).splat8()));
const bytesRight: QuadShift = (value, count) =>
  value.swizzle(v128(OWN_LANE).simd(I8X16.add, count.neg().and(31).splat8()));

const LOW_HALF_UP = [16, 16, 16, 16, 16, 16, 16, 16, 0, 1, 2, 3, 4, 5, 6, 7];
const HIGH_HALF_DOWN = [8, 9, 10, 11, 12, 13, 14, 15, 16, 16, 16, 16, 16, 16, 16, 16];
const HALVES_SWAPPED = [8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7];

/** Left by 0 to 7 bits; `carriedLanes` says from where the bits come that cross a doubleword. */
const bitsLeft = (carriedLanes: readonly number[]): QuadShift => (value, count, b) => {
  const n = b.let(count.and(7));
  const carried = value.shuffle(b.zero(), carriedLanes).simd(I64X2.shrU, i32(1)).simd(I64X2.shrU, i32(63).minus(n));
  return value.simd(I64X2.shl, n).or(carried);
};
const shiftBitsLeft = bitsLeft(LOW_HALF_UP);
const rotateBits = bitsLeft(HALVES_SWAPPED);
const bitsRight: QuadShift = (value, count, b) => {
  const m = b.let(count.neg().and(7));
  const carried = value.shuffle(b.zero(), HIGH_HALF_DOWN).simd(I64X2.shl, i32(1)).simd(I64X2.shl, i32(63).minus(m));
  return value.simd(I64X2.shrU, m).or(carried);
};

const inPreferredWord = (count: I32): I32 => count;
/** Counts of bytes that are kept as counts of bits. */
const bitsToBytes = (count: I32): I32 => count.shrU(3);

function byRegister(mnemonic: string, code: number, doc: string, shift: QuadShift, count = inPreferredWord): SpuInstruction {
  return insn(mnemonic, rr(code), 'rt ra rb', doc, ({ rt, ra, rb }, b) => {
    rt.set(shift(b.let(ra), count(b.word(rb)), b));
  });
}

function byImmediate(mnemonic: string, code: number, doc: string, shift: QuadShift): SpuInstruction {
  return insn(mnemonic, ri7(code), 'rt ra i7', doc, ({ rt, ra, i7 }, b) => { rt.set(shift(b.let(ra), i7, b)); });
}

export const QUAD_SHIFT: readonly SpuInstruction[] = [
  byRegister('shlqbi', 0x1db, 'Shifts the quadword left by the low three bits of the preferred word.', shiftBitsLeft),
  byImmediate('shlqbii', 0x1fb, 'Shifts the quadword left by up to seven bits.', shiftBitsLeft),
  byRegister('shlqby', 0x1df, 'Shifts the quadword left by the low five bits of the preferred word, in bytes.', bytesLeft),
  byImmediate('shlqbyi', 0x1ff, 'Shifts the quadword left by the immediate modulo 32, in bytes.', bytesLeft),
  byRegister('shlqbybi', 0x1cf, 'Shifts the quadword left by whole bytes of a count of bits.', bytesLeft, bitsToBytes),
  byRegister('rotqby', 0x1dc, 'Rotates the quadword left by the low four bits of the preferred word, in bytes.', rotateBytes),
  byImmediate('rotqbyi', 0x1fc, 'Rotates the quadword left by the immediate modulo 16, in bytes.', rotateBytes),
  byRegister('rotqbybi', 0x1cc, 'Rotates the quadword left by whole bytes of a count of bits.', rotateBytes, bitsToBytes),
  byRegister('rotqbi', 0x1d8, 'Rotates the quadword left by the low three bits of the preferred word.', rotateBits),
  byImmediate('rotqbii', 0x1f8, 'Rotates the quadword left by up to seven bits.', rotateBits),
  byRegister('rotqmby', 0x1dd, 'Shifts the quadword right by the negated preferred word modulo 32, in bytes.', bytesRight),
  byImmediate('rotqmbyi', 0x1fd, 'Shifts the quadword right by the negated immediate modulo 32, in bytes.', bytesRight),
  byRegister('rotqmbybi', 0x1cd, 'Shifts the quadword right by whole bytes of a negated count of bits.', bytesRight, bitsToBytes),
  byRegister('rotqmbi', 0x1d9, 'Shifts the quadword right by the negated preferred word modulo 8.', bitsRight),
  byImmediate('rotqmbii', 0x1f9, 'Shifts the quadword right by the negated immediate modulo 8.', bitsRight),
];
