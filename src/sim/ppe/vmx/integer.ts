/** VMX integer arithmetic, logic and shifts (AltiVec PEM, chapter 6): known by name. */
import type { PpcInstruction } from '../insn.ts';
import { comparisons, twoSources, vaForms } from './forms.ts';

export const VMX_INTEGER: readonly PpcInstruction[] = [
  ...twoSources('Adds modulo.', { vaddubm: 0, vadduhm: 64, vadduwm: 128 }),
  ...twoSources('Carries of sums.', { vaddcuw: 384 }),
  ...twoSources('Adds and saturates.', { vaddubs: 512, vadduhs: 576, vadduws: 640, vaddsbs: 768, vaddshs: 832, vaddsws: 896 }),
  ...twoSources('Subtracts modulo.', { vsububm: 1024, vsubuhm: 1088, vsubuwm: 1152 }),
  ...twoSources('Carries of differences.', { vsubcuw: 1408 }),
  ...twoSources('Subtracts and saturates.', { vsububs: 1536, vsubuhs: 1600, vsubuws: 1664, vsubsbs: 1792, vsubshs: 1856, vsubsws: 1920 }),
  ...twoSources('Multiplies even elements.', { vmuleub: 520, vmuleuh: 584, vmulesb: 776, vmulesh: 840 }),
  ...twoSources('Multiplies odd elements.', { vmuloub: 8, vmulouh: 72, vmulosb: 264, vmulosh: 328 }),
  ...twoSources('Averages, rounding up.', { vavgub: 1026, vavguh: 1090, vavguw: 1154, vavgsb: 1282, vavgsh: 1346, vavgsw: 1410 }),
  ...twoSources('Larger elements.', { vmaxub: 2, vmaxuh: 66, vmaxuw: 130, vmaxsb: 258, vmaxsh: 322, vmaxsw: 386 }),
  ...twoSources('Smaller elements.', { vminub: 514, vminuh: 578, vminuw: 642, vminsb: 770, vminsh: 834, vminsw: 898 }),
  ...twoSources('Sums across quarters, saturating.', { vsum4ubs: 1544, vsum4sbs: 1800, vsum4shs: 1608 }),
  ...twoSources('Sums across halves, saturating.', { vsum2sws: 1672 }),
  ...twoSources('Sum across all words, saturating.', { vsumsws: 1928 }),
  ...vaForms('vrt vra vrb vrc', 'Multiplies, takes the high halves and adds, saturating.', { vmhaddshs: 32 }),
  ...vaForms('vrt vra vrb vrc', 'Multiplies, takes the rounded high halves and adds, saturating.', { vmhraddshs: 33 }),
  ...vaForms('vrt vra vrb vrc', 'Multiplies and adds, low halves.', { vmladduhm: 34 }),
  ...vaForms('vrt vra vrb vrc', 'Sums products, modulo.', { vmsumubm: 36, vmsummbm: 37, vmsumuhm: 38, vmsumshm: 40 }),
  ...vaForms('vrt vra vrb vrc', 'Sums products, saturating.', { vmsumuhs: 39, vmsumshs: 41 }),

  ...twoSources('ANDs.', { vand: 1028 }),
  ...twoSources('ANDs with the complement of vrb.', { vandc: 1092 }),
  ...twoSources('ORs.', { vor: 1156 }),
  ...twoSources('XORs.', { vxor: 1220 }),
  ...twoSources('Complement of OR.', { vnor: 1284 }),
  ...twoSources('Rotates elements left.', { vrlb: 4, vrlh: 68, vrlw: 132 }),
  ...twoSources('Shifts elements left.', { vslb: 260, vslh: 324, vslw: 388 }),
  ...twoSources('Shifts elements right.', { vsrb: 516, vsrh: 580, vsrw: 644 }),
  ...twoSources('Shifts elements right and keeps their sign.', { vsrab: 772, vsrah: 836, vsraw: 900 }),
  ...twoSources('Shifts the register left by bits.', { vsl: 452 }),
  ...twoSources('Shifts the register right by bits.', { vsr: 708 }),
  ...twoSources('Shifts the register left by bytes.', { vslo: 1036 }),
  ...twoSources('Shifts the register right by bytes.', { vsro: 1100 }),

  ...comparisons('All ones where elements are equal', { vcmpequb: 6, vcmpequh: 70, vcmpequw: 134 }),
  ...comparisons('All ones where elements are greater', {
    vcmpgtub: 518, vcmpgtuh: 582, vcmpgtuw: 646, vcmpgtsb: 774, vcmpgtsh: 838, vcmpgtsw: 902,
  }),
];
