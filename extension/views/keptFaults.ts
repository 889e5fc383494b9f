/** Filters and groups for the faults that a program has left, where there is no adapter any more to ask. */
import type {
  FaultFilter, FaultGroupRow, FaultGroupsArguments, FaultGroupsResponse, FaultRecordsArguments, FaultRecordsResponse, FaultRow, FaultsArguments, FaultsResponse,
} from '../../src/adapter/protocol.ts';

type FaultRecord = FaultRecordsResponse['records'][number];

export class KeptFaults {
  readonly #rows: readonly FaultRow[];
  readonly #records: readonly FaultRecord[];

  /** @param rows Newest first. @param records Of the same faults. */
  constructor(rows: readonly FaultRow[], records: readonly FaultRecord[]) {
    this.#rows = rows;
    this.#records = records;
  }

  faults({ start, count, filter }: FaultsArguments): FaultsResponse {
    const rows = this.#suiting(filter);
    return { total: rows.length, faults: rows.slice(start, start + count) };
  }

  groups({ groupBy, start, count, filter }: FaultGroupsArguments): FaultGroupsResponse {
    const members = new Map<string, FaultRow[]>();
    for (const row of this.#suiting(filter)) {
      const key = JSON.stringify(commonFilter(groupBy, row));
      const group = members.get(key);
      if (group) group.push(row);
      else members.set(key, [row]);
    }
    const groups = [...members.values()].flatMap((rows) => groupOf(groupBy, rows) ?? []);
    return { total: groups.length, groups: groups.slice(start, start + count) };
  }

  records({ from, count, filter }: FaultRecordsArguments): FaultRecordsResponse {
    const wanted = new Set(this.#suiting(filter).map(({ id }) => id).filter((id) => id >= from));
    const found = this.#records.filter(({ id }) => typeof id === 'number' && wanted.has(id));
    const next = found[count]?.['id'];
    return { records: found.slice(0, count), ...(typeof next === 'number' ? { next } : {}) };
  }

  #suiting(filter: FaultFilter | undefined): readonly FaultRow[] {
    return filter ? this.#rows.filter((row) => suits(row, filter)) : this.#rows;
  }
}

function suits(row: FaultRow, { outcomes, tasks, mappings, instruction }: FaultFilter): boolean {
  return (!outcomes || outcomes.includes(row.outcome))
    && (!tasks || tasks.includes(taskId(row)))
    && (!mappings || mappings.includes(row.mapping))
    && (!instruction || (row.pc === instruction.pc && contextOfCode(row) === instruction.context));
}

function groupOf(groupBy: FaultGroupsArguments['groupBy'], rows: readonly FaultRow[]): FaultGroupRow | undefined {
  const [newest] = rows;
  if (!newest) return undefined;
  const outcomes: Partial<Record<FaultRow['outcome'], number>> = {};
  for (const { outcome } of rows) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  return { newest, faults: rows.length, outcomes, filter: commonFilter(groupBy, newest) };
}

function commonFilter(groupBy: FaultGroupsArguments['groupBy'], row: FaultRow): FaultFilter {
  const context = contextOfCode(row);
  switch (groupBy) {
    case 'instruction': return { instruction: { pc: row.pc, ...(context === undefined ? {} : { context }) } };
    case 'mapping': return { mappings: [row.mapping] };
    case 'task': return { tasks: [taskId(row)] };
  }
}

/** The task of a row is its thread id and its name. */
export function taskId({ task }: Pick<FaultRow, 'task'>): number {
  return Number.parseInt(task, 10);
}

/** The SPE context that the instruction belongs to; undefined where it is the PPE's. */
function contextOfCode({ origin, context }: FaultRow): string | undefined {
  return origin === 'mfc' ? context : undefined;
}
