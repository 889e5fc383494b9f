/** Fault records as the text of a file: JSON with the members of `refault run --json`, or CSV (RFC 4180). */
import type { FaultRecordsResponse } from '../../src/adapter/protocol.ts';

export type FaultFileRecord = FaultRecordsResponse['records'][number];
type Value = FaultFileRecord[string] | undefined;

/** A file in pieces: records come a page at a time. */
export interface FaultFile {
  readonly head: string;
  piece(records: readonly FaultFileRecord[], isFirst: boolean): string;
  readonly tail: string;
}

/** Members of members are columns of their own. */
const COLUMNS = [
  'id', 'cycle', 'attempt', 'retryOf', 'origin', 'task', 'context', 'spe', 'pc', 'symbol', 'source', 'command', 'tag', 'ea', 'access', 'mapping', 'handler', 'handlerAnswer',
  'coreAnswer.name', 'coreAnswer.value', 'outcome', 'waited', 'interruptedBy', 'effect.pte', 'effect.signal.name', 'effect.signal.siCode', 'effect.signal.siAddr', 'effect.killed',
  'effect.counters', 'trail',
];
const LINE_END = '\r\n';

export function jsonFile(kernel: string): FaultFile {
  return {
    head: `{\n  "kernel": ${JSON.stringify(kernel)},\n  "faults": [`,
    piece: (records, isFirst) => records.map((record, index) => `${isFirst && index === 0 ? '' : ','}\n    ${JSON.stringify(record)}`).join(''),
    tail: '\n  ]\n}\n',
  };
}

export function csvFile(): FaultFile {
  const lineOf = (record: FaultFileRecord): string => COLUMNS.map((column) => field(memberOf(record, column.split('.')))).join(',');
  return {
    head: `${COLUMNS.join(',')}${LINE_END}`,
    piece: (records) => records.map((record) => `${lineOf(record)}${LINE_END}`).join(''),
    tail: '',
  };
}

function memberOf(value: Value, path: readonly string[]): Value {
  const [name, ...rest] = path;
  if (name === undefined) return value;
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return null;
  return memberOf(Object.entries(value).find(([key]) => key === name)?.[1], rest);
}

/** Lists are words with spaces between them; what does not apply is empty. */
function field(value: Value): string {
  const text = Array.isArray(value) ? value.map(wordOf).join(' ') : wordOf(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function wordOf(value: Value): string {
  return value === null || value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);
}
