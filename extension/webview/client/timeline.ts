/** The page of the timeline: tools above, lanes over simulated time, a legend, and a table for those who want to read. */
import { itemText, length, lengthOf, moment, whatText } from '../timeline/itemWords.ts';
import { beginOf, faultOf, itemsIn, type LaneItem } from '../timeline/laneItems.ts';
import type { FromTimelinePage, ToTimelinePage } from '../messages/timeline.ts';
import { element } from './elements.ts';
import { connect } from './host.ts';
import { TimelineGestures } from './timelineGestures.ts';
import { timelineKey, zoomAtCurrent } from './timelineKeys.ts';
import { TimelineLanes } from './timelineLanes.ts';
import { TimelineLegend } from './timelineLegend.ts';
import { TimelineOverlay } from './timelineOverlay.ts';
import { type KeptState, TimelineState } from './timelineState.ts';
import { TimelineTable } from './timelineTable.ts';

interface Remembered {
  readonly state: KeptState;
  readonly isTable: boolean;
}

const ZOOM = 2;

const host = connect<ToTimelinePage, FromTimelinePage, Remembered>();
const { text } = host;
const drawing = { isDue: false, isAsking: false };

const state = new TimelineState((hasNewLook) => {
  drawing.isAsking ||= hasNewLook;
  if (drawing.isDue) return;
  drawing.isDue = true;
  requestAnimationFrame(draw);
});
const overlay = new TimelineOverlay();
const lanes = new TimelineLanes(state, text, { openThread: (threadId) => { host.post({ kind: 'thread', threadId }); } });
const legend = new TimelineLegend(text);
const table = new TimelineTable(state, text, openFault);
const follow = toggle('follow', () => { state.follow(follow.getAttribute('aria-pressed') !== 'true'); });
const unit = toggle('unit', () => {
  state.countIn(state.unit === 'time' ? 'cycles' : 'time');
});
const asTable = toggle('table', () => {
  table.show(!table.isShown);
  state.resize(overlay.ruler.clientWidth);
  draw();
});
const zoomSelection = button('zoomSelection', zoomToSelection);
const inSight = element('span', { class: 'window' });
const note = element('p', { class: 'note', role: 'note' });
const said = element('div', { class: 'said', role: 'status', 'aria-live': 'polite' });
const tip = element('div', { class: 'tip', hidden: true, 'aria-hidden': 'true' });
const frame = element('div', { class: 'frame', role: 'application', 'aria-label': text('lanes') }, [
  element('div', { class: 'head' }, [overlay.corner, overlay.ruler]),
  element('div', { class: 'body' }, [overlay.root, lanes.root]),
]);
const tools = element('div', { class: 'tools', role: 'toolbar', 'aria-label': text('tools') }, [
  button('zoomOut', () => { zoomAtCurrent(state, 1 / ZOOM); }, '−'), button('zoomIn', () => { zoomAtCurrent(state, ZOOM); }, '+'), button('fit', () => { state.showAll(); }), follow, unit, asTable,
  button('export', () => { host.post({ kind: 'export' }); }), zoomSelection, inSight,
]);
const picture = element('main', { class: 'picture', hidden: true }, [tools, frame, legend.root, said, table.root]);

function button(name: string, press: () => void, label = text(name)): HTMLButtonElement {
  const made = element('button', { id: name, 'aria-label': text(name), title: text(name) }, [label]);
  made.addEventListener('click', press);
  return made;
}

function toggle(name: string, press: () => void): HTMLButtonElement {
  const made = button(name, press);
  made.setAttribute('aria-pressed', 'false');
  return made;
}

function openFault(fault: number): void {
  host.post({ kind: 'fault', fault });
}

function openCurrent(): void {
  const fault = state.current && faultOf(state.current.item);
  if (fault !== undefined) openFault(fault);
}

function zoomToSelection(): void {
  const { selection } = state;
  if (!selection) return;
  state.select(undefined);
  state.lookAt({ ...selection, width: state.width });
}

function draw(): void {
  drawing.isDue = false;
  if (drawing.isAsking) host.post({ kind: 'look', look: state.lookedAt, points: state.width, unit: state.unit });
  drawing.isAsking = false;
  overlay.draw(state);
  legend.draw(lanes.draw());
  table.draw();
  drawTools();
  host.remember({ state: state.kept, isTable: table.isShown });
}

