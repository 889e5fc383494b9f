/** Runs a machine to its end without a debugger, and keeps what `run` and `compare` report. */
import { type CodeUnit, programCode, symbolAt } from '../adapter/code/codeUnit.ts';
import { LoadedImages } from '../adapter/code/loadedImages.ts';
import type { FaultPlace } from '../sim/kernel/fault/json.ts';
import { type KnownTrails, readFault } from '../sim/kernel/fault/log.ts';
import type { FaultRecord } from '../sim/kernel/fault/state.ts';
import type { DeadlockReport } from '../sim/kernel/task/deadlock.ts';
import { Machine, type MachineHost, type MachineSettings } from '../sim/machine.ts';
import type { Interpreters } from '../sim/run/interpreters.ts';
import { CommandError } from './io.ts';
import { runToEnd } from './runToEnd.ts';

export type RunEnd =
  | { readonly kind: 'exit'; readonly code: number }
  | { readonly kind: 'signal'; readonly signal: number }
  | { readonly kind: 'deadlock'; readonly report: DeadlockReport }
  | { readonly kind: 'limit' };

/** What a run gets from outside. */
export interface RunWorld extends MachineHost {
  /** Everything on standard input. Asked for when the program waits for it. */
  readInput(): Promise<Uint8Array>;
  /** The next line of it instead, where somebody types it; undefined at the end. */
  readonly nextLine?: (() => Promise<Uint8Array | undefined>) | undefined;
  /** Resolves when what the program has printed is on its way. */
  drained(): Promise<void>;
}

/** A run that has ended. */
export interface Execution {
  readonly machine: Machine;
  readonly end: RunEnd;
  readonly faultCount: number;
  /** Every fault, in order. */
  faults(): Iterable<FaultRecord>;
  placeOf(record: FaultRecord): FaultPlace;
}

/**
 * Runs a program until it ends or `maxCycles` have passed.
 * @param interpreters shared with other runs, where there are others.
 * @throws CommandError where there can be no such machine, or the program does not fit into it.
 */
export async function execute(settings: MachineSettings, maxCycles: number, world: RunWorld, interpreters?: Interpreters): Promise<Execution> {
  const code = programCode(settings.program);
  const machine = newMachine(settings, world, interpreters);
  const spuUnits = keepSpuUnits(machine, new LoadedImages(machine, code.images));
  const end = await runToEnd(machine, maxCycles, world);
  const { faults } = machine.state;
  return {
    machine,
    end,
    faultCount: faults.count,
    *faults() {
      const trails: KnownTrails = new Map();
      for (let id = 0; id < faults.count; id += 1) {
        const record = readFault(faults, id, trails);
        if (record) yield record;
      }
    },
    placeOf: (record) => placeIn(record.origin === 'mfc' ? spuUnits.get(record.id) : code.ppe, record.pc),
  };
}

function newMachine(settings: MachineSettings, host: MachineHost, interpreters?: Interpreters): Machine {
  try {
    return new Machine(settings, host, interpreters);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    // The host's own words for memory that cannot be had are no sentence.
    throw new CommandError(error.message.endsWith('.') ? error.message : `The machine's memory cannot be had here (${error.message}); give it less with --memory.`);
  }
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

function placeIn(unit: CodeUnit | undefined, pc: number): FaultPlace {
  if (!unit) return { symbol: undefined, source: undefined };
  const place = unit.lines.placeOf(pc);
  return {
    symbol: symbolAt(unit, pc),
    source: place && `${place.file.slice(place.file.lastIndexOf('/') + 1)}:${String(place.line)}`,
  };
}
