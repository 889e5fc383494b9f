/** Moves of VSCR (AltiVec PEM, chapter 6). */
import { vx } from '../encodings.ts';
import { insn, type PpcInstruction } from '../insn.ts';
import { NOTHING } from './forms.ts';

/** NJ and SAT. */
const VSCR_BITS = 0x10001;

export const VMX_STATUS: readonly PpcInstruction[] = [
  insn('mfvscr', vx(1540), 'vrt', 'Copies VSCR.', ({ vrt }, b) => { vrt.set(NOTHING.withLane32(0, b.vscr)); }),
  insn('mtvscr', vx(1604), 'vrb', 'Sets VSCR.', ({ vrb }, b) => { b.vscr.set(vrb.lane32(0).and(VSCR_BITS)); }),
];
