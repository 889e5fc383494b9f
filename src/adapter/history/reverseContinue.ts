/**
 * Back to the latest stop before a place. History is searched from its end: each part between two
 * checkpoints runs forward with all breakpoints, and the last of them that would have stopped counts.
 */
import type { Checkpoint } from '../../sim/history/checkpoint.ts';
import type { FaultRecord } from '../../sim/kernel/fault/state.ts';
import type { Runner, Stop } from '../../sim/run/stop.ts';
import type { Breakpoint } from '../breakpoints/breakpoint.ts';
import { reachedBreakpoints, reachedDataBreakpoints, reachedKernelBreakpoints, wouldStop } from '../breakpoints/hits.ts';
import { installBreakpoints } from '../breakpoints/installed.ts';
import { accessText, viewerOf } from '../breakpoints/watched.ts';
import { pathName } from '../sources/kernelListings.ts';
import { threadIdOf } from '../threads/threads.ts';
import { type Arrival, BEGINNING, type Journey, restoreFirst, type Traveller } from './journey.ts';

interface Found extends Arrival {
  readonly place: number;
}

export class ReverseContinue implements Journey {
  /** The part that is searched begins here and ends before this place. */
  private from: Checkpoint | undefined;
  private end: number;
  private found: Found | undefined;
  private isGoing = false;

  constructor(private readonly traveller: Traveller) {
    this.end = traveller.history.place;
  }

  advance(cycles: number): Arrival | 'on the way' {
    const { traveller: { debuggee: { machine } } } = this;
    if (!this.from && !this.nextPart()) return BEGINNING;
    const stop = machine.run(cycles, this.isGoing && this.found ? this.found.place : this.end);
    switch (stop.kind) {
      case 'budget':
      case 'preparing':
        return 'on the way';
      case 'there':
      case 'exit':
      case 'deadlock':
      case 'blocked':
        return this.partDone();
      default:
        return this.stoppedBy(stop);
    }
  }

  stopsOn(record: FaultRecord): boolean {
    const { filters, debuggee } = this.traveller;
    return filters.stopsOn(debuggee, record, false);
  }

  private nextPart(): boolean {
    const { history, debuggee, breakpoints } = this.traveller;
    this.from = history.before(this.from?.place ?? this.end);
    if (!this.from) {
      restoreFirst(this.traveller);
      return false;
    }
    history.restore(this.from);
    installBreakpoints(debuggee, breakpoints.all(), undefined, undefined);
    return true;
  }

  private partDone(): Arrival | 'on the way' {
    const { from, found, traveller: { history } } = this;
    if (found) {
      if (this.isGoing || !from) return found;
      this.isGoing = true;
      history.restore(from);
      return 'on the way';
    }
    if (from) this.end = from.place;
    return this.nextPart() ? 'on the way' : BEGINNING;
  }

  private stoppedBy(stop: Exclude<Stop, { kind: 'budget' | 'preparing' | 'there' | 'exit' | 'deadlock' | 'blocked' }>): Arrival | 'on the way' {
    const { place } = this.traveller.history;
    const arrival = this.arrivalAt(stop);
    if (!arrival || place >= this.end) return 'on the way';
    // The second time it is the live record that the stop shows.
    if (this.isGoing && stop.kind === 'fault' && place === this.found?.place) return arrival;
    if (!this.isGoing) this.found = { ...arrival, place };
    return 'on the way';
  }

  private arrivalAt(stop: Stop): Arrival | undefined {
    const { debuggee, debuggee: { machine }, breakpoints } = this.traveller;
    switch (stop.kind) {
      case 'fault':
        return { cause: { kind: 'fault', record: stop.record }, threadId: threadIdOf(stop.runner) };
      case 'breakpoint':
        return this.breakpointArrival(reachedBreakpoints(breakpoints, debuggee, stop.runner, stop.address), stop.runner);
      case 'kernelBreakpoint': {
        const name = pathName(stop.path);
        return name && this.breakpointArrival(reachedKernelBreakpoints(breakpoints, name, stop.step), stop.runner);
      }
      case 'watch': {
        const { access, runner } = stop;
        const ids = wouldStop(reachedDataBreakpoints(breakpoints, access), debuggee, viewerOf(machine, runner, access));
        if (ids.length === 0) return undefined;
        const words = accessText(machine, access, debuggee.unitOf(runner));
        return { cause: { kind: 'breakpoint', target: 'data', ids, access: words }, threadId: threadIdOf(runner) };
      }
      default:
        return undefined;
    }
  }

  private breakpointArrival(reached: readonly Breakpoint[], runner: Runner): Arrival | undefined {
    const ids = wouldStop(reached, this.traveller.debuggee, runner);
    if (ids.length === 0) return undefined;
    const target = reached.find(({ id }) => ids.includes(id))?.target.kind ?? 'line';
    return { cause: { kind: 'breakpoint', ids, target }, threadId: threadIdOf(runner) };
  }
}
