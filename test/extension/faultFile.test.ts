/** Exported page faults: the forms of RFC 4180 and of `refault run --json`. */
import { describe, expect, it } from 'vitest';
import { csvFile, type FaultFile, type FaultFileRecord, jsonFile } from '../../extension/views/faultFile.ts';
import { faultJson } from '../../src/sim/kernel/fault/json.ts';
import type { FaultRecord } from '../../src/sim/kernel/fault/state.ts';

const full: FaultRecord = {
  id: 3, cycle: 85830, attempt: 2, retryOf: 1, origin: 'mfc', task: 1001, context: 'worker', spe: 0, pc: 0x100, command: 'get', tag: 5, ea: 0x4000000000cn, access: 'write',
  mapping: '/tmp/a "b", c', handler: 'filemap_nopage', handlerAnswer: 'NOPAGE_SIGBUS', coreAnswer: { name: 'VM_FAULT_SIGBUS', value: 1 }, outcome: 'SIGBUS', waited: 398319, interruptedBy: 14,
  effect: { pte: 'nobody', signal: { number: 7, code: 2, address: 12n }, killed: 'group', counters: ['min_flt', 'pgfault'] }, trail: [{ path: 'do_page_fault', step: 0 }, { path: 'do_page_fault', step: 2 }],
};
const bare: FaultRecord = {
  ...full, id: 4, retryOf: undefined, context: undefined, spe: undefined, command: undefined, tag: undefined, coreAnswer: undefined, interruptedBy: undefined, mapping: 'two\nlines', trail: [],
  effect: { pte: 'nobody', signal: undefined, killed: undefined, counters: [] },
};
const place = { symbol: 'loop+0x4', source: 'a.s:7' };
const records: readonly FaultFileRecord[] = [faultJson(full, place), faultJson(bare, place)];

const text = (file: FaultFile): string => file.head + file.piece(records.slice(0, 1), true) + file.piece(records.slice(1), false) + file.tail;

/** RFC 4180, section 2, rules 1 to 7, read the other way round. */
function parsed(csv: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end === '\r\n') rows.push([]);
    if (end === '') break;
  }
  return rows;
}

describe('a CSV file of page faults', () => {
  it('has a line for each fault, all as long as the header, with quotes where a field needs them', () => {
    const csv = text(csvFile());
    expect(csv).toContain('"/tmp/a ""b"", c"');
    const [header = [], first = [], second = [], ...rest] = parsed(csv);
    expect(rest).toEqual([['']]);
    expect([first.length, second.length]).toEqual([header.length, header.length]);
    const of = (row: string[], name: string): string | undefined => row[header.indexOf(name)];
    expect(['id', 'mapping', 'coreAnswer.name', 'effect.signal.name', 'effect.counters', 'trail', 'interruptedBy'].map((name) => of(first, name)))
      .toEqual(['3', '/tmp/a "b", c', 'VM_FAULT_SIGBUS', 'SIGBUS', 'min_flt pgfault', 'do_page_fault:0 do_page_fault:2', 'SIGALRM']);
    expect(['mapping', 'coreAnswer.name', 'effect.signal.name', 'trail', 'retryOf'].map((name) => of(second, name))).toEqual(['two\nlines', '', '', '', '']);
  });

  it('has a column for everything that a record has', () => {
    const [header = []] = parsed(text(csvFile()));
    const leaves = (value: unknown, name: string): string[] => (typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.entries(value).flatMap(([key, member]) => leaves(member, name === '' ? key : `${name}.${key}`)) : [name]);
    expect([...header].sort()).toEqual(leaves(records[0], '').sort());
  });
});

describe('a JSON file of page faults', () => {
  it('has the records whole, with the kernel', () => {
    expect(JSON.parse(text(jsonFile('2.6.18')))).toEqual({ kernel: '2.6.18', faults: records });
  });

  it('is JSON without a fault as well', () => {
    const file = jsonFile('2.6.18');
    expect(JSON.parse(file.head + file.piece([], true) + file.tail)).toEqual({ kernel: '2.6.18', faults: [] });
  });
});
