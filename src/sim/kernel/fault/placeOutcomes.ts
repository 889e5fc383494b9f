/** Outcomes at places of the program, such as source lines, in the order of time. Reads single columns: a log may have millions of records. */
import { CHUNK_RECORDS, OUTCOMES } from './log.ts';
import { chunkOf, codeSpaceOf, type FaultingInstruction } from './query.ts';
import type { FaultLog, Outcome } from './state.ts';

/** Faults one after the other with the same outcome. */
export interface OutcomeRun {
  readonly outcome: Outcome;
  readonly faults: number;
}

export interface PlaceOutcomes {
  readonly place: string;
  readonly faults: number;
  /** Its latest runs, the oldest of them first. */
  readonly latest: readonly OutcomeRun[];
  /** Ids of its newest faults, newest first. */
  readonly newest: readonly number[];
}

/** How much is told of each place. */
export interface MostOfPlace {
  readonly runs: number;
  readonly newest: number;
}

interface Counting {
  readonly place: string;
  faults: number;
  /** Newest first, by code of the outcome. */
  readonly runs: { readonly code: number; faults: number }[];
  readonly newest: number[];
  /** There are older runs than those that are counted. */
  isFull: boolean;
}

/**
 * @param placeOf The place that an instruction belongs to; undefined for one without. Asked once for each instruction that faulted.
 * @returns The place with the newest fault first.
 */
export function placeOutcomes(log: FaultLog, placeOf: (instruction: FaultingInstruction) => string | undefined, most: MostOfPlace): readonly PlaceOutcomes[] {
  const places = new Map<string, Counting>();
  const spaces = new Map<number, Map<number, Counting | undefined>>();
  // An access that fails again and again makes runs of faults of one instruction: those are not looked up.
  let [lastSpace, lastPc] = [NaN, NaN];
  let counting: Counting | undefined;
  for (let id = log.count - 1; id >= 0; id -= 1) {
    const chunk = chunkOf(log, id);
    if (!chunk) continue;
    const i = id % CHUNK_RECORDS;
    const space = codeSpaceOf(chunk, i);
    const pc = chunk.pc[i] ?? 0;
    if (space !== lastSpace || pc !== lastPc) {
      let instructions = spaces.get(space);
      if (!instructions) spaces.set(space, instructions = new Map<number, Counting | undefined>());
      counting = instructions.get(pc);
      if (!counting && !instructions.has(pc)) {
        const context = log.texts[space];
        counting = countingAt(places, placeOf({ pc, ...(context === undefined ? {} : { context }) }));
        instructions.set(pc, counting);
      }
      lastSpace = space;
      lastPc = pc;
    }
    if (counting) count(counting, id, chunk.outcome[i] ?? 0, most);
  }
  return [...places.values()].map(({ place, faults, runs, newest }) => ({
    place, faults, newest,
    latest: runs.toReversed().flatMap(({ code, faults: some }) => {
      const outcome = OUTCOMES[code];
      return outcome ? [{ outcome, faults: some }] : [];
    }),
  }));
}

function countingAt(places: Map<string, Counting>, place: string | undefined): Counting | undefined {
  if (place === undefined) return undefined;
  const known = places.get(place);
  if (known) return known;
  const made: Counting = { place, faults: 0, runs: [], newest: [], isFull: false };
  places.set(place, made);
  return made;
}

function count(counting: Counting, id: number, code: number, most: MostOfPlace): void {
  const { runs, newest } = counting;
  counting.faults += 1;
  if (newest.length < most.newest) newest.push(id);
  if (counting.isFull) return;
  const oldest = runs[runs.length - 1];
  if (oldest?.code === code) oldest.faults += 1;
  else if (runs.length < most.runs) runs.push({ code, faults: 1 });
  else counting.isFull = true;
}
