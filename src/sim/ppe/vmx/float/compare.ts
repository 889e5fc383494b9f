/** Single-precision comparisons (AltiVec PEM, chapter 6): a NaN compares with nothing. */
import { i32 } from '../../../engine/expr.ts';
import type { PpcInstruction } from '../../insn.ts';
import { flusher } from './special.ts';
import { words } from '../forms.ts';
import { F32X4 } from '../../../engine/lanes.ts';
import { comparison } from '../order.ts';

const SIGN = words(0x8000_0000);
const ABOVE = SIGN;
const BELOW = words(0x4000_0000);

function compared(mnemonic: string, number: number, doc: string, sub: number): PpcInstruction[] {
  return comparison(mnemonic, number, doc, (vra, vrb, b) => {
    const flush = flusher(b);
    return flush(vra).simd(sub, flush(vrb));
  });
}

export const VMX_FLOAT_COMPARE: readonly PpcInstruction[] = [
  ...compared('vcmpeqfp', 198, 'All ones where elements are equal', F32X4.eq),
  ...compared('vcmpgefp', 454, 'All ones where elements of vra are greater or equal', F32X4.ge),
  ...compared('vcmpgtfp', 710, 'All ones where elements of vra are greater', F32X4.gt),
  // Its CR6 says only whether all elements are in bounds, where the others say that none compares so.
  ...comparison('vcmpbfp', 966, 'Says of elements of vra whether they are above vrb or below its negative', (vra, vrb, b) => {
    const flush = flusher(b);
    const [x, bound] = [flush(vra), flush(vrb)];
    return ABOVE.andNot(x.simd(F32X4.le, bound)).or(BELOW.andNot(x.simd(F32X4.ge, bound.xor(SIGN))));
  }, () => i32(0)),
];
