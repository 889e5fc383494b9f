/** Which faults of a log suit a query. Reads single columns: a log may have millions of records. */
import { CHUNK_RECORDS, MFC, OUTCOMES } from './log.ts';
import type { FaultChunk, FaultLog, Outcome } from './state.ts';

/** Whose faults: those of a task, or those of an SPE context's own DMA. */
export type FaultOwner = { readonly task: number } | { readonly context: string };

/** An instruction of the PPE, or with the context one of its SPU program. */
export interface FaultingInstruction {
  readonly pc: number;
  readonly context?: string;
}

/** Each member narrows; of a list one item has to suit. */
export interface FaultQuery {
  readonly owner?: FaultOwner;
  readonly outcomes?: readonly Outcome[];
  readonly tasks?: readonly number[];
  readonly mappings?: readonly string[];
  readonly instruction?: FaultingInstruction;
}

/** How many faults suit, and the ids of `count` of them, newest first, behind the `start` newest. */
export function newestIds(log: FaultLog, query: FaultQuery, start: number, count: number): { readonly total: number; readonly ids: readonly number[] } {
  const tests = testsOf(log, query);
  const ids: number[] = [];
  if (tests.length === 0) {
    for (let id = log.count - 1 - start; id >= 0 && ids.length < count; id -= 1) ids.push(id);
    return { total: log.count, ids };
  }
  let total = 0;
  for (let id = log.count - 1; id >= 0; id -= 1) {
    const chunk = chunkOf(log, id);
    if (!chunk || !suits(tests, chunk, id % CHUNK_RECORDS)) continue;
    if (total >= start && ids.length < count) ids.push(id);
    total += 1;
  }
  return { total, ids };
}

/** The ids of up to `count` faults that suit, oldest first, from an id on. */
export function idsFrom(log: FaultLog, query: FaultQuery, from: number, count: number): readonly number[] {
  const tests = testsOf(log, query);
  const ids: number[] = [];
  for (let id = from; id < log.count && ids.length < count; id += 1) {
    const chunk = chunkOf(log, id);
    if (chunk && suits(tests, chunk, id % CHUNK_RECORDS)) ids.push(id);
  }
  return ids;
}

/** Code of a fault's outcome, as in `OUTCOMES`. */
export function outcomeCodeOf(log: FaultLog, id: number): number {
  return chunkOf(log, id)?.outcome[id % CHUNK_RECORDS] ?? 0;
}

/** The task that a fault was handled in. */
export function taskOf(log: FaultLog, id: number): number {
  return chunkOf(log, id)?.task[id % CHUNK_RECORDS] ?? 0;
}

export const PPE_CODE = -1;

/** Addresses of instructions are the PPE's, or of the local store of the context with this text: there is no text of the PPE's. */
export function codeSpaceOf(chunk: FaultChunk, i: number): number {
  return chunk.origin[i] === MFC ? chunk.context[i] ?? PPE_CODE : PPE_CODE;
}

export type Test = (chunk: FaultChunk, i: number) => boolean;

export function suits(tests: readonly Test[], chunk: FaultChunk, i: number): boolean {
  for (const test of tests) if (!test(chunk, i)) return false;
  return true;
}

export function chunkOf({ chunks }: FaultLog, id: number): FaultChunk | undefined {
  return chunks[Math.floor(id / CHUNK_RECORDS)];
}

export function testsOf(log: FaultLog, { owner, outcomes, tasks, mappings, instruction }: FaultQuery): readonly Test[] {
  const tests: Test[] = [];
  // A text that no record has suits none: no column holds undefined.
  const textOf = (text: string): number | undefined => log.textIndex.get(text);
  if (owner && 'task' in owner) {
    tests.push((chunk, i) => chunk.task[i] === owner.task);
  } else if (owner) {
    const context = textOf(owner.context);
    tests.push((chunk, i) => chunk.context[i] === context && chunk.origin[i] === MFC);
  }
  if (outcomes) {
    const codes = new Set(outcomes.map((outcome) => OUTCOMES.indexOf(outcome)));
    tests.push((chunk, i) => codes.has(chunk.outcome[i] ?? 0));
  }
  if (tasks) {
    const ids = new Set(tasks);
    tests.push((chunk, i) => ids.has(chunk.task[i] ?? 0));
  }
  if (mappings) {
    const texts = new Set(mappings.map(textOf));
    tests.push((chunk, i) => texts.has(chunk.mapping[i]));
  }
  if (instruction) {
    const { pc } = instruction;
    const space = instruction.context === undefined ? PPE_CODE : textOf(instruction.context);
    tests.push((chunk, i) => chunk.pc[i] === pc && codeSpaceOf(chunk, i) === space);
  }
  return tests;
}
