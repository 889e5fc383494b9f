/** The kernels of the story (facts 0), each a table of choices. */
import {
  FAULT_2_6_18, FAULT_2_6_19, FAULT_2_6_21, FAULT_2_6_23, FAULT_2_6_25, FAULT_2_6_27, FAULT_2_6_30,
} from './faultEras.ts';
import type { Profile, ProfileCosts } from './profile.ts';
import {
  SPUFS_2_6_18, SPUFS_2_6_19, SPUFS_2_6_21, SPUFS_2_6_23, SPUFS_2_6_25, SPUFS_2_6_27,
} from './spufsEras.ts';

/**
 * At 79.8 million cycles a second: a step 0.25 us, entering or leaving 1 us, a disk 8 ms,
 * saving or restoring 256 KiB and registers 0.2 ms. Magnitudes of the time, not measurements.
 */
const cost: ProfileCosts = { step: 20, entry: 80, diskRead: 638_400, diskWrite: 638_400, contextSwitch: 16_000 };

const LINUX_2_6_18: Profile = { name: '2.6.18', release: '2.6.18', ...FAULT_2_6_18, ...SPUFS_2_6_18, cost };

/** 2.6.18 with the proposal applied to do_no_page and to spufs (facts 1.1, KRFC). */
const LINUX_2_6_18_RETRY: Profile = {
  ...LINUX_2_6_18,
  name: '2.6.18-retry',
  release: '2.6.18-retry',
  nopageRetry: true,
  interruptedWait: 'retry',
};

export const PROFILES: readonly Profile[] = [
  LINUX_2_6_18,
  LINUX_2_6_18_RETRY,
  { name: '2.6.19', release: '2.6.19', ...FAULT_2_6_19, ...SPUFS_2_6_19, cost },
  { name: '2.6.21', release: '2.6.21', ...FAULT_2_6_21, ...SPUFS_2_6_21, cost },
  { name: '2.6.23', release: '2.6.23', ...FAULT_2_6_23, ...SPUFS_2_6_23, cost },
  { name: '2.6.25', release: '2.6.25', ...FAULT_2_6_25, ...SPUFS_2_6_25, cost },
  { name: '2.6.27', release: '2.6.27', ...FAULT_2_6_27, ...SPUFS_2_6_27, cost },
  { name: '2.6.30', release: '2.6.30', ...FAULT_2_6_30, ...SPUFS_2_6_27, cost },
];
export const DEFAULT_PROFILE = LINUX_2_6_18_RETRY.name;
