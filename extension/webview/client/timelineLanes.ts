/** Names and lanes: a row for each, with a picture of its own that is drawn anew while the row stays. */
import type { TimelineLane } from '../../../src/adapter/timelineProtocol.ts';
import { laneText } from '../timeline/itemWords.ts';
import { beginOf, endOf } from '../timeline/laneItems.ts';
import { isOverLabels, laneLabels, type LanePath, lanePaths, type PathKind } from '../timeline/lanePicture.ts';
import type { LaneKind, LaneRow } from '../timeline/laneRows.ts';
import { LANE_HEIGHT, MARK_RADIUS, MIDDLE } from '../timeline/laneShapes.ts';
import { xOf } from '../timeline/timeScale.ts';
import type { Say } from '../texts.ts';
import { element } from './elements.ts';
import { svgElement } from './svgElements.ts';
import type { Current, TimelineState } from './timelineState.ts';

interface Actions {
  openThread(threadId: number): void;
}

export class TimelineLanes {
  readonly root: HTMLElement;
  private readonly state: TimelineState;
  private readonly text: Say;
  private readonly actions: Actions;
  /** The pictures by the ids of their lanes. */
  private tracks = new Map<string, HTMLElement>();
  private drawnRows = '';

  constructor(state: TimelineState, text: Say, actions: Actions) {
    this.state = state;
    this.text = text;
    this.actions = actions;
    this.root = element('div', { class: 'rows' });
  }

  /** The answer is what is in sight. */
  draw(): ReadonlySet<PathKind> {
    const inSight = new Set<PathKind>();
    const { rows } = this.state.rows;
    const wanted = JSON.stringify(rows.map((row) => (row.kind === 'heading' ? [row.group, row.lanes, row.isOpen] : [row.lane.id, row.lane.name, row.lane.threadId])));
    if (wanted !== this.drawnRows) {
      this.drawnRows = wanted;
      this.build(rows);
    }
    const { focusedLane, lanes } = this.state;
    const inTabOrder = lanes.some(({ id }) => id === focusedLane) ? focusedLane : lanes[0]?.id;
    for (const lane of lanes) {
      const track = this.tracks.get(lane.id);
      if (track) for (const kind of this.drawLane(track, lane, lane.id === inTabOrder)) inSight.add(kind);
    }
    return inSight;
  }

  /** Gives the keyboard to the lane that is in the order of tabs. */
  focus(): void {
    const track = this.tracks.get(this.state.focusedLane ?? '');
    track?.focus({ preventScroll: true });
    track?.scrollIntoView({ block: 'nearest' });
  }

  /** The lane that an event has happened in. */
  laneOf(target: EventTarget | null): TimelineLane | undefined {
    const track = target instanceof Element ? target.closest<HTMLElement>('.track') : null;
    return this.state.lane(track?.dataset['lane']);
  }

  private build(rows: readonly LaneRow[]): void {
    const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset : {};
    const { lane: focusedTrack, group: focusedGroup } = focused;
    this.tracks = new Map();
    this.root.replaceChildren(...rows.map((row) => (row.kind === 'heading' ? this.heading(row.group, row.isOpen, row.lanes) : this.row(row.lane))));
    if (focusedTrack !== undefined) this.tracks.get(focusedTrack)?.focus({ preventScroll: true });
    if (focusedGroup !== undefined) this.root.querySelector<HTMLElement>(`[data-group="${focusedGroup}"]`)?.focus({ preventScroll: true });
  }

  private heading(group: LaneKind, isOpen: boolean, lanes: number): HTMLElement {
    const button = element('button', { class: 'heading', 'aria-expanded': isOpen ? 'true' : 'false', 'data-group': group }, [this.text(group), element('span', { class: 'count' }, [String(lanes)])]);
    button.addEventListener('click', () => { this.state.toggle(group); });
    return button;
  }

  private row(lane: TimelineLane): HTMLElement {
    const { threadId } = lane;
    const name = threadId === undefined
      ? element('span', { class: 'name', title: lane.name }, [lane.name])
      : element('button', { class: 'name', title: this.text('thread', lane.name), 'aria-label': this.text('thread', lane.name) }, [lane.name]);
    if (threadId !== undefined) name.addEventListener('click', () => { this.actions.openThread(threadId); });
    const track = element('div', { class: 'track', role: 'img', tabindex: -1, 'data-lane': lane.id }, [svgElement('svg', { height: LANE_HEIGHT, 'aria-hidden': 'true' })]);
    this.tracks.set(lane.id, track);
    return element('div', { class: 'lane' }, [name, track]);
  }

  private drawLane(track: HTMLElement, lane: TimelineLane, isInTabOrder: boolean): PathKind[] {
    const { scale, timeline, current } = this.state;
    track.tabIndex = isInTabOrder ? 0 : -1;
    track.setAttribute('aria-label', laneText(lane, this.text));
    const paths = lanePaths(lane, scale, timeline.end);
    const element = ({ kind, d }: LanePath): SVGElement => svgElement('path', { class: kind, d });
    track.firstElementChild?.replaceChildren(
      ...paths.filter(({ kind }) => !isOverLabels(kind)).map(element),
      ...laneLabels(lane, scale).map(({ x, label }) => svgElement('text', { x, y: MIDDLE + 3.5 }, [label])),
      ...paths.filter(({ kind }) => isOverLabels(kind)).map(element),
      ...(current?.laneId === lane.id ? [this.outline(current)] : []),
    );
    return paths.map(({ kind }) => kind);
  }

  private outline({ item }: Current): SVGElement {
    const { scale, timeline } = this.state;
    const left = xOf(scale, beginOf(item));
    if (item.kind === 'mark' && item.mark.kind === 'fault') return svgElement('circle', { class: 'current', cx: left, cy: MIDDLE, r: MARK_RADIUS + 4 });
    const right = Math.min(Math.max(xOf(scale, endOf(item) ?? (item.kind === 'mark' && item.mark.kind === 'dma' ? timeline.end : beginOf(item))), left + 4), scale.width + 4);
    const from = Math.max(left, -4);
    return svgElement('rect', { class: 'current', x: from - 1.5, y: 1.5, width: Math.max(right - from, 0) + 3, height: LANE_HEIGHT - 3, rx: 2 });
  }
}
