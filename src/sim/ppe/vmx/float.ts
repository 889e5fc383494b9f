/** VMX single precision (AltiVec PEM, chapter 6): known by name. */
import type { PpcInstruction } from '../insn.ts';
import { comparisons, oneSource, twoSources, vaForms, vxForms } from './forms.ts';

export const VMX_FLOAT: readonly PpcInstruction[] = [
  ...twoSources('Adds.', { vaddfp: 10 }),
  ...twoSources('Subtracts.', { vsubfp: 74 }),
  ...twoSources('Larger elements.', { vmaxfp: 1034 }),
  ...twoSources('Smaller elements.', { vminfp: 1098 }),
  ...vaForms('vrt vra vrc vrb', 'Multiplies and adds.', { vmaddfp: 46 }),
  ...vaForms('vrt vra vrc vrb', 'Multiplies, subtracts and negates.', { vnmsubfp: 47 }),
  ...oneSource('Estimates reciprocals.', { vrefp: 266 }),
  ...oneSource('Estimates reciprocal square roots.', { vrsqrtefp: 330 }),
  ...oneSource('Estimates powers of 2.', { vexptefp: 394 }),
  ...oneSource('Estimates logarithms to base 2.', { vlogefp: 458 }),
  ...oneSource('Rounds to integers: nearest, toward zero, up, down.', { vrfin: 522, vrfiz: 586, vrfip: 650, vrfim: 714 }),
  ...vxForms('vrt vrb uim', 'Converts from integers, divided by a power of 2.', { vcfux: 778, vcfsx: 842 }),
  ...vxForms('vrt vrb uim', 'Converts to integers, multiplied by a power of 2, saturating.', { vctuxs: 906, vctsxs: 970 }),
  ...comparisons('All ones where elements compare so', { vcmpeqfp: 198, vcmpgefp: 454, vcmpgtfp: 710 }),
  ...comparisons('Says which elements are out of bounds', { vcmpbfp: 966 }),
];
