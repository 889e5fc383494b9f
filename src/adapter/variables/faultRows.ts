/** The fault that a thread is stopped on, as rows: field by field as conditions name them. */
import type { FaultRecord } from '../../sim/kernel/fault/state.ts';
import { FAULT_FIELDS, faultField } from '../evaluate/faultFields.ts';
import { type Container, namedRows, numberedRows, type Row } from './container.ts';
import { formatValue, type NumberFormat, typeName } from './format.ts';

/** Fields that count something: they are decimal unless the user wants hexadecimal. */
const COUNTS: ReadonlySet<string> = new Set(['id', 'cycle', 'attempt', 'retryOf', 'task', 'spe', 'waited', 'coreValue', 'siCode']);

export function faultContainer(record: FaultRecord): Container {
  return namedRows((format) => [
    ...FAULT_FIELDS.map((name) => fieldRow(record, name, format)),
    { name: 'counters', value: record.effect.counters.join(' ') || 'none', readOnly: true },
    { name: 'trail', value: `${String(record.trail.length)} steps`, readOnly: true, children: trailContainer(record) },
  ]);
}

function fieldRow(record: FaultRecord, name: string, format: NumberFormat): Row {
  const value = faultField(record, name) ?? { kind: 'none' };
  const shown = formatValue(value, COUNTS.has(name) ? { hex: format.hex ?? false } : format);
  return { name, value: shown, type: typeName(value), evaluateName: `fault.${name}`, readOnly: true };
}

function trailContainer({ trail }: FaultRecord): Container {
  return numberedRows(trail.length, (index) => {
    const step = trail[index];
    return { name: `[${String(index)}]`, value: step ? `${step.path}:${String(step.step)}` : '', readOnly: true };
  });
}
