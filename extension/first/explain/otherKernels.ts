/**
 * What other kernels would have made of the same access, in the same situation. Read from the choices of
 * their profiles; that the program might not have come to that place there is for a comparison to show.
 */
import type { Profile } from '../../../src/sim/kernel/profile/profile.ts';
import type { Localizer } from './localizer.ts';
import { code, type ExplainedFault, isOwnerless, memoryOf } from './subject.ts';

export interface OtherKernel {
  readonly name: string;
  /** The outcome in a word, and a sentence about it. */
  readonly outcome: string;
  readonly text: string;
}

export function otherKernels(fault: ExplainedFault, profiles: readonly Profile[], l10n: Localizer): readonly OtherKernel[] {
  return profiles.filter(({ name }) => name !== fault.profile.name).map((profile) => ({ name: profile.name, ...elsewhere(fault, profile, l10n) }));
}

type Elsewhere = Omit<OtherKernel, 'name'>;

function elsewhere(fault: ExplainedFault, profile: Profile, l10n: Localizer): Elsewhere {
  const { row } = fault;
  const memory = memoryOf(row);
  if (row.origin === 'mfc' && row.coreAnswer === undefined) return badDma(profile, l10n);
  if (memory === 'registers') {
    if (row.interruptedBy !== undefined) return interrupted(row.interruptedBy, profile, l10n);
    if (isOwnerless(row)) return ownerless(profile, l10n);
    if (row.outcome !== 'SIGBUS') return registersGiven(profile, l10n);
  }
  if (memory === 'local store') return row.outcome === 'SIGBUS' ? beyondLocalStore(profile, l10n) : given(profile, l10n);
  if (memory === 'device' && (row.outcome === 'RETRY' || row.interruptedBy !== undefined)) return device(profile, row.interruptedBy !== undefined, l10n);
  if (row.outcome === 'OOM') return outOfMemory(profile, l10n);
  return { outcome: row.outcome, text: sameText(fault, profile, l10n) };
}

function interrupted(signal: string, profile: Profile, l10n: Localizer): Elsewhere {
  if (profile.interruptedWait === 'sigbus') {
    return { outcome: 'SIGBUS', text: l10n.t('The handler has no other answer for a wait that a signal ended.') };
  }
  if (signal === 'SIGKILL' && profile.fatalSignal === 'sigbus') {
    return { outcome: 'SIGBUS', text: l10n.t('A task that is to die is not served any more.') };
  }
  return profile.faultActivates
    ? { outcome: 'RETRY', text: l10n.t('It answers {0}: the signal is delivered, then the access is made again.', code(retryAnswer(profile))) }
    : { outcome: 'RETRY', text: l10n.t('It answers {0} too, but waits without mmap_sem, and for somebody else to get the context an SPE.', code(retryAnswer(profile))) };
}

function ownerless({ deadContext }: Profile, l10n: Localizer): Elsewhere {
  switch (deadContext) {
    case 'sigbus': return { outcome: 'SIGBUS', text: l10n.t('A context without an owner is refused.') };
    case 'retry': return { outcome: 'RETRY', text: l10n.t('It says "again" whatever the reason: the access faults for ever.') };
    case 'wait': return { outcome: 'RETRY', text: l10n.t('It waits for an SPE that never comes; only a signal ends that, and then the access faults again.') };
  }
}

function registersGiven(profile: Profile, l10n: Localizer): Elsewhere {
  if (profile.faultActivates) return given(profile, l10n);
  return { outcome: 'RETRY', text: l10n.t('The handler gives the registers of a context that is on an SPE. One that is not has to wait until somebody runs it: that takes two faults.') };
}

function given(profile: Profile, l10n: Localizer): Elsewhere {
  return profile.spufsHandler === 'nopage'
    ? { outcome: 'MINOR', text: l10n.t('The handler gives the core a page to install.') }
    : { outcome: 'RETRY', text: l10n.t('The handler installs the page-table entry itself and answers {0}.', code(retryAnswer(profile))) };
}

function beyondLocalStore({ memBounded }: Profile, l10n: Localizer): Elsewhere {
  return memBounded
    ? { outcome: 'SIGBUS', text: l10n.t('The mapping ends with the local store.') }
    : { outcome: 'MINOR', text: l10n.t('Nothing bounds the mapping: the program gets whatever memory follows.') };
}

function device(profile: Profile, wasInterrupted: boolean, l10n: Localizer): Elsewhere {
  const knows = profile.fileHandler === 'fault' || profile.nopageRetry;
  if (!knows) return { outcome: 'SIGBUS', text: l10n.t('Its core knows no answer for "again", so the driver has to refuse.') };
  if (wasInterrupted && profile.interruptedWait === 'sigbus') return { outcome: 'SIGBUS', text: l10n.t('The handler has no other answer for a wait that a signal ended.') };
  return { outcome: 'RETRY', text: l10n.t('The driver answers {0}.', code(profile.fileHandler === 'fault' ? 'VM_FAULT_NOPAGE' : profile.retryName)) };
}

function badDma({ badDma: choice }: Profile, l10n: Localizer): Elsewhere {
  switch (choice) {
    case 'sigbus': return { outcome: 'SIGBUS', text: l10n.t('The thread gets SIGBUS, without the address.') };
    case 'sigbus-address': return { outcome: 'SIGBUS', text: l10n.t('The thread gets SIGBUS, with the address.') };
    case 'sigsegv': return { outcome: 'SIGSEGV', text: l10n.t('The thread gets SIGSEGV, and the DMA is started again.') };
  }
}

function outOfMemory({ oomKills }: Profile, l10n: Localizer): Elsewhere {
  return oomKills === 'thread'
    ? { outcome: 'OOM', text: l10n.t('It kills the thread alone.') }
    : { outcome: 'OOM', text: l10n.t('It kills the whole program.') };
}

function sameText({ row, profile: here }: ExplainedFault, profile: Profile, l10n: Localizer): string {
  if (row.coreAnswer === undefined || here.vmFault.form === profile.vmFault.form) return l10n.t('The same.');
  return profile.vmFault.form === 'flags'
    ? l10n.t('The same, but answers of the core are flags: MINOR is the absence of all.')
    : l10n.t('The same, but answers of the core are an enumeration: MINOR is 2.');
}

function retryAnswer({ spufsHandler, retryName }: Pick<Profile, 'spufsHandler' | 'retryName'>): string {
  switch (spufsHandler) {
    case 'nopage': return retryName;
    case 'nopfn': return 'NOPFN_REFAULT';
    case 'fault': return 'VM_FAULT_NOPAGE';
  }
}
