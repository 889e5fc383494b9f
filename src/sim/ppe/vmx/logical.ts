/** Bitwise operations (AltiVec PEM, chapter 6). */
import type { PpcInstruction } from '../insn.ts';
import { threeSources, twoSources } from './forms.ts';

export const VMX_LOGICAL: readonly PpcInstruction[] = [
  twoSources('vand', 1028, 'ANDs.', (a, b) => a.and(b)),
  twoSources('vandc', 1092, 'ANDs with the complement of vrb.', (a, b) => a.andNot(b)),
  twoSources('vor', 1156, 'ORs.', (a, b) => a.or(b)),
  twoSources('vxor', 1220, 'XORs.', (a, b) => a.xor(b)),
  twoSources('vnor', 1284, 'Complement of OR.', (a, b) => a.or(b).not()),
  threeSources('vsel', 42, 'Takes bits of vrb where vrc has ones, of vra where it has zeros.', (a, b, mask) => b.bitSelect(a, mask)),
];
