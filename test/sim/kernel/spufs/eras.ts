/** Kernels of the story as far as spufs is concerned: their own choices on the paths of the first (facts 3, 4). */
import { profileOf } from '../../../../src/sim/kernel/profile/lookup.ts';
import type { Profile } from '../../../../src/sim/kernel/profile/profile.ts';
import {
  SPUFS_2_6_18, SPUFS_2_6_19, SPUFS_2_6_21, SPUFS_2_6_23, SPUFS_2_6_25, SPUFS_2_6_27,
} from '../../../../src/sim/kernel/profile/spufsEras.ts';

const CHOICES = {
  '2.6.18': SPUFS_2_6_18, '2.6.19': SPUFS_2_6_19, '2.6.21': SPUFS_2_6_21, '2.6.23': SPUFS_2_6_23, '2.6.25': SPUFS_2_6_25, '2.6.27': SPUFS_2_6_27,
} as const;

export type Era = keyof typeof CHOICES;
export const ERAS: readonly Era[] = ['2.6.18', '2.6.19', '2.6.21', '2.6.23', '2.6.25', '2.6.27'];

export function era(name: Era): Profile {
  return { ...profileOf('2.6.18'), ...CHOICES[name], name, release: name };
}
