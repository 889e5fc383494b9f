/** What each choice is about, where it was read, and how sure it is: for docs/kernels.md and whoever else shows profiles. */
import type { Profile } from './profile.ts';

/** How a value is known that was not read in the sources of that kernel. */
export type Doubt = 'inferred' | 'from memory';

export interface ChoiceNote {
  readonly about: string;
  /** Sections of docs/facts.md. */
  readonly source: string;
  /** Kernels, by name, whose value is not certain. */
  readonly doubts?: Readonly<Record<string, Doubt>>;
  /** A sentence more. */
  readonly remark?: string;
}

export type NotedChoice = Exclude<keyof Profile, 'name' | 'cost'>;

const FROM_2_6_23: Readonly<Record<string, Doubt>> = { '2.6.23': 'from memory', '2.6.25': 'from memory', '2.6.27': 'from memory', '2.6.30': 'from memory' };
/** What was read in trees of 2.6.30 and 2.6.32 only; the commit was not found. */
const FIRST_SEEN_LATER: Readonly<Record<string, Doubt>> = { '2.6.30': 'inferred' };

/** A new field of the profile needs its line here. */
export const CHOICE_NOTES: Readonly<Record<NotedChoice, ChoiceNote>> = {
  release: { about: 'release that `uname` reports', source: '0' },
  vmFault: { about: 'numbers of `VM_FAULT_*`: an enumeration, or flags', source: '1.3', remark: 'Where they are flags VM_FAULT_WRITE is not stripped from the answer (from memory).' },
  handlerKinds: { about: 'kinds of handlers that the core asks, in this order', source: '1.3, 2.3' },
  fileHandler: { about: 'kind of the handlers of files, devices and the vDSO', source: '1.3, 2.3', doubts: FROM_2_6_23 },
  spufsHandler: { about: 'kind of the handlers of spufs; all but `nopage` install the PTE themselves', source: '1.2, 3.5' },
  nopageRetry: { about: '`do_no_page` knows an answer for "again"', source: '1.2, 2.3' },
  retryFolded: { about: '`do_no_page` makes MINOR of it; else it goes on as VM_FAULT_RETRY, which is a BUG() in `do_page_fault`', source: '1.1, 8.16', remark: 'No kernel hands it on; a choice to see why.' },
  retryName: { about: 'name of that answer; no handler of 2.6.19 to 2.6.22 gives it but those of scripted devices', source: '1.2' },
  nopfnRefault: { about: '`do_no_pfn` knows `NOPFN_REFAULT`', source: '1.2, 1.3' },
  interruptedWait: { about: 'answer for a wait for an SPE that a signal ended', source: '3.5' },
  interruptedRetry: { about: 'how often that answer may be "again"', source: '1.1, 8.17' },
  pageCacheRetry: { about: 'whether a fault lets `mmap_sem` go while it waits for the disk, and is taken again', source: '1.1, 8.17' },
  retriedCounts: { about: 'what is counted for a fault that was taken again', source: '1.1, 8.14' },
  deadContext: { about: 'what a touch of registers gets whose context has no owner', source: '3.5', doubts: { '2.6.25': 'inferred', '2.6.27': 'inferred', '2.6.30': 'inferred' } },
  faultActivates: { about: 'a touch of registers gets their context an SPE', source: '3.5' },
  speWaitHoldsMmapSem: { about: '`mmap_sem` is held while a touch of registers waits', source: '3.5, 8.5' },
  activationLooksAgain: { about: 'whoever has waited for an SPE looks whether the context has got one meanwhile', source: '4.1, 8.11', doubts: { '2.6.18': 'inferred', '2.6.18-retry': 'inferred' } },
  fatalSignal: { about: 'what a touch of registers gets a task that is to die', source: '3.5', doubts: FIRST_SEEN_LATER },
  badDma: { about: 'signal for a DMA to a bad address', source: '5.2' },
  spufsMappingsAreIo: { about: 'mappings of spufs are VM_IO: `get_user_pages` and futexes refuse them', source: '2.4' },
  savedMemCached: { about: 'the local store of a saved context is mapped cacheable', source: '3.3, 3.4' },
  oomKills: { about: 'who is killed where no memory is left', source: '2.2' },
  speStackGrowth: { about: 'a stack grows for an SPE\'s DMA', source: '5.2' },
  stopBeatsSignal: { about: '`spu_run` reports a stop although a signal is pending', source: '3.7' },
  spuBreakpointTraps: { about: 'a stop with 0x3fff is a SIGTRAP', source: '3.7' },
  dmaAlignmentCode: { about: 'SIGBUS for a misaligned DMA says BUS_ADRALN', source: '5.1' },
  gupReschedules: { about: '`get_user_pages` lets others run between two tries', source: '2.4' },
  gupStopsForOom: { about: '`get_user_pages` gives up for a process that the OOM killer has chosen', source: '2.4' },
  psMapLimit: { about: 'bytes of a register file that can be mapped', source: '3.3' },
  memBounded: { about: 'mappings of `mem` end with the local store', source: '3.3' },
  unmappedAtSwitch: { about: 'files that lose their pages when the context moves', source: '3.6' },
  spuFiles: { about: 'files of a context', source: '3.2' },
  rawIoFiles: { about: 'files that only CAP_SYS_RAWIO may map', source: '3.3' },
  scheduler: { about: 'scheduler of SPEs', source: '4' },
  hz: { about: 'timer interrupts a second, for time slices', source: '4.4, 6.5' },
  stateLock: { about: 'what locks the state of a context', source: '3.1' },
  spuCreateFlags: { about: 'flags that `spu_create` knows', source: '3.1' },
  runReports: { about: 'what the third argument of `spu_run` receives', source: '3.7' },
  storageEvent: { about: 'event for a page fault of a DMA that cannot be served', source: '5.2' },
  mailboxTransfer: { about: 'words that a call moves through a mailbox file', source: '3.2' },
  signalRead: { about: 'what reading `signal1` and `signal2` gives', source: '3.2' },
  registerText: { about: 'numbers in text files: `ff`, or `0xff`', source: '3.2', doubts: { '2.6.23': 'inferred' } },
  controlText: { about: '`cntl` can be read and written', source: '3.2' },
  fileSizes: { about: '`stat` tells the sizes of files of a context', source: '3.2' },
  savedResumes: { about: 'a file that takes a context off its SPE gives it one again', source: '4.5, 4.6' },
  faultHoldsContext: { about: 'the context stays locked while a fault of its DMA is served', source: '5.3' },
};
