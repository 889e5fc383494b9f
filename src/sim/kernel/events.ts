/** The event queue: things that happen at a cycle, earliest first. */
import type { EventAction, KernelEvent } from './event.ts';
import type { KernelState } from './state.ts';

/** Adds an event behind those of the same cycle. */
export function addEvent(state: KernelState, cycle: number, action: EventAction): void {
  const event: KernelEvent = { cycle, sequence: state.eventSequence, action };
  state.eventSequence += 1;
  let low = 0;
  let high = state.events.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = state.events[middle];
    if (other && other.cycle <= cycle) low = middle + 1;
    else high = middle;
  }
  state.events.splice(low, 0, event);
}

/** Cycle of the earliest event; Infinity when none is due. */
export function nextEventCycle(state: KernelState): number {
  return state.events[0]?.cycle ?? Infinity;
}

/** Takes the earliest event off the queue when it is due at `cycle`. */
export function takeDueEvent(state: KernelState, cycle: number): KernelEvent | undefined {
  const first = state.events[0];
  if (!first || first.cycle > cycle) return undefined;
  return state.events.shift();
}
