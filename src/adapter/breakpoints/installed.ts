/** Puts breakpoints, and the places where a step ends, into the machine. */
import { kernelPlace, type Runner } from '../../sim/run/stop.ts';
import type { SpuContext } from '../../sim/kernel/spufs/state.ts';
import type { Debuggee } from '../session/debuggee.ts';
import { type Breakpoint, placesOf } from './breakpoint.ts';

/** Addresses at which a step of a thread ends. */
export interface StepPlaces {
  readonly thread: Runner;
  readonly addresses: readonly number[];
}

const NONE: ReadonlySet<number> = new Set();

export class InstalledBreakpoints {
  private readonly ppe = new Set<number>();
  private readonly byProgram = new Map<string, Set<number>>();
  private readonly byContext = new Map<string, Set<number>>();
  /** What the SPU of a context is given: the same set for as long as nothing changes. */
  private readonly given = new Map<string, ReadonlySet<number>>();

  constructor(private readonly debuggee: Debuggee, breakpoints: readonly Breakpoint[], private readonly step: StepPlaces | undefined) {
    const { machine } = debuggee;
    const { kernelBreakpoints } = machine.control;
    kernelBreakpoints.clear();
    for (const place of breakpoints.flatMap(placesOf)) {
      switch (place.kind) {
        case 'ppe': this.ppe.add(place.address); break;
        case 'spu': setOf(this.byProgram, place.program).add(place.address); break;
        case 'localStore': setOf(this.byContext, place.context).add(place.address); break;
        case 'kernel': kernelBreakpoints.add(kernelPlace(place.path, place.step)); break;
      }
    }
    const stepped = step?.thread.kind === 'task' ? step.addresses : [];
    machine.setBreakpoints(new Set([...this.ppe, ...stepped]));
    machine.setSpuBreakpoints((context) => this.ofContext(context));
  }

  private ofContext(context: SpuContext): ReadonlySet<number> {
    const { step } = this;
    const stepped = step?.thread.kind === 'context' && step.thread.context === context ? step.addresses : [];
    if (this.byProgram.size === 0 && this.byContext.size === 0 && stepped.length === 0) return NONE;
    const program = this.byProgram.size === 0 ? undefined : this.debuggee.images.imageOf(context)?.name;
    const key = `${String(context.id)} ${program ?? ''}`;
    let given = this.given.get(key);
    if (!given) {
      given = new Set([...(program === undefined ? [] : this.byProgram.get(program) ?? []), ...(this.byContext.get(context.name) ?? []), ...stepped]);
      this.given.set(key, given);
    }
    return given;
  }
}

function setOf(map: Map<string, Set<number>>, key: string): Set<number> {
  let set = map.get(key);
  if (!set) {
    set = new Set();
    map.set(key, set);
  }
  return set;
}
