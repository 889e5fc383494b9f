/** What spufs and its scheduler are in each kernel: the choices of theirs that changed (facts 3, 4). */
import type { SpuFileName } from '../spufs/fileTable.ts';
import type { Profile } from './profile.ts';

const FILES_2_6_18: readonly SpuFileName[] = [
  'mem', 'regs', 'mbox', 'ibox', 'wbox', 'mbox_stat', 'ibox_stat', 'wbox_stat', 'signal1', 'signal2',
  'signal1_type', 'signal2_type', 'mss', 'mfc', 'cntl', 'npc', 'fpcr', 'decr', 'decr_status', 'spu_tag_mask',
  'event_mask', 'srr0', 'phys-id',
];
const FILES_2_6_19: readonly SpuFileName[] = [...FILES_2_6_18, 'psmap', 'object-id'];
const FILES_2_6_21: readonly SpuFileName[] = [
  ...FILES_2_6_19.filter((file) => file !== 'spu_tag_mask'), 'lslr', 'mbox_info', 'ibox_info', 'wbox_info', 'dma_info', 'proxydma_info',
];
const FILES_2_6_23: readonly SpuFileName[] = ['capabilities', ...FILES_2_6_21, 'event_status', 'tid', 'stat'];
const FILES_2_6_27: readonly SpuFileName[] = [...FILES_2_6_23, 'switch_log'];

type Spufs = Pick<Profile,
  | 'scheduler' | 'hz' | 'stateLock' | 'spuCreateFlags' | 'runReports' | 'storageEvent' | 'mailboxTransfer' | 'signalRead' | 'registerText'
  | 'controlText' | 'fileSizes' | 'savedResumes' | 'faultHoldsContext' | 'spuFiles' | 'rawIoFiles' | 'unmappedAtSwitch' | 'psMapLimit'>;

export const SPUFS_2_6_18: Spufs = {
  scheduler: 'reaper',
  hz: 250,
  stateLock: 'semaphore',
  spuCreateFlags: [],
  runReports: 'status',
  storageEvent: 'invalidDma',
  mailboxTransfer: 'one',
  signalRead: 'register',
  registerText: 'bare',
  controlText: false,
  fileSizes: false,
  savedResumes: false,
  faultHoldsContext: true,
  spuFiles: FILES_2_6_18,
  rawIoFiles: ['mss', 'mfc', 'cntl'],
  unmappedAtSwitch: ['mem', 'cntl', 'signal1', 'signal2'],
  psMapLimit: 0x4000,
};

export const SPUFS_2_6_19: Spufs = {
  ...SPUFS_2_6_18,
  scheduler: 'none',
  spuCreateFlags: ['eventsEnabled', 'gang'],
  runReports: 'events',
  mailboxTransfer: 'many',
  controlText: true,
  spuFiles: FILES_2_6_19,
  rawIoFiles: [],
  psMapLimit: 0x1000,
};

export const SPUFS_2_6_21: Spufs = {
  ...SPUFS_2_6_19,
  scheduler: 'rr',
  stateLock: 'mutex',
  spuCreateFlags: ['eventsEnabled', 'gang', 'nosched', 'isolate'],
  storageEvent: 'dataStorage',
  signalRead: 'pending',
  spuFiles: FILES_2_6_21,
  unmappedAtSwitch: ['mem', 'cntl', 'signal1', 'signal2', 'mss', 'mfc', 'psmap'],
};

/** The 0x of numbers was read in 2.6.24; when it came is not known. */
export const SPUFS_2_6_23: Spufs = {
  ...SPUFS_2_6_21,
  scheduler: 'timeslice',
  spuCreateFlags: ['eventsEnabled', 'gang', 'nosched', 'isolate', 'affinitySpu', 'affinityMem'],
  registerText: 'prefixed',
  savedResumes: true,
  faultHoldsContext: false,
  spuFiles: FILES_2_6_23,
};

export const SPUFS_2_6_25: Spufs = { ...SPUFS_2_6_23, scheduler: 'async', stateLock: 'interruptible' };

export const SPUFS_2_6_27: Spufs = { ...SPUFS_2_6_25, fileSizes: true, spuFiles: FILES_2_6_27 };
