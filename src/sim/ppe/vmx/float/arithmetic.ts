/** Single-precision sums, extremes and roundings (AltiVec PEM, chapter 6). */
import { vx } from '../../encodings.ts';
import { insn, type PpcInstruction } from '../../insn.ts';
import { flusher, setResult } from './special.ts';
import { F32X4 } from '../../../engine/lanes.ts';

function arithmetic(mnemonic: string, number: number, doc: string, sub: number): PpcInstruction {
  return insn(mnemonic, vx(number), 'vrt vra vrb', doc, ({ vrt, vra, vrb }, b) => {
    const flush = flusher(b);
    const [x, y] = [flush(vra), flush(vrb)];
    setResult(b, vrt, flush(x.simd(sub, y)), x, y);
  });
}

function rounding(mnemonic: string, number: number, doc: string, sub: number): PpcInstruction {
  return insn(mnemonic, vx(number), 'vrt vrb', doc, ({ vrt, vrb }, b) => {
    const x = flusher(b)(vrb);
    setResult(b, vrt, b.let(x.simd(sub)), x);
  });
}

export const VMX_FLOAT_ARITHMETIC: readonly PpcInstruction[] = [
  arithmetic('vaddfp', 10, 'Adds.', F32X4.add),
  arithmetic('vsubfp', 74, 'Subtracts.', F32X4.sub),
  arithmetic('vmaxfp', 1034, 'Larger elements.', F32X4.max),
  arithmetic('vminfp', 1098, 'Smaller elements.', F32X4.min),
  rounding('vrfin', 522, 'Rounds to integers, to nearest.', F32X4.nearest),
  rounding('vrfiz', 586, 'Rounds to integers, toward zero.', F32X4.truncate),
  rounding('vrfip', 650, 'Rounds to integers, up.', F32X4.ceiling),
  rounding('vrfim', 714, 'Rounds to integers, down.', F32X4.floor),
];
