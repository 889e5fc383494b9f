/** The faults of several runs of one program, put beside each other. */
import type { FaultRecord } from '../../sim/kernel/fault/state.ts';
import type { SourcePlace } from '../../sim/program/program.ts';
import type { RunFaults } from './programRun.ts';

/** The same access under each kernel; undefined where a program did not come so far. */
export interface AlignedFault {
  readonly access: string;
  /** `retry.s:31`, or a symbol, or an address. */
  readonly place: string;
  readonly source: SourcePlace | undefined;
  readonly faults: readonly (FaultRecord | undefined)[];
}

/** Faults of each run that are put side by side; a program may have millions. */
export const MOST_FAULTS = 2000;

/**
 * Puts faults of the same access into one row: the n-th fault of an instruction at an address
 * under one kernel stands beside the n-th under the others. Rows keep the order of the run that has them.
 */
export function align(runs: readonly RunFaults[]): AlignedFault[] {
  const rows: { key: string; row: AlignedFault & { faults: (FaultRecord | undefined)[] } }[] = [];
  const index = new Map<string, number>();
  runs.forEach((run, i) => {
    const seen = new Map<string, number>();
    let last = -1;
    for (const record of run.faults()) {
      if (record.id >= MOST_FAULTS) break;
      const what = `${record.origin} ${String(record.pc)} ${record.access} ${String(record.ea)} ${String(record.task)}`;
      const times = (seen.get(what) ?? 0) + 1;
      seen.set(what, times);
      const key = `${what} ${String(times)}`;
      const known = index.get(key);
      const row = known === undefined ? undefined : rows[known];
      if (row) {
        row.row.faults[i] = record;
        last = known ?? last;
        continue;
      }
      const place = run.placeOf(record);
      last += 1;
      rows.splice(last, 0, {
        key,
        row: {
          access: `${record.origin === 'ppe' ? '' : `${record.origin} `}${record.access} ${record.mapping}`,
          place: place.source ?? place.symbol ?? `0x${record.pc.toString(16)}`,
          source: place.place,
          faults: runs.map((_, j) => (j === i ? record : undefined)),
        },
      });
      if (last < rows.length - 1) reindex(rows, index);
      else index.set(key, last);
    }
  });
  return rows.map(({ row }) => row);
}

function reindex(rows: readonly { readonly key: string }[], index: Map<string, number>): void {
  rows.forEach(({ key }, i) => { index.set(key, i); });
}