function drawTools(): void {
  const { scale, clock, selection, timeline } = state;
  const said = (cycle: number): string => moment(cycle, clock, text);
  follow.setAttribute('aria-pressed', String(state.follows && state.lookedAt.kind !== 'range'));
  follow.hidden = state.hasEnded;
  unit.setAttribute('aria-pressed', String(state.unit === 'cycles'));
  asTable.setAttribute('aria-pressed', String(table.isShown));
  zoomSelection.hidden = selection === undefined;
  const { from, to } = selection ?? scale;
  inSight.textContent = text(selection ? 'selected' : 'window', said(from), said(to), length(to - from, clock, text), selection ? faultsIn(from, to) : '');
  const remarks = [...(state.hasEnded ? [text('ended')] : []), ...(timeline.begin > 0 ? [text('begins', said(timeline.begin))] : [])];
  note.textContent = remarks.join(' ');
  note.hidden = remarks.length === 0;
}

function faultsIn(from: number, to: number): number {
  return state.lanes.flatMap((lane) => itemsIn(lane, from, to)).reduce((sum, item) => sum + (item.kind === 'mark' && item.mark.kind === 'fault' ? item.mark.count : 0), 0);
}

/** Says what is current to those who do not see it. */
function sayCurrent(): void {
  lanes.draw();
  lanes.focus();
  const lane = state.lane(state.focusedLane);
  const { current } = state;
  if (lane) said.textContent = current?.laneId === lane.id ? itemText(lane, current.item, state.clock, text) : lane.name;
}

function showTip(laneId: string | undefined, item: LaneItem | undefined, { x, y }: { readonly x: number; readonly y: number }): void {
  const lane = state.lane(laneId);
  tip.hidden = !lane || !item;
  if (!lane || !item) return;
  const lasted = lengthOf(item, state.clock, text);
  const when = moment(beginOf(item), state.clock, text);
  tip.replaceChildren(element('strong', {}, [whatText(item, text)]), element('span', {}, [lane.name]), element('span', {}, [lasted === undefined ? when : `${when} · ${lasted}`]));
  const { width, height } = tip.getBoundingClientRect();
  tip.style.left = `${Math.max(Math.min(x + 12, innerWidth - width - 8), 4)}px`;
  tip.style.top = `${y + 18 + height > innerHeight ? Math.max(y - height - 10, 4) : y + 18}px`;
}

function receive(message: ToTimelinePage): void {
  switch (message.kind) {
    case 'timeline':
      picture.hidden = false;
      state.resize(overlay.ruler.clientWidth);
      state.receive(message.timeline, message.program, message.hasEnded);
      // What was said of another program.
      if (state.focusedLane === undefined) said.textContent = '';
      break;
    case 'nothing':
      picture.hidden = true;
      note.hidden = false;
      note.textContent = message.why;
      break;
    case 'fault': state.awaitFault(message.fault); break;
  }
}

new TimelineGestures(state, frame, overlay.ruler, lanes, {
  hovered: showTip,
  clicked: (laneId, item) => {
    state.go(laneId, item, true);
    sayCurrent();
    openCurrent();
  },
});
frame.addEventListener('keydown', (event) => {
  if (event.target instanceof HTMLButtonElement && (event.key === 'Enter' || event.key === ' ')) return;
  const isKnown = timelineKey(event, state, {
    reached: sayCurrent,
    atEnd: () => { said.textContent = text('noMore'); },
    open: openCurrent,
    zoomSelection: zoomToSelection,
  });
  if (isKnown) event.preventDefault();
});
frame.addEventListener('focusin', ({ target }) => {
  const lane = lanes.laneOf(target);
  if (lane) state.focusedLane = lane.id;
});
follow.title = text('followHelp');
unit.title = text('unitHelp');
document.body.append(note, picture, tip);
if (host.remembered?.isTable === true) table.show(true);
new ResizeObserver(() => { state.resize(overlay.ruler.clientWidth); }).observe(frame);
host.listen(receive);
state.begin(host.remembered?.state);
