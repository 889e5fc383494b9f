/** What a comparison of runs says, whatever it is printed as. */
import type { FaultRecord } from '../../sim/kernel/fault/state.ts';
import type { SourcePlace } from '../../sim/program/program.ts';
import { align, MOST_FAULTS } from './align.ts';
import { outcomeText } from './faultWords.ts';
import { type FirstDifference, firstDifference } from './firstDifference.ts';
import { endText, type RunFaults } from './programRun.ts';

export interface Comparison {
  /** A kernel each: its name, and how the program ended. */
  readonly ends: readonly { readonly kernel: string; readonly end: string; readonly faults: number }[];
  /** What became of the faults of each mapping, by kernel: `RETRY 2`, `MINOR 1`. */
  readonly mappings: readonly { readonly mapping: string; readonly outcomes: readonly (readonly string[])[] }[];
  /** Accesses whose faults ended differently, in the order of the program. */
  readonly differences: readonly Difference[];
  /** How many more there are than `differences` has. */
  readonly moreDifferences: number;
  readonly first: FirstDifference | undefined;
  /** Faults of the run that has most, where that are more than were compared. */
  readonly uncompared: number | undefined;
}

export interface Difference {
  readonly access: string;
  readonly place: string;
  readonly source: SourcePlace | undefined;
  readonly outcomes: readonly string[];
}

const MOST_DIFFERENCES = 40;

export function compare(runs: readonly RunFaults[]): Comparison {
  const rows = align(runs);
  const differing = rows.filter(({ faults }) => new Set(faults.map(briefly)).size > 1);
  const most = Math.max(...runs.map(({ faultCount }) => faultCount));
  return {
    ends: runs.map(({ profile, end, faultCount }) => ({ kernel: profile.name, end: endText(end), faults: faultCount })),
    mappings: byMapping(runs),
    differences: differing.slice(0, MOST_DIFFERENCES).map(({ access, place, source, faults }) => ({ access, place, source, outcomes: faults.map(briefly) })),
    moreDifferences: Math.max(differing.length - MOST_DIFFERENCES, 0),
    first: firstDifference(runs, rows),
    uncompared: most > MOST_FAULTS ? most : undefined,
  };
}

/** `RETRY`, `MINOR (attempt 2)`; `RETRY +pte` where the handler has installed the page itself; a dash where there was no such fault. */
function briefly(record: FaultRecord | undefined): string {
  if (!record) return '-';
  return record.effect.pte === 'handler' ? `${record.outcome} +pte` : outcomeText(record);
}

function byMapping(runs: readonly RunFaults[]): Comparison['mappings'] {
  const mappings = new Map<string, Map<string, number>[]>();
  runs.forEach((run, i) => {
    for (const { mapping, outcome } of run.faults()) {
      let counts = mappings.get(mapping);
      if (!counts) mappings.set(mapping, counts = runs.map(() => new Map<string, number>()));
      counts[i]?.set(outcome, (counts[i].get(outcome) ?? 0) + 1);
    }
  });
  return [...mappings].map(([mapping, counts]) => ({
    mapping: mapping === '' ? '(nothing)' : mapping,
    outcomes: counts.map((outcomes) => [...outcomes].map(([outcome, count]) => `${outcome} ${String(count)}`)),
  }));
}
