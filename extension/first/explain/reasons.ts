/** Why it happened: what in the kernel made it so, and which sections of the facts say more. */
import type { Localizer } from './localizer.ts';
import { asksAgain, type ExplainedFault, isOwnerless, memoryOf, wentThrough } from './subject.ts';

export interface Reason {
  readonly text: string;
  /** Sections of docs/facts.md. */
  readonly facts: readonly string[];
}

export function reasons(fault: ExplainedFault, l10n: Localizer): readonly Reason[] {
  return [outcomeReason(fault, l10n), ...originReason(fault, l10n), ...livelockReason(fault, l10n)];
}

function outcomeReason(fault: ExplainedFault, l10n: Localizer): Reason {
  switch (fault.row.outcome) {
    case 'RETRY': return retryReason(fault, l10n);
    case 'SIGBUS': return sigbusReason(fault, l10n);
    case 'OOM': return oomReason(fault, l10n);
    case 'SIGSEGV': return sigsegvReason(fault, l10n);
    case 'MINOR': return minorReason(fault, l10n);
    case 'MAJOR': return majorReason(fault, l10n);
  }
}

function retryReason({ row }: ExplainedFault, l10n: Localizer): Reason {
  if (row.interruptedBy !== undefined) {
    return {
      text: l10n.t('What was touched could not be given at once, and the wait for it may be ended by a signal. This kernel has an answer for that: nothing is installed, the signal is delivered on the way back to the program, and the same instruction is executed again. Without it the program would have been killed by a SIGBUS that it did nothing to deserve.'),
      facts: ['1.1', '3.5', '7'],
    };
  }
  if (row.pte === 'handler') {
    return {
      text: l10n.t('The handler installed the page-table entry itself, under the lock that keeps the page where it is, so the core has nothing to install. RETRY only says so; the access is made again and finds the page.'),
      facts: ['1.2', '2.3', '7'],
    };
  }
  if (isOwnerless(row)) {
    return {
      text: l10n.t('Nobody owns the context any more: its descriptor was closed while the mapping was kept. It can never have an SPE again, but this kernel does not ask why there is none, and says "again" whatever the reason.'),
      facts: ['3.5', '7', '8'],
    };
  }
  if (memoryOf(row) === 'registers') {
    return {
      text: l10n.t('The handler let go of mmap_sem while it waited for the context to be on an SPE. Mappings may have changed meanwhile, so it installs nothing: the access is made again and looks at everything anew.'),
      facts: ['3.5', '7', '8'],
    };
  }
  return {
    text: l10n.t('The handler had nothing to give and installed nothing, and no signal is pending. The access faults again until something changes.'),
    facts: ['2.3', '7'],
  };
}

function sigbusReason({ row }: ExplainedFault, l10n: Localizer): Reason {
  if (row.origin === 'mfc' && row.coreAnswer === undefined) {
    return { text: l10n.t('The DMA went to an address that the program may not use. What the thread in spu_run gets for that is a choice of the kernel.'), facts: ['5.2'] };
  }
  const memory = memoryOf(row);
  if (row.interruptedBy !== undefined) {
    return {
      text: l10n.t('Nothing was wrong with the access. What was touched could not be given at once, a signal ended the wait, and this kernel gives a handler only three answers: a page, no memory, or SIGBUS. So the handler has to lie, and the program gets a SIGBUS beside the signal.'),
      facts: ['1.1', '3.5', '7', '8'],
    };
  }
  if (isOwnerless(row)) {
    return { text: l10n.t('Nobody owns the context any more: its descriptor was closed while the mapping was kept. It can have no SPE, so there are no registers to show.'), facts: ['3.5', '7'] };
  }
  switch (memory) {
    case 'registers': return { text: l10n.t('The mapping goes on past the end of the register area, and that is where the access was.'), facts: ['3.3', '7'] };
    case 'local store': return { text: l10n.t('The mapping goes on past the 256 KiB of the local store, and that is where the access was.'), facts: ['3.3', '3.4', '7'] };
    case 'device': return { text: l10n.t('The driver of the device refused the page: its list of answers says so, or has an answer that this kernel does not know.'), facts: ['2.3', '7'] };
    case 'anonymous': return { text: l10n.t('The page could not be read back from the swap device.'), facts: ['2.3', '7'] };
    default: {
      return row.handlerAnswer === 'page' || row.handlerAnswer === 'none'
        ? { text: l10n.t('The page is there, but the driver refused the first write to it (page_mkwrite).'), facts: ['2.3', '7'] }
        : { text: l10n.t('The file has no such page: it ends before that place, or the disk could not read it.'), facts: ['2.3', '7'] };
    }
  }
}

