/** Runs a program to its end without anybody debugging it, and keeps what became of its faults. */
import type { FaultPlace } from '../../sim/kernel/fault/json.ts';
import { type KnownTrails, readFault } from '../../sim/kernel/fault/log.ts';
import type { FaultRecord } from '../../sim/kernel/fault/state.ts';
import type { Profile } from '../../sim/kernel/profile/profile.ts';
import { signalName } from '../../sim/kernel/signal/numbers.ts';
import type { DeadlockReport } from '../../sim/kernel/task/deadlock.ts';
import type { Machine } from '../../sim/machine.ts';
import type { Program, SourcePlace } from '../../sim/program/program.ts';
import { type CodeUnit, programCode, symbolAt } from '../code/codeUnit.ts';
import { LoadedImages } from '../code/loadedImages.ts';
import { ExecutedCode } from '../coverage/executedCode.ts';
import { type FileCovered, lineCoverage } from '../coverage/lineCoverage.ts';
import { type Outside, runToEnd } from './runToEnd.ts';

export type RunEnd =
  | { readonly kind: 'exit'; readonly code: number }
  | { readonly kind: 'signal'; readonly signal: number }
  | { readonly kind: 'deadlock'; readonly report: DeadlockReport }
  | { readonly kind: 'limit' };

export function endText(end: RunEnd): string {
  switch (end.kind) {
    case 'exit': return `The program ended with status ${String(end.code)}.`;
    case 'signal': return `The program was killed by ${signalName(end.signal)}.`;
    case 'limit': return 'The run was ended at the limit of cycles.';
    case 'deadlock': return `Deadlock. ${end.report.sentence}`;
  }
}

/** The faults of a run, and how it ended. Holds no machine: several are kept side by side. */
export interface RunFaults {
  readonly profile: Profile;
  readonly end: RunEnd;
  readonly faultCount: number;
  /** Every fault, in order. */
  readonly faults: () => Iterable<FaultRecord>;
  readonly placeOf: (record: FaultRecord) => RunPlace;
}

export interface RunPlace extends FaultPlace {
  /** The same as `source` says, for who opens the file. */
  readonly place: SourcePlace | undefined;
}

export interface ProgramRun extends RunFaults {
  readonly machine: Machine;
  readonly coverage: () => FileCovered[];
}

/** Runs a machine with this program in it until the program ends or `maxCycles` have passed. Rejects with what `outside` does. */
export async function runProgram(machine: Machine, program: Program, maxCycles: number, outside: Outside): Promise<ProgramRun> {
  const code = programCode(program);
  const images = new LoadedImages(machine, code.images);
  const spuUnits = keepSpuUnits(machine, images);
  const executed = new ExecutedCode();
  machine.control.firstExecuted = (runner, address) => { executed.mark(runner.kind === 'task' ? code.ppe : images.imageOf(runner.context), address); };
  const end = await runToEnd(machine, maxCycles, outside);
  return {
    machine,
    coverage: () => lineCoverage(program, code, executed),
    ...faultsOf(machine, end, (record) => (record.origin === 'mfc' ? spuUnits.get(record.id) : code.ppe)),
  };
}

function faultsOf({ profile, state: { faults } }: Machine, end: RunEnd, unitOf: (record: FaultRecord) => CodeUnit | undefined): RunFaults {
  return {
    profile,
    end,
    faultCount: faults.count,
    *faults() {
      const trails: KnownTrails = new Map();
      for (let id = 0; id < faults.count; id += 1) {
        const record = readFault(faults, id, trails);
        if (record) yield record;
      }
    },
    placeOf: (record) => placeIn(unitOf(record), record.pc),
  };
}

/** SPU programs of the faults of MFCs, by fault: contexts may be gone when the run is over. */
function keepSpuUnits(machine: Machine, images: LoadedImages): ReadonlyMap<number, CodeUnit> {
  const units = new Map<number, CodeUnit>();
  machine.control.stopOnFault = (record) => {
    const context = record.context === undefined ? undefined : machine.state.spufs.contexts.get(record.context);
    const unit = record.origin === 'mfc' && context ? images.imageOf(context) : undefined;
    if (unit) units.set(record.id, unit);
    return false;
  };
  return units;
}

export function placeIn(unit: CodeUnit | undefined, pc: number): RunPlace {
  if (!unit) return { symbol: undefined, source: undefined, place: undefined };
  const place = unit.lines.placeOf(pc);
  return {
    symbol: symbolAt(unit, pc),
    source: place && `${place.file.slice(place.file.lastIndexOf('/') + 1)}:${String(place.line)}`,
    place,
  };
}
