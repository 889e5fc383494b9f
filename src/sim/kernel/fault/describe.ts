/** A fault in plain words, for whoever stops on one. Made from the record and the profile alone. */
import type { Profile } from '../profile/profile.ts';
import { signalName } from '../signal/numbers.ts';
import type { FaultRecord } from './state.ts';

export interface FaultDescription {
  /** `RETRY: write to 0x4000001000 in /dev/busy`. */
  readonly headline: string;
  /** Sentences, in the order of what happened: access, handler, core, what the kernel will do, whether the access is made again. */
  readonly sentences: readonly string[];
}

export function describeFault(record: FaultRecord, profile: Profile): FaultDescription {
  const place = record.mapping === '' ? 'where nothing is mapped' : `in ${record.mapping}`;
  const headline = `${record.outcome}: ${record.access} ${record.access === 'execute' ? 'at' : record.access === 'read' ? 'of' : 'to'} ${hex(record.ea)} ${place}`;
  const sentences = [
    accessSentence(record, place),
    attemptSentence(record),
    waitSentence(record),
    handlerSentence(record),
    coreSentence(record, profile),
    effectSentence(record),
    againSentence(record),
  ];
  return { headline, sentences: sentences.filter((sentence) => sentence !== undefined) };
}

function accessSentence(record: FaultRecord, place: string): string {
  const verb = { read: 'read', write: 'wrote to', execute: 'executed' }[record.access];
  const address = hex(record.ea);
  switch (record.origin) {
    case 'ppe':
      return record.access === 'execute'
        ? `Task ${String(record.task)} went on to the instruction at ${address}, ${place}.`
        : `The instruction at ${hex(record.pc)} of task ${String(record.task)} ${verb} ${address}, ${place}.`;
    case 'mfc':
      return `The MFC of SPE ${String(record.spe)} ${verb} ${address}, ${place}, for the ${commandText(record)} of context ${record.context ?? ''}, at ${hex(record.pc)} of its SPU program.`;
    case 'kernel':
      return `The kernel ${verb} ${address}, ${place}, on behalf of task ${String(record.task)} at ${hex(record.pc)}.`;
  }
}

function commandText({ command, tag }: FaultRecord): string {
  return command === undefined ? 'DMA' : `${command} with tag ${String(tag)}`;
}

function attemptSentence({ attempt, retryOf }: FaultRecord): string | undefined {
  if (retryOf === undefined) return undefined;
  return `This is attempt ${String(attempt)} of the same access; fault ${String(retryOf)} was the one before.`;
}

function waitSentence({ waited, interruptedBy }: FaultRecord): string | undefined {
  if (interruptedBy !== undefined) return `It waited ${String(waited)} cycles, until ${signalName(interruptedBy)} ended the wait.`;
  return waited > 0 ? `It waited ${String(waited)} cycles.` : undefined;
}

function handlerSentence({ handler, handlerAnswer, effect, coreAnswer, mapping }: FaultRecord): string {
  if (coreAnswer === undefined) {
    return mapping === '' ? 'No handler was asked, since no mapping holds the address.' : 'No handler was asked, since the mapping does not allow the access.';
  }
  switch (handlerAnswer) {
    case 'none':
      return handler === 'anonymous'
        ? 'Anonymous memory has no handler: the core served the fault itself.'
        : `The page was there already: ${handler} was not asked, the core served the fault itself.`;
    case 'page':
      return `${handler} gave the core a page.`;
    case 'NOPAGE_SIGBUS':
    case 'NOPFN_SIGBUS':
    case 'VM_FAULT_SIGBUS':
      return `${handler} answered ${handlerAnswer}: there is no page for this address.`;
    case 'NOPAGE_OOM':
    case 'NOPFN_OOM':
    case 'VM_FAULT_OOM':
      return `${handler} answered ${handlerAnswer}: there is no memory for the page.`;
    case 'NOPAGE_RETRY':
    case 'NOPAGE_REFAULT':
    case 'NOPFN_REFAULT':
    case 'VM_FAULT_NOPAGE':
      return effect.pte === 'handler'
        ? `${handler} set the PTE itself and answered ${handlerAnswer}: make the access again.`
        : `${handler} answered ${handlerAnswer} without setting a PTE: make the access again.`;
  }
}

function coreSentence({ coreAnswer, outcome }: FaultRecord, { name }: Profile): string | undefined {
  if (coreAnswer === undefined) return undefined;
  const said = `The core of Linux ${name} said ${coreAnswer.name} (${String(coreAnswer.value)})`;
  return outcome === 'RETRY' ? `${said}: it has no answer of its own for RETRY.` : `${said}.`;
}

function effectSentence({ effect, origin, outcome }: FaultRecord): string | undefined {
  const { signal, killed } = effect;
  if (signal) return `The kernel will send ${signalName(signal.number)} with si_code ${String(signal.code)} and si_addr ${hex(signal.address)}.`;
  if (killed === 'thread') return 'The kernel will kill this thread with SIGKILL.';
  if (killed === 'group') return 'The kernel will kill the whole program with SIGKILL.';
  if (origin === 'kernel' && outcome !== 'MINOR' && outcome !== 'MAJOR' && outcome !== 'RETRY') return 'The kernel will give up its access: a system call then answers EFAULT, or what it has done so far.';
  if (effect.pte === 'core') return 'The core has installed the page.';
  return undefined;
}

function againSentence({ effect, origin, outcome }: FaultRecord): string {
  const what = origin === 'ppe' ? 'The instruction' : origin === 'mfc' ? 'The DMA' : 'The kernel\'s access';
  if (effect.killed) return `${what} will not run again.`;
  if (effect.signal) return `${what} will run again only if a handler for the signal returns to it.`;
  switch (outcome) {
    case 'RETRY':
      return effect.pte === 'handler'
        ? `${what} will run again and find the page.`
        : `${what} will run again, after any pending signal, and fault again unless something has changed.`;
    case 'MINOR':
    case 'MAJOR':
      return `${what} will run again and find the page.`;
    default:
      return `${what} will not run again.`;
  }
}

function hex(value: number | bigint): string {
  return `0x${value.toString(16)}`;
}
