/** Which choices of a profile a launch configuration may override, and with what. */
import type { Profile } from './profile.ts';

type Values = readonly string[] | readonly number[] | 'boolean' | 'bytes';

/** Choices that can be overridden, with the values that they take. */
export const CHOICES = {
  fileHandler: ['nopage', 'fault'],
  spufsHandler: ['nopage', 'nopfn', 'fault'],
  nopageRetry: 'boolean',
  retryFolded: 'boolean',
  nopfnRefault: 'boolean',
  interruptedWait: ['sigbus', 'retry'],
  interruptedRetry: ['unlimited', 'once', 'signal-bounded', 'mm-sequence'],
  pageCacheRetry: ['never', 'unlimited', 'once', 'signal-bounded', 'mm-sequence'],
  retriedCounts: ['min_flt', 'maj_flt'],
  deadContext: ['sigbus', 'retry', 'wait'],
  faultActivates: 'boolean',
  speWaitHoldsMmapSem: 'boolean',
  activationLooksAgain: 'boolean',
  fatalSignal: ['ignored', 'sigbus'],
  badDma: ['sigbus', 'sigbus-address', 'sigsegv'],
  spufsMappingsAreIo: 'boolean',
  savedMemCached: 'boolean',
  oomKills: ['thread', 'group'],
  speStackGrowth: 'boolean',
  stopBeatsSignal: 'boolean',
  spuBreakpointTraps: 'boolean',
  dmaAlignmentCode: 'boolean',
  gupReschedules: 'boolean',
  gupStopsForOom: 'boolean',
  psMapLimit: 'bytes',
  memBounded: 'boolean',
  scheduler: ['reaper', 'none', 'rr', 'timeslice', 'async'],
  hz: [100, 250, 1000],
  stateLock: ['semaphore', 'mutex', 'interruptible'],
  runReports: ['status', 'events'],
  storageEvent: ['invalidDma', 'dataStorage'],
  mailboxTransfer: ['one', 'many'],
  signalRead: ['register', 'pending'],
  registerText: ['bare', 'prefixed'],
  controlText: 'boolean',
  fileSizes: 'boolean',
  savedResumes: 'boolean',
  faultHoldsContext: 'boolean',
} as const satisfies Partial<Record<keyof Profile, Values>>;

export type ChoiceName = keyof typeof CHOICES;

export function isChoice(name: string): name is ChoiceName {
  return Object.hasOwn(CHOICES, name);
}

/** Whether a value fits a choice. */
export function fits(name: ChoiceName, value: unknown): boolean {
  const values: Values = CHOICES[name];
  if (values === 'boolean') return typeof value === 'boolean';
  if (values === 'bytes') return typeof value === 'number' && Number.isInteger(value) && value > 0 && value % 4096 === 0;
  return values.some((known: string | number) => known === value);
}

/** `"sigbus" or "retry"`, for messages. */
export function valuesText(name: ChoiceName): string {
  const values: Values = CHOICES[name];
  if (values === 'boolean') return 'true or false';
  if (values === 'bytes') return 'a number of bytes, a multiple of 4096';
  return values.map((value) => JSON.stringify(value)).join(' or ');
}
