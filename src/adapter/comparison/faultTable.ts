/** The fault table of a run: one row a fault. */
import type { FaultPlace } from '../../sim/kernel/fault/json.ts';
import type { FaultRecord } from '../../sim/kernel/fault/state.ts';
import { coreText, effectText, handlerText, outcomeText } from './faultWords.ts';
import type { RunFaults } from './programRun.ts';
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
export function faultTable(run: Pick<RunFaults, 'faultCount' | 'faults' | 'placeOf'>): Iterable<string> {
  if (run.faultCount === 0) return ['There were no page faults.'];
  return table(COLUMNS, {
    *[Symbol.iterator]() {
      for (const record of run.faults()) yield { record, place: run.placeOf(record) };
    },
  });
}

function byText({ origin, task, context }: FaultRecord): string {
  switch (origin) {
    case 'mfc': return `mfc of ${context ?? '?'}`;
    case 'kernel': return `kernel for ${String(task)}`;
    case 'ppe': return `thread ${String(task)}`;
  }
}
