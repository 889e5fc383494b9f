/** Shifts of the whole register, by bytes and by up to seven bits (AltiVec PEM, chapter 6). */
import { type I32, i32, type V128 } from '../../engine/expr.ts';
import { va } from '../encodings.ts';
import { insn, type PpcInstruction } from '../insn.ts';
import { LANES, NOTHING, OWN_LANE, twoSources } from './forms.ts';
import { I64X2, I8X16 } from '../../engine/lanes.ts';

/** Guest byte k becomes byte k-n: lane j comes from j-n, and lanes beyond the register are 0. */
export const bytesLeft = (value: V128, count: I32): V128 => value.swizzle(OWN_LANE.simd(I8X16.sub, count.splat8()));
export const bytesRight = (value: V128, count: I32): V128 => value.swizzle(OWN_LANE.simd(I8X16.add, count.splat8()));

/** The count in bits is in the low seven bits of vrb: whole bytes in four of them, then bits in three. */
const byteCount = (vrb: V128): I32 => vrb.lane8U(0).shrU(3).and(15);
const bitCount = (vrb: V128): I32 => vrb.lane8U(0).and(7);

const LOW_HALF_UP = LANES.map((lane) => (lane < 8 ? 16 : lane - 8));
const HIGH_HALF_DOWN = LANES.map((lane) => (lane < 8 ? lane + 8 : 16));

export const VMX_QUAD_SHIFT: readonly PpcInstruction[] = [
  // Where the bytes of vrb hold different counts, the architecture leaves vsl and vsr undefined.
  twoSources('vsl', 452, 'Shifts the register left by up to seven bits.', (vra, vrb, b) => {
    const [value, count] = [b.let(vra), b.let(bitCount(vrb))];
    const carried = value.shuffle(NOTHING, LOW_HALF_UP).simd(I64X2.shrU, i32(1)).simd(I64X2.shrU, i32(63).minus(count));
    return value.simd(I64X2.shl, count).or(carried);
  }),
  twoSources('vsr', 708, 'Shifts the register right by up to seven bits.', (vra, vrb, b) => {
    const [value, count] = [b.let(vra), b.let(bitCount(vrb))];
    const carried = value.shuffle(NOTHING, HIGH_HALF_DOWN).simd(I64X2.shl, i32(1)).simd(I64X2.shl, i32(63).minus(count));
    return value.simd(I64X2.shrU, count).or(carried);
  }),
  twoSources('vslo', 1036, 'Shifts the register left by bytes.', (vra, vrb) => bytesLeft(vra, byteCount(vrb))),
  twoSources('vsro', 1100, 'Shifts the register right by bytes.', (vra, vrb) => bytesRight(vra, byteCount(vrb))),
  insn('vsldoi', va(44), 'vrt vra vrb shb', 'Shifts two registers left by bytes.', ({ vrt, vra, vrb, shb }) => {
    vrt.set(bytesLeft(vra, shb).or(bytesRight(vrb, i32(16).minus(shb))));
  }),
];
