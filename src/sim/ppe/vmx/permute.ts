/** VMX permutes, packs, loads and stores, and the Cell's own unaligned ones (AltiVec PEM, chapter 6; CBE Handbook, section A.2): known by name. */
import type { PpcInstruction } from '../insn.ts';
import { accesses, oneSource, twoSources, vaForms, vxForms } from './forms.ts';

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
  ...vxForms('vrt', 'Copies VSCR.', { mfvscr: 1540 }),
  ...vxForms('vrb', 'Sets VSCR.', { mtvscr: 1604 }),
  ...vaForms('vrt vra vrb vrc', 'Picks bits.', { vsel: 42 }),
  ...vaForms('vrt vra vrb vrc', 'Picks bytes.', { vperm: 43 }),
  ...vaForms('vrt vra vrb shb', 'Shifts two registers left by bytes.', { vsldoi: 44 }),

  ...accesses('vrt', 'Makes the permute control of an unaligned access.', { lvsl: 6, lvsr: 38 }),
  ...accesses('vrt', 'Loads an element.', { lvebx: 7, lvehx: 39, lvewx: 71 }),
  ...accesses('vrt', 'Loads a quadword.', { lvx: 103, lvxl: 359 }),
  ...accesses('vrs', 'Stores an element.', { stvebx: 135, stvehx: 167, stvewx: 199 }),
  ...accesses('vrs', 'Stores a quadword.', { stvx: 231, stvxl: 487 }),
  ...accesses('vrt', 'Loads the bytes from an address to the end of its quadword.', { lvlx: 519, lvlxl: 775 }),
  ...accesses('vrt', 'Loads the bytes from the beginning of a quadword to an address.', { lvrx: 551, lvrxl: 807 }),
  ...accesses('vrs', 'Stores the bytes from an address to the end of its quadword.', { stvlx: 647, stvlxl: 903 }),
  ...accesses('vrs', 'Stores the bytes from the beginning of a quadword to an address.', { stvrx: 679, stvrxl: 935 }),
];
