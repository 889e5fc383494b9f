/** What happened, in the order in which it did. */
import type { FaultRow } from '../../../src/adapter/protocol.ts';
import type { Localizer } from './localizer.ts';
import { asksAgain, code, digits, type ExplainedFault, memoryOf, wentThrough } from './subject.ts';

export function happened({ row, profile }: ExplainedFault, l10n: Localizer): readonly string[] {
  return [
    access(row, l10n),
    ...attempt(row, l10n),
    ...asked(row, l10n),
    ...waited(row, l10n),
    ...answered(row, l10n),
    ...(row.coreAnswer === undefined ? [] : [core(row, row.coreAnswer, profile.name, l10n)]),
    effect(row, l10n),
    again(row, l10n),
  ];
}

function access(row: FaultRow, l10n: Localizer): string {
  const where = row.mapping === '' ? l10n.t('{0}, where nothing is mapped', code(row.ea)) : l10n.t('{0} in {1}', code(row.ea), code(row.mapping));
  const at = place(row);
  switch (row.origin) {
    case 'ppe':
      switch (row.access) {
        case 'read': return l10n.t('Task {0} read {1}, with the instruction at {2}.', code(row.task), where, at);
        case 'write': return l10n.t('Task {0} wrote to {1}, with the instruction at {2}.', code(row.task), where, at);
        case 'execute': return l10n.t('Task {0} went on to the instruction at {1}.', code(row.task), where);
      }
      break;
    case 'mfc': {
      const context = code(row.context ?? '');
      const command = code(row.command ?? 'DMA');
      return row.access === 'write'
        ? l10n.t('The MFC of SPE {0} wrote to {1}, for the command {2} that context {3} gave at {4}.', row.spe ?? '?', where, command, context, at)
        : l10n.t('The MFC of SPE {0} read {1}, for the command {2} that context {3} gave at {4}.', row.spe ?? '?', where, command, context, at);
    }
    case 'kernel':
      return row.access === 'write'
        ? l10n.t('The kernel wrote to {0}, memory of task {1}, which is at {2}.', where, code(row.task), at)
        : l10n.t('The kernel read {0}, memory of task {1}, which is at {2}.', where, code(row.task), at);
  }
}

function place({ symbol, pc, source, line }: FaultRow): string {
  const name = code(symbol === undefined ? pc : `${pc} <${symbol}>`);
  const file = source?.name ?? source?.path?.split(/[\\/]/).at(-1);
  return file === undefined || line === undefined ? name : `${name} (${file}:${String(line)})`;
}

function attempt({ attempt: count, retryOf, livelock }: FaultRow, l10n: Localizer): readonly string[] {
  if (retryOf === undefined) return [];
  const text = l10n.t('It was attempt {0} of the same access; fault {1} was the one before.', count, retryOf);
  return [livelock ? `${text} ${l10n.t('Nothing has changed in all these attempts: this is a livelock.')}` : text];
}

function asked(row: FaultRow, l10n: Localizer): readonly string[] {
  switch (memoryOf(row)) {
    case 'nothing': return [l10n.t('The kernel looked for the mapping of the address, and there is none.')];
    case 'protected': return [l10n.t('The kernel found the mapping of the address, and it does not allow this access. No handler was asked.')];
    case 'anonymous':
      return [wentThrough(row, 'do_swap_page')
        ? l10n.t('The page had gone to the swap device, and the kernel fetched it from there.')
        : l10n.t('The memory has no file behind it, so no handler was asked: the core of the kernel sees to it.')];
    default:
      return row.handlerAnswer === 'none'
        ? [l10n.t('The page was there already and only its rights had to change, so {0} was not asked.', code(row.handler))]
        : [l10n.t('The core of the kernel asked the handler of the mapping, {0}, for the page.', code(row.handler))];
  }
}

function waited({ waited: cycles, interruptedBy }: FaultRow, l10n: Localizer): readonly string[] {
  if (interruptedBy !== undefined) {
    return [cycles === 0
      ? l10n.t('It would have had to wait, but {0} was pending already.', code(interruptedBy))
      : l10n.t('It waited {0} cycles, until {1} ended the wait.', digits(cycles), code(interruptedBy))];
  }
  return cycles === 0 ? [] : [l10n.t('It waited {0} cycles.', digits(cycles))];
}

function answered(row: FaultRow, l10n: Localizer): readonly string[] {
  const { handler, handlerAnswer, pte } = row;
  if (handlerAnswer === 'none') return [];
  if (handlerAnswer === 'page') return [l10n.t('{0} gave the core a page.', code(handler))];
  if (handlerAnswer.endsWith('SIGBUS')) return [l10n.t('{0} answered {1}: there is no page to be had.', code(handler), code(handlerAnswer))];
  if (handlerAnswer.endsWith('OOM')) return [l10n.t('{0} answered {1}: there is no memory.', code(handler), code(handlerAnswer))];
  return [pte === 'handler'
    ? l10n.t('{0} set the page-table entry itself and answered {1}: let the access be made again.', code(handler), code(handlerAnswer))
    : l10n.t('{0} answered {1} and set no page-table entry: let the access be made again.', code(handler), code(handlerAnswer))];
}

function core(row: FaultRow, answer: string, kernel: string, l10n: Localizer): string {
  return asksAgain(row)
    ? l10n.t('The core of Linux {0} made {1} of that. It has no word of its own for RETRY: to those who count faults this was an ordinary one.', kernel, code(answer))
    : l10n.t('The core of Linux {0} said {1}.', kernel, code(answer));
}

function effect({ signal, killed, pte, origin, outcome }: FaultRow, l10n: Localizer): string {
  if (signal !== undefined) return l10n.t('The kernel sent the signal {0}.', code(signal));
  if (killed === 'thread') return l10n.t('The kernel killed this thread with SIGKILL; the other threads of the program went on.');
  if (killed === 'group') return l10n.t('The kernel killed the whole program with SIGKILL.');
  if (pte === 'core') return l10n.t('The core installed the page.');
  if (pte === 'handler') return l10n.t('The page is installed.');
  if (origin === 'kernel' && outcome !== 'RETRY' && outcome !== 'MINOR' && outcome !== 'MAJOR') return l10n.t('The kernel gave up its access: a system call then answers EFAULT, or what it has done so far.');
  return l10n.t('No page was installed.');
}

function again({ origin, signal, killed, outcome }: FaultRow, l10n: Localizer): string {
  if (killed !== undefined) return l10n.t('The access is never made again.');
  if (signal !== undefined) return l10n.t('The access is made again only if a handler for that signal returns to it.');
  const served = outcome === 'RETRY' || outcome === 'MINOR' || outcome === 'MAJOR';
  if (!served) return l10n.t('The access is not made again.');
  switch (origin) {
    case 'ppe': return l10n.t('The same instruction was then executed again, after the handler of any pending signal.');
    case 'mfc': return l10n.t('The MFC then took up its command again where it stood.');
    case 'kernel': return l10n.t('The kernel then made its access again, without going back to the program in between.');
  }
}
