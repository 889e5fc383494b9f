/** The pointer in the timeline: a drag pans, with Shift it selects, the wheel zooms with Ctrl, a click goes to what is under it. */
import { itemAt, type LaneItem } from '../timeline/laneItems.ts';
import { cycleAt, cyclesPerPoint, panned, zoomed } from '../timeline/timeScale.ts';
import type { TimelineLanes } from './timelineLanes.ts';
import type { TimelineState } from './timelineState.ts';

/** Points that a pointer may move in a click. */
const CLICK = 4;
/** Turn of the wheel that zooms by e. */
const WHEEL = 400;
/** Pixels of a line and of a page of the wheel, where it does not count in pixels. */
const WHEEL_UNITS: readonly number[] = [1, 16, 400];

interface Drag {
  readonly pointer: number;
  readonly startX: number;
  readonly isSelection: boolean;
  lastX: number;
  isClick: boolean;
}

interface Targets {
  /** The item under the pointer, or none. */
  hovered(laneId: string | undefined, item: LaneItem | undefined, place: { readonly x: number; readonly y: number }): void;
  clicked(laneId: string, item: LaneItem | undefined): void;
}

export class TimelineGestures {
  private readonly state: TimelineState;
  private readonly frame: HTMLElement;
  private readonly ruler: HTMLElement;
  private readonly lanes: TimelineLanes;
  private readonly targets: Targets;
  private drag: Drag | undefined;

  /** @param frame Scrolls lanes. @param ruler Is as wide as the pictures, and at their place. */
  constructor(state: TimelineState, frame: HTMLElement, ruler: HTMLElement, lanes: TimelineLanes, targets: Targets) {
    this.state = state;
    this.frame = frame;
    this.ruler = ruler;
    this.lanes = lanes;
    this.targets = targets;
    frame.addEventListener('wheel', (event) => { this.turned(event); }, { passive: false });
    frame.addEventListener('pointerdown', (event) => { this.pressed(event); });
    frame.addEventListener('pointermove', (event) => { this.moved(event); });
    frame.addEventListener('pointerup', (event) => { this.released(event); });
    frame.addEventListener('pointercancel', () => { this.drag = undefined; });
    frame.addEventListener('pointerleave', () => { targets.hovered(undefined, undefined, { x: 0, y: 0 }); });
  }

  /** Within the pictures. */
  private x({ clientX }: MouseEvent): number {
    return Math.min(Math.max(clientX - this.ruler.getBoundingClientRect().left, 0), this.state.width);
  }

  private turned(event: WheelEvent): void {
    const { state } = this;
    const unit = WHEEL_UNITS[event.deltaMode] ?? 1;
    const sideways = event.shiftKey && event.deltaX === 0 ? event.deltaY : event.deltaX;
    if (event.ctrlKey || event.metaKey) state.lookAt(zoomed(state.scale, Math.exp((-event.deltaY * unit) / WHEEL), this.x(event), state.timeline));
    else if (Math.abs(sideways) > (event.shiftKey ? 0 : Math.abs(event.deltaY))) state.lookAt(panned(state.scale, sideways * unit * cyclesPerPoint(state.scale), state.timeline));
    else return;
    event.preventDefault();
  }

  private pressed(event: PointerEvent): void {
    const isRuler = event.target instanceof Node && this.ruler.contains(event.target);
    if (event.button !== 0 || (!isRuler && !this.lanes.laneOf(event.target))) return;
    const x = this.x(event);
    this.drag = { pointer: event.pointerId, startX: x, lastX: x, isClick: true, isSelection: isRuler || event.shiftKey };
  }

  private moved(event: PointerEvent): void {
    const { drag, state } = this;
    const x = this.x(event);
    if (drag?.pointer !== event.pointerId) {
      this.hover(event, x);
      return;
    }
    if (drag.isClick && Math.abs(x - drag.startX) < CLICK) return;
    if (drag.isClick) this.frame.setPointerCapture(event.pointerId);
    drag.isClick = false;
    this.targets.hovered(undefined, undefined, { x: 0, y: 0 });
    if (drag.isSelection) {
      const [from, to] = [drag.startX, x].sort((one, other) => one - other).map((place) => cycleAt(state.scale, place));
      if (from !== undefined && to !== undefined) state.select({ from, to });
    } else state.lookAt(panned(state.scale, (drag.lastX - x) * cyclesPerPoint(state.scale), state.timeline));
    drag.lastX = x;
  }

  private released(event: PointerEvent): void {
    const { drag } = this;
    this.drag = undefined;
    if (!drag?.isClick) return;
    const lane = this.lanes.laneOf(event.target);
    this.state.select(undefined);
    if (lane) this.targets.clicked(lane.id, itemAt(lane, this.state.scale, this.x(event), this.y(event)));
  }

  private hover(event: PointerEvent, x: number): void {
    const lane = this.lanes.laneOf(event.target);
    this.targets.hovered(lane?.id, lane && itemAt(lane, this.state.scale, x, this.y(event)), { x: event.clientX, y: event.clientY });
  }

  /** Within the lane. */
  private y({ target, clientY }: MouseEvent): number {
    return target instanceof Element ? clientY - (target.closest('.track')?.getBoundingClientRect().top ?? 0) : 0;
  }
}
