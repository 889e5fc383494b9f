/** What the paths of a page fault are in each kernel: the choices that changed (facts 1.3, 2, 3.5, 5.2). */
import type { FaultNumbers, Profile } from './profile.ts';

const NUMBERS: FaultNumbers = { form: 'enumeration', oom: 0x00, sigbus: 0x01, minor: 0x02, major: 0x03, write: 0x10, retry: 0x04 };
const FLAGS: FaultNumbers = { form: 'flags', oom: 0x0001, sigbus: 0x0002, minor: 0, major: 0x0004, write: 0x0008, nopage: 0x0100 };

type Fault = Pick<Profile,
  | 'vmFault' | 'handlerKinds' | 'fileHandler' | 'spufsHandler' | 'nopageRetry' | 'retryFolded' | 'retryName' | 'nopfnRefault' | 'interruptedWait' | 'interruptedRetry'
  | 'pageCacheRetry' | 'retriedCounts' | 'deadContext' | 'faultActivates' | 'speWaitHoldsMmapSem' | 'activationLooksAgain' | 'fatalSignal' | 'badDma' | 'spufsMappingsAreIo'
  | 'savedMemCached' | 'oomKills' | 'speStackGrowth' | 'stopBeatsSignal' | 'spuBreakpointTraps' | 'dmaAlignmentCode' | 'gupReschedules' | 'gupStopsForOom' | 'memBounded'>;

export const FAULT_2_6_18: Fault = {
  vmFault: NUMBERS,
  handlerKinds: ['nopage'],
  fileHandler: 'nopage',
  spufsHandler: 'nopage',
  nopageRetry: false,
  retryFolded: true,
  retryName: 'NOPAGE_RETRY',
  nopfnRefault: false,
  interruptedWait: 'sigbus',
  interruptedRetry: 'unlimited',
  pageCacheRetry: 'never',
  retriedCounts: 'min_flt',
  deadContext: 'sigbus',
  faultActivates: true,
  speWaitHoldsMmapSem: true,
  activationLooksAgain: false,
  fatalSignal: 'ignored',
  badDma: 'sigbus',
  spufsMappingsAreIo: false,
  savedMemCached: false,
  oomKills: 'thread',
  speStackGrowth: false,
  stopBeatsSignal: false,
  spuBreakpointTraps: false,
  dmaAlignmentCode: false,
  gupReschedules: false,
  gupStopsForOom: false,
  memBounded: false,
};

/** The core of 2.6.19 knows NOPAGE_REFAULT, and nobody in it ever answers so (facts 1.2). */
export const FAULT_2_6_19: Fault = {
  ...FAULT_2_6_18,
  handlerKinds: ['nopage', 'nopfn'],
  activationLooksAgain: true,
  nopageRetry: true,
  retryName: 'NOPAGE_REFAULT',
  savedMemCached: true,
  gupReschedules: true,
};

export const FAULT_2_6_21: Fault = {
  ...FAULT_2_6_19,
  spufsHandler: 'nopfn',
  nopfnRefault: true,
  interruptedWait: 'retry',
  deadContext: 'retry',
  spufsMappingsAreIo: true,
  stopBeatsSignal: true,
  spuBreakpointTraps: true,
  memBounded: true,
};

export const FAULT_2_6_23: Fault = {
  ...FAULT_2_6_21,
  vmFault: FLAGS,
  handlerKinds: ['fault', 'nopage', 'nopfn'],
  gupStopsForOom: true,
  fileHandler: 'fault',
  nopageRetry: false,
  badDma: 'sigbus-address',
  oomKills: 'group',
  speStackGrowth: true,
  dmaAlignmentCode: true,
};

export const FAULT_2_6_25: Fault = {
  ...FAULT_2_6_23,
  deadContext: 'wait',
  faultActivates: false,
  speWaitHoldsMmapSem: false,
  badDma: 'sigsegv',
};

export const FAULT_2_6_27: Fault = { ...FAULT_2_6_25, handlerKinds: ['fault'], spufsHandler: 'fault', nopfnRefault: false };

export const FAULT_2_6_30: Fault = { ...FAULT_2_6_27, fatalSignal: 'sigbus' };
