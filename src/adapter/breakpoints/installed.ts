/** Puts breakpoints, and the places where a step ends, into the machine. */
import { kernelPlace, type Runner } from '../../sim/run/stop.ts';
import type { Watch } from '../../sim/mmu/watches.ts';
import type { SpuContext } from '../../sim/kernel/spufs/state.ts';
import type { SpuImage } from '../../sim/program/program.ts';
import type { Debuggee } from '../session/debuggee.ts';
import { type Breakpoint, placesOf } from './breakpoint.ts';

/** Addresses at which a step of a thread ends. */
export interface StepPlaces {
  readonly thread: Runner;
  readonly addresses: readonly number[];
}

const NONE: ReadonlySet<number> = new Set();

/**
 * @param step where a step ends that runs freely.
 * @param entered an SPU program whose first instruction is to stop.
 */
export function installBreakpoints(debuggee: Debuggee, breakpoints: readonly Breakpoint[], step: StepPlaces | undefined, entered: SpuImage | undefined): void {
  const { machine } = debuggee;
  const { kernelBreakpoints } = machine.control;
  const ppe = new Set(step?.thread.kind === 'task' ? step.addresses : []);
  const spu: SpuPlaces = { byProgram: new Map(), byContext: new Map() };
  const watches: Watch[] = [];
  kernelBreakpoints.clear();
  if (entered) setOf(spu.byProgram, entered.name).add(entered.entry);
  for (const place of breakpoints.flatMap(placesOf)) {
    switch (place.kind) {
      case 'ppe': ppe.add(place.address); break;
      case 'spu': setOf(spu.byProgram, place.program).add(place.address); break;
      case 'localStore': setOf(spu.byContext, place.context).add(place.address); break;
      case 'data': watches.push(place.watch); break;
      case 'kernel': kernelBreakpoints.add(kernelPlace(place.path, place.step)); break;
    }
  }
  if (step?.thread.kind === 'context') for (const address of step.addresses) setOf(spu.byContext, step.thread.context.name).add(address);
  machine.setBreakpoints(ppe);
  machine.setWatches(watches);
  machine.setSpuBreakpoints(spuBreakpoints(debuggee, spu));
}

interface SpuPlaces {
  readonly byProgram: Map<string, Set<number>>;
  readonly byContext: Map<string, Set<number>>;
}

/** A context is given the same set for as long as the same program is in it. */
function spuBreakpoints({ images }: Debuggee, { byProgram, byContext }: SpuPlaces): (context: SpuContext) => ReadonlySet<number> {
  if (byProgram.size === 0 && byContext.size === 0) return () => NONE;
  const given = new Map<string, ReadonlySet<number>>();
  return (context) => {
    const program = byProgram.size === 0 ? undefined : images.imageOf(context)?.name;
    const key = `${String(context.id)} ${program ?? ''}`;
    let set = given.get(key);
    if (!set) {
      set = new Set([...(byProgram.get(program ?? '') ?? []), ...(byContext.get(context.name) ?? [])]);
      given.set(key, set);
    }
    return set;
  };
}

function setOf(map: Map<string, Set<number>>, key: string): Set<number> {
  let set = map.get(key);
  if (!set) {
    set = new Set();
    map.set(key, set);
  }
  return set;
}
