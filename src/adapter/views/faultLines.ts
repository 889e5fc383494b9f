/** Source lines with what became of their faults. */
import { readFault } from '../../sim/kernel/fault/log.ts';
import { placeOutcomes } from '../../sim/kernel/fault/placeOutcomes.ts';
import type { FaultLine, FaultLinesResponse } from '../protocol.ts';
import type { Debuggee } from '../session/debuggee.ts';
import { fileSource } from '../sources/fileSource.ts';
import { faultRow, unitOfFault } from './faultRows.ts';

const MOST_LINES = 1000;
/** What is told of each line: more than fits behind it, or than anybody reads above it. */
const MOST_OF_LINE = { runs: 6, newest: 5 };

/** Of all programs that a source file is in. Lines that are not told of are those that have not faulted for the longest time. */
export function faultLines(debuggee: Debuggee): FaultLinesResponse {
  const log = debuggee.machine.state.faults;
  const lineOf = new Map<string, { readonly file: string; readonly line: number }>();
  const places = placeOutcomes(log, ({ pc, context }) => {
    const found = unitOfFault(debuggee, context === undefined ? { origin: 'ppe', context } : { origin: 'mfc', context })?.lines.placeOf(pc);
    if (!found || found.line === 0) return undefined;
    const place = `${found.file}:${String(found.line)}`;
    lineOf.set(place, found);
    return place;
  }, MOST_OF_LINE);
  const files = new Map<string, FaultLine[]>();
  for (const { place, faults, latest, newest } of places.slice(0, MOST_LINES)) {
    const { file, line } = lineOf.get(place) ?? { file: '', line: 0 };
    const lines = files.get(file) ?? [];
    files.set(file, lines);
    lines.push({ line, faults, latest, newest: newest.flatMap((id) => readFault(log, id) ?? []).map((record) => faultRow(debuggee, record)) });
  }
  return {
    total: places.length,
    files: [...files].map(([file, lines]) => ({ source: fileSource(file), lines: lines.sort((a, b) => a.line - b.line) })),
  };
}
