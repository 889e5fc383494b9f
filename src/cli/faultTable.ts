/** The fault table of `refault run`: one row a fault. */
import { coreAnswerText } from '../sim/kernel/fault/coreAnswer.ts';
import type { FaultPlace } from '../sim/kernel/fault/json.ts';
import type { FaultRecord } from '../sim/kernel/fault/state.ts';
import { signalName } from '../sim/kernel/signal/numbers.ts';
import type { Execution } from './execution.ts';
import { type Column, table } from './table.ts';

interface Row {
  readonly record: FaultRecord;
  readonly place: FaultPlace;
}

const COLUMNS: readonly Column<Row>[] = [
  { title: '#', align: 'right', text: ({ record }) => String(record.id) },
  { title: 'cycle', align: 'right', text: ({ record }) => String(record.cycle) },
  { title: 'outcome', align: 'left', text: ({ record }) => outcomeText(record) },
  { title: 'by', align: 'left', text: ({ record }) => byText(record) },
  { title: 'access', align: 'left', text: ({ record }) => record.access },
  { title: 'address', align: 'left', text: ({ record }) => `0x${record.ea.toString(16)}` },
  { title: 'mapping', align: 'left', text: ({ record }) => record.mapping },
  { title: 'at', align: 'left', text: ({ record, place }) => place.source ?? place.symbol ?? `0x${record.pc.toString(16)}` },
  { title: 'handler said', align: 'left', text: ({ record }) => handlerText(record) },
  { title: 'core said', align: 'left', text: ({ record }) => coreText(record) },
  { title: 'waited', align: 'right', text: ({ record }) => (record.waited === 0 ? '' : String(record.waited)) },
  { title: 'effect', align: 'left', text: ({ record }) => effectText(record) },
];

/** Lines of the table of a run's faults. */
export function faultTable(run: Execution): Iterable<string> {
  if (run.faultCount === 0) return ['There were no page faults.'];
  return table(COLUMNS, {
    *[Symbol.iterator]() {
      for (const record of run.faults()) yield { record, place: run.placeOf(record) };
    },
  });
}

/** `RETRY`, or `MINOR (attempt 2)` for an access that has failed before. */
export function outcomeText({ outcome, attempt }: FaultRecord): string {
  return attempt > 1 ? `${outcome} (attempt ${String(attempt)})` : outcome;
}

/** `page`, or the name of the answer; a dash where no handler was asked. */
export function handlerText({ handlerAnswer }: FaultRecord): string {
  return handlerAnswer === 'none' ? '-' : handlerAnswer;
}

/** `VM_FAULT_MINOR = 2`. */
export function coreText({ coreAnswer }: FaultRecord): string {
  return coreAnswer ? coreAnswerText(coreAnswer) : '-';
}

/** What the fault did: a PTE, a signal, the end of a thread, and what cut its wait short. */
export function effectText({ effect, interruptedBy }: FaultRecord): string {
  const parts: string[] = [];
  if (interruptedBy !== undefined) parts.push(`wait ended by ${signalName(interruptedBy)}`);
  if (effect.signal) parts.push(`${signalName(effect.signal.number)}, si_code ${String(effect.signal.code)}`);
  if (effect.killed) parts.push(`the ${effect.killed === 'thread' ? 'thread' : 'program'} is killed`);
  if (effect.pte === 'handler') parts.push('PTE by the handler');
  if (effect.pte === 'core') parts.push('PTE by the core');
  return parts.length === 0 ? 'no PTE' : parts.join(', ');
}

function byText({ origin, task, context }: FaultRecord): string {
  switch (origin) {
    case 'mfc': return `mfc of ${context ?? '?'}`;
    case 'kernel': return `kernel for ${String(task)}`;
    case 'ppe': return `thread ${String(task)}`;
  }
}