function oomReason({ row, profile }: ExplainedFault, l10n: Localizer): Reason {
  const whom = row.killed === undefined && row.origin === 'ppe'
    ? l10n.t('Process 1 is never killed for that: it waits and tries again.')
    : profile.oomKills === 'thread'
      ? l10n.t('This kernel then kills the thread that needed the page, and only that one.')
      : l10n.t('This kernel then kills the whole program of the thread that needed the page.');
  return { text: `${l10n.t('No memory was left for the page: the machine has run out of it, or the mapping has reached its limit.')} ${whom}`, facts: ['2.2', '7'] };
}

function sigsegvReason({ row }: ExplainedFault, l10n: Localizer): Reason {
  if (memoryOf(row) === 'protected') return { text: l10n.t('What a mapping allows was said in mmap or mprotect: reading, writing, executing. This access was none of those.'), facts: ['2.2', '7'] };
  return { text: l10n.t('No mapping holds the address, and it is not close enough below a stack for that to grow.'), facts: ['2.2', '7'] };
}

function minorReason({ row }: ExplainedFault, l10n: Localizer): Reason {
  switch (memoryOf(row)) {
    case 'registers': return { text: l10n.t('The context is on an SPE, so its registers could be given: the page is the hardware itself. When the context leaves the SPE the page is taken away again.'), facts: ['3.5', '3.6', '7'] };
    case 'local store': return { text: l10n.t('The local store can always be given: that of the SPE while the context is on one, else its image in memory.'), facts: ['3.4', '7'] };
    case 'device': return { text: l10n.t('The driver of the device gave a page.'), facts: ['2.3', '7'] };
    case 'anonymous':
      if (wentThrough(row, 'do_wp_page')) return { text: l10n.t('The page was there, shared or read-only for now. The first write to it makes it, or a copy of it, the task\'s own.'), facts: ['2.3', '7'] };
      return { text: l10n.t('Memory is given only when it is touched: the mapping was a promise, and this was the first touch of the page.'), facts: ['2.3', '7'] };
    default:
      return wentThrough(row, 'do_wp_page')
        ? { text: l10n.t('The page was there, shared or read-only for now. The first write to it makes it, or a copy of it, the task\'s own.'), facts: ['2.3', '7'] }
        : { text: l10n.t('The page of the file was in memory already, and only had to be mapped.'), facts: ['2.3', '7'] };
  }
}

function majorReason({ row }: ExplainedFault, l10n: Localizer): Reason {
  return memoryOf(row) === 'anonymous'
    ? { text: l10n.t('The page was on the swap device, and the task slept until it had been read.'), facts: ['2.3', '7'] }
    : { text: l10n.t('The page of the file was not in memory, and the task slept until the disk had read it.'), facts: ['2.3', '7'] };
}

function originReason({ row }: ExplainedFault, l10n: Localizer): readonly Reason[] {
  switch (row.origin) {
    case 'ppe': return [];
    case 'mfc': return [{
      text: l10n.t('An SPE has no kernel of its own: the fault of its DMA is an interrupt to the PPE, and is served by the thread that sleeps in spu_run for the context. The SPU program goes on meanwhile, until it waits for the DMA.'),
      facts: ['5.1', '5.2'],
    }];
    case 'kernel': return [asksAgain(row)
      ? { text: l10n.t('The access was the kernel\'s own, so "again" leads back into the kernel and not to the program. A pending signal cannot be delivered there: if nothing else changes, this goes round for ever.'), facts: ['2.4', '7', '8'] }
      : { text: l10n.t('The access was the kernel\'s own: a system call that reads or writes memory of the program faults as the program would.'), facts: ['2.4'] }];
  }
}

function livelockReason({ row }: ExplainedFault, l10n: Localizer): readonly Reason[] {
  return row.livelock ? [{ text: l10n.t('Each attempt ends as the one before. Look for what would have to change: a signal, a context that gets an SPE, a driver that gives a page.'), facts: ['8'] }] : [];
}
