/** Runs a machine to its end without a debugger, and keeps what `run` and `compare` report. */
import { type CodeUnit, programCode, symbolAt } from '../adapter/code/codeUnit.ts';
import { LoadedImages } from '../adapter/code/loadedImages.ts';
import { readFault } from '../sim/kernel/fault/log.ts';
import type { FaultPlace } from '../sim/kernel/fault/json.ts';
import type { FaultRecord } from '../sim/kernel/fault/state.ts';
import { Machine, type MachineSettings } from '../sim/machine.ts';
import type { DeadlockReport } from '../sim/kernel/task/deadlock.ts';

/** Cycles between looks at the limit. */
const SLICE = 5_000_000;

export type RunEnd =
  | { readonly kind: 'exit'; readonly code: number }
  | { readonly kind: 'signal'; readonly signal: number }
  | { readonly kind: 'deadlock'; readonly report: DeadlockReport }
  | { readonly kind: 'limit' };

/** What a program prints and what the machine has to say, as it comes. */
export interface RunListener {
  output(stream: 'stdout' | 'stderr', bytes: Uint8Array): void;
  notice(text: string): void;
}

/** A run that has ended. */
export class Execution {
  readonly machine: Machine;
  readonly end: RunEnd;
  private readonly ppe: CodeUnit;
  /** SPU programs of the faults of MFCs: contexts may be gone when the run is over. */
  private readonly spuUnits = new Map<number, CodeUnit>();

  constructor(settings: MachineSettings, maxCycles: number, listener: RunListener) {
    const code = programCode(settings.program);
    this.ppe = code.ppe;
    this.machine = new Machine(settings, listener);
    const images = new LoadedImages(this.machine, code.images);
    this.machine.control.stopOnFault = (record) => {
      const context = record.context === undefined ? undefined : this.machine.state.spufs.contexts.get(record.context);
      const unit = record.origin === 'mfc' && context ? images.imageOf(context) : undefined;
      if (unit) this.spuUnits.set(record.id, unit);
      return false;
    };
    this.end = this.runToEnd(maxCycles);
  }

  get faultCount(): number {
    return this.machine.state.faults.count;
  }

  /** Every fault, in order. */
  *faults(): Generator<FaultRecord> {
    for (let id = 0; id < this.faultCount; id += 1) {
      const record = readFault(this.machine.state.faults, id);
      if (record) yield record;
    }
  }

  placeOf(record: FaultRecord): FaultPlace {
    const unit = record.origin === 'mfc' ? this.spuUnits.get(record.id) : this.ppe;
    if (!unit) return { symbol: undefined, source: undefined };
    const place = unit.lines.placeOf(record.pc);
    return {
      symbol: symbolAt(unit, record.pc),
      source: place && `${place.file.slice(place.file.lastIndexOf('/') + 1)}:${String(place.line)}`,
    };
  }

  private runToEnd(maxCycles: number): RunEnd {
    for (;;) {
      const left = maxCycles - this.machine.cycle;
      if (left <= 0) return { kind: 'limit' };
      const stop = this.machine.run(Math.min(left, SLICE));
      if (stop.kind === 'exit') return stop.exit;
      if (stop.kind === 'deadlock') return stop;
    }
  }
}
