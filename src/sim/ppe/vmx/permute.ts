/** VMX permutes, packs and splats (AltiVec PEM, chapter 6): known by name. VSCR can be moved. */
import { v128 } from '../../engine/expr.ts';
import { vx } from '../encodings.ts';
import { insn, type PpcInstruction } from '../insn.ts';
import { oneSource, twoSources, vaForms, vxForms } from './forms.ts';

/** NJ and SAT. */
const VSCR_BITS = 0x10001;
const NOTHING = v128(Array.from({ length: 16 }, () => 0));

export const VMX_PERMUTE: readonly PpcInstruction[] = [
  ...twoSources('Merges the high elements.', { vmrghb: 12, vmrghh: 76, vmrghw: 140 }),
  ...twoSources('Merges the low elements.', { vmrglb: 268, vmrglh: 332, vmrglw: 396 }),
  ...twoSources('Packs modulo.', { vpkuhum: 14, vpkuwum: 78 }),
  ...twoSources('Packs and saturates.', { vpkuhus: 142, vpkuwus: 206, vpkshus: 270, vpkswus: 334, vpkshss: 398, vpkswss: 462 }),
  ...twoSources('Packs pixels.', { vpkpx: 782 }),
  ...oneSource('Unpacks the high elements, extending their sign.', { vupkhsb: 526, vupkhsh: 590 }),
  ...oneSource('Unpacks the low elements, extending their sign.', { vupklsb: 654, vupklsh: 718 }),
  ...oneSource('Unpacks pixels.', { vupkhpx: 846, vupklpx: 974 }),
  ...vxForms('vrt vrb uim4', 'Copies a byte to all elements.', { vspltb: 524 }),
  ...vxForms('vrt vrb uim3', 'Copies a halfword to all elements.', { vsplth: 588 }),
  ...vxForms('vrt vrb uim2', 'Copies a word to all elements.', { vspltw: 652 }),
  ...vxForms('vrt sim', 'Sets all elements to an immediate.', { vspltisb: 780, vspltish: 844, vspltisw: 908 }),
  insn('mfvscr', vx(1540), 'vrt', 'Copies VSCR.', ({ vrt }, b) => { vrt.set(NOTHING.withLane32(0, b.vscr)); }),
  insn('mtvscr', vx(1604), 'vrb', 'Sets VSCR.', ({ vrb }, b) => { b.vscr.set(vrb.lane32(0).and(VSCR_BITS)); }),
  ...vaForms('vrt vra vrb vrc', 'Picks bits.', { vsel: 42 }),
  ...vaForms('vrt vra vrb vrc', 'Picks bytes.', { vperm: 43 }),
  ...vaForms('vrt vra vrb shb', 'Shifts two registers left by bytes.', { vsldoi: 44 }),
];
