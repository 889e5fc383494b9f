/**
 * The faults of a log that suit a query, in groups. A view asks again and again while a program runs: each time only the faults
 * that are new are looked at. Records are never written again (`log.ts`), and a machine that goes back in time has another log.
 */
import { CHUNK_RECORDS, OUTCOMES } from './log.ts';
import { chunkOf, codeSpaceOf, type FaultQuery, PPE_CODE, suits, type Test, testsOf } from './query.ts';
import type { FaultLog, Outcome } from './state.ts';

export type FaultGrouping = 'instruction' | 'mapping' | 'task';

export interface FaultGroup {
  /** Id of its newest fault. */
  readonly newest: number;
  /** By outcome; outcomes that it does not have are absent. */
  readonly outcomes: Readonly<Partial<Record<Outcome, number>>>;
}

interface Counted {
  newest: number;
  readonly byCode: Uint32Array;
}

const KEY_COLUMN = { instruction: 'pc', mapping: 'mapping', task: 'task' } as const;

export class FaultGroups {
  private readonly found: Counted[] = [];
  /** By code space, and there by the key. */
  private readonly tables = new Map<number, Map<number, Counted>>();
  private next = 0;

  constructor(readonly log: FaultLog, readonly query: FaultQuery, readonly by: FaultGrouping) {}

  /** The one with the newest fault first. */
  all(): readonly FaultGroup[] {
    this.countNew();
    return this.found.sort((one, other) => other.newest - one.newest).map(({ newest, byCode }) => ({
      newest,
      outcomes: Object.fromEntries(OUTCOMES.map((outcome, code) => [outcome, byCode[code] ?? 0] as const).filter(([, faults]) => faults > 0)),
    }));
  }

  private countNew(): void {
    const { log, query, by } = this;
    // Texts of the query may have come into the log since.
    const tests: readonly Test[] = testsOf(log, query);
    const column = KEY_COLUMN[by];
    // An access that fails again and again makes runs of faults of one group: those are not looked up.
    let lastSpace = NaN;
    let lastKey = NaN;
    let group: Counted | undefined;
    for (; this.next < log.count; this.next += 1) {
      const chunk = chunkOf(log, this.next);
      const i = this.next % CHUNK_RECORDS;
      if (!chunk || !suits(tests, chunk, i)) continue;
      const space = by === 'instruction' ? codeSpaceOf(chunk, i) : PPE_CODE;
      const key = chunk[column][i] ?? 0;
      if (!group || space !== lastSpace || key !== lastKey) {
        group = this.groupOf(space, key);
        lastSpace = space;
        lastKey = key;
      }
      const code = chunk.outcome[i] ?? 0;
      group.newest = this.next;
      group.byCode[code] = (group.byCode[code] ?? 0) + 1;
    }
  }

  private groupOf(space: number, key: number): Counted {
    let table = this.tables.get(space);
    if (!table) this.tables.set(space, table = new Map<number, Counted>());
    let group = table.get(key);
    if (!group) {
      group = { newest: this.next, byCode: new Uint32Array(OUTCOMES.length) };
      table.set(key, group);
      this.found.push(group);
    }
    return group;
  }
}
