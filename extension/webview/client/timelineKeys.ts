/** The keyboard in the timeline: from event to event and from lane to lane, to zoom, to pan, to select and to open. */
import { beginOf, neighbour } from '../timeline/laneItems.ts';
import { panned, xOf, zoomed } from '../timeline/timeScale.ts';
import type { TimelineState } from './timelineState.ts';

const ZOOM = 1.5;
/** Of a window: what a key pans by. */
const PAN = 0.25;

interface Targets {
  /** The current item has been reached by a key. */
  reached(): void;
  /** There is none further in this direction. */
  atEnd(): void;
  open(): void;
  zoomSelection(): void;
}

/** True where the key means something. */
export function timelineKey(event: KeyboardEvent, state: TimelineState, targets: Targets): boolean {
  if (event.altKey) return false;
  const pans = event.ctrlKey || event.metaKey;
  switch (event.key) {
    case 'ArrowLeft': case 'ArrowRight': {
      const step = event.key === 'ArrowLeft' ? -1 : 1;
      if (pans) pan(state, step * PAN);
      else toEvent(state, step, event.shiftKey, targets);
      return true;
    }
    case 'ArrowUp': case 'ArrowDown':
      if (pans) return false;
      toLane(state, event.key === 'ArrowUp' ? -1 : 1, targets);
      return true;
    case 'PageUp': case 'PageDown':
      pan(state, event.key === 'PageUp' ? -1 : 1);
      return true;
    case 'Home': pan(state, -Infinity); return true;
    case 'End': pan(state, Infinity); return true;
    default: return !pans && letter(event.key, state, targets);
  }
}

function letter(key: string, state: TimelineState, targets: Targets): boolean {
  switch (key) {
    case '+': case '=': zoomAtCurrent(state, ZOOM); return true;
    case '-': case '_': zoomAtCurrent(state, 1 / ZOOM); return true;
    case '0': state.showAll(); return true;
    case 'Enter':
      if (state.selection) targets.zoomSelection();
      else targets.open();
      return true;
    case 'Escape': state.select(undefined); return true;
    default: return false;
  }
}

/** About the current item where it is in sight, else about the middle. */
export function zoomAtCurrent(state: TimelineState, factor: number): void {
  const { scale, current, timeline } = state;
  const x = current ? xOf(scale, beginOf(current.item)) : -1;
  state.lookAt(zoomed(scale, factor, x >= 0 && x <= scale.width ? x : scale.width / 2, timeline));
}

function pan(state: TimelineState, windows: number): void {
  const { scale, timeline } = state;
  const far = timeline.end - timeline.begin;
  state.lookAt(panned(scale, Number.isFinite(windows) ? windows * (scale.to - scale.from) : Math.sign(windows) * far, timeline));
}

function toEvent(state: TimelineState, step: 1 | -1, selects: boolean, targets: Targets): void {
  const lane = state.lane(state.focusedLane) ?? state.lanes[0];
  if (!lane) return;
  const { current, scale, selection } = state;
  const here = current?.laneId === lane.id ? current.item : undefined;
  const item = neighbour(lane, here, step, scale.from);
  if (!item) {
    targets.atEnd();
    return;
  }
  if (selects && here) {
    const fixed = selection?.from === beginOf(here) ? selection.to : selection?.from ?? beginOf(here);
    state.select({ from: Math.min(fixed, beginOf(item)), to: Math.max(fixed, beginOf(item)) });
  } else state.select(undefined);
  state.go(lane.id, item, false);
  targets.reached();
}

/** To the lane above or below, and there to what is nearest to the current moment. */
function toLane(state: TimelineState, step: 1 | -1, targets: Targets): void {
  const { lanes, current } = state;
  const place = lanes.findIndex(({ id }) => id === state.focusedLane);
  const lane = lanes[place < 0 ? 0 : Math.min(Math.max(place + step, 0), lanes.length - 1)];
  if (!lane) return;
  const item = current && neighbour(lane, { kind: 'mark', mark: { kind: 'signal', at: beginOf(current.item), what: '', count: 1 } }, -1, 0);
  state.go(lane.id, item, true);
  targets.reached();
}
