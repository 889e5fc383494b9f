/** To a place that is known: the moment of a fault, a cycle, the present. */
import type { FaultRecord } from '../../sim/kernel/fault/state.ts';
import { threadIdOf } from '../threads/threads.ts';
import { type Arrival, checkpointFor, type Journey, type Traveller, unwatched } from './journey.ts';

function arrived({ threadId }: Traveller): Arrival {
  return { cause: { kind: 'travel' }, threadId };
}

/** The moment at which a fault is decided and its effect is still to come. */
export class ToFault implements Journey {
  constructor(private readonly traveller: Traveller, private readonly id: number) {
    const { history } = traveller;
    const checkpoint = history.checkpoints.findLast(({ tree }) => tree.kernel.faults.count <= id);
    if (checkpoint) history.restore(checkpoint);
    unwatched(traveller);
  }

  advance(cycles: number): Arrival | 'on the way' {
    const { debuggee: { machine }, history } = this.traveller;
    const stop = machine.run(cycles, history.present);
    if (stop.kind === 'fault') return { cause: { kind: 'fault', record: stop.record }, threadId: threadIdOf(stop.runner) };
    return stop.kind === 'budget' || stop.kind === 'preparing' ? 'on the way' : arrived(this.traveller);
  }

  stopsOn({ id }: FaultRecord): boolean {
    return id === this.id;
  }
}

export class ToCycle implements Journey {
  constructor(private readonly traveller: Traveller, private readonly cycle: number) {
    const { history } = traveller;
    const checkpoint = history.checkpoints.findLast((c) => c.cycle <= cycle);
    if (checkpoint) history.restore(checkpoint);
    unwatched(traveller);
  }

  advance(cycles: number): Arrival | 'on the way' {
    const { debuggee: { machine }, history } = this.traveller;
    const left = this.cycle - machine.cycle;
    if (left <= 0) return arrived(this.traveller);
    const { kind } = machine.run(Math.min(cycles, left), history.present);
    return kind === 'budget' || kind === 'preparing' ? 'on the way' : arrived(this.traveller);
  }

  stopsOn(): boolean {
    return false;
  }
}

export class ToPresent implements Journey {
  constructor(private readonly traveller: Traveller) {
    const { history } = traveller;
    const checkpoint = checkpointFor(history, history.present);
    if (checkpoint && checkpoint.place > history.place) history.restore(checkpoint);
    unwatched(traveller);
  }

  advance(cycles: number): Arrival | 'on the way' {
    const { debuggee: { machine }, history } = this.traveller;
    const stop = machine.run(cycles, history.present);
    if (stop.kind === 'fault' && machine.place >= history.present) return { cause: { kind: 'fault', record: stop.record }, threadId: threadIdOf(stop.runner) };
    return stop.kind === 'budget' || stop.kind === 'preparing' || stop.kind === 'fault' ? 'on the way' : arrived(this.traveller);
  }

  /** The present may be a stop on a fault, and is then shown as one again. */
  stopsOn(record: FaultRecord): boolean {
    const { filters, debuggee } = this.traveller;
    return filters.stopsOn(debuggee, record, false);
  }
}
