/** The kernels, each a table of choices. What a later kernel shares with an earlier one it takes from there. */
import type { Profile } from './profile.ts';
import { SPUFS_2_6_18 } from './spufsEras.ts';

/** 2.6.18, as released (facts 1.3, 2, 3, 4.1). */
const LINUX_2_6_18: Profile = {
  name: '2.6.18',
  release: '2.6.18',
  vmFault: { oom: 0x00, sigbus: 0x01, minor: 0x02, major: 0x03, write: 0x10 },
  nopageRetry: false,
  interruptedWait: 'sigbus',
  deadContext: 'sigbus',
  oomKills: 'thread',
  speStackGrowth: false,
  stopBeatsSignal: false,
  spuBreakpointTraps: false,
  dmaAlignmentCode: false,
  gupReschedules: false,
  memBounded: false,
  ...SPUFS_2_6_18,
  // At 79.8 million cycles a second: a step 0.25 us, entering or leaving 1 us, a disk 8 ms,
  // saving or restoring 256 KiB and registers 0.2 ms. Magnitudes of the time, not measurements.
  cost: { step: 20, entry: 80, diskRead: 638_400, diskWrite: 638_400, contextSwitch: 16_000 },
};

/** 2.6.18 with the proposal applied to do_no_page and to spufs (facts 1.1, KRFC). */
const LINUX_2_6_18_RETRY: Profile = {
  ...LINUX_2_6_18,
  name: '2.6.18-retry',
  release: '2.6.18-retry',
  nopageRetry: true,
  interruptedWait: 'retry',
};

export const PROFILES: readonly Profile[] = [LINUX_2_6_18, LINUX_2_6_18_RETRY];
export const DEFAULT_PROFILE = LINUX_2_6_18_RETRY.name;
