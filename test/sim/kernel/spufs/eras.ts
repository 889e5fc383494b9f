/** Kernels of the story as far as spufs is concerned. */
import { profileOf } from '../../../../src/sim/kernel/profile/lookup.ts';
import type { Profile } from '../../../../src/sim/kernel/profile/profile.ts';

export type Era = '2.6.18' | '2.6.19' | '2.6.21' | '2.6.23' | '2.6.25' | '2.6.27';
export const ERAS: readonly Era[] = ['2.6.18', '2.6.19', '2.6.21', '2.6.23', '2.6.25', '2.6.27'];

export function era(name: Era): Profile {
  return profileOf(name);
}
