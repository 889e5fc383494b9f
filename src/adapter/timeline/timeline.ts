/** The answer about time: every lane in the words that a view shows. */
import type { Machine } from '../../sim/machine.ts';
import { laneOf, ownerOf } from '../../sim/timeline/entry.ts';
import { livingThreads, taskName, threadIdOf } from '../threads/threads.ts';
import type { TimelineArguments, TimelineLane, TimelineResponse, TimelineSpan } from '../timelineProtocol.ts';
import { type LaneOfOwner, Lanes } from './lanes.ts';
import type { Span } from './laneSpans.ts';
import { doingOf, markWords, ownWords } from './words.ts';

/** More points than a picture is wide: an answer stays in bounds, whatever is asked for. */
const MOST_POINTS = 8192;
/** With more lanes than these, those that are gone are left out where they have nothing in sight. */
const MANY_LANES = 200;

export function timelineOf(machine: Machine, { from = 0, to = Infinity, cyclesPerPoint = 1 }: TimelineArguments): TimelineResponse {
  const { kernel: { timeline: { begin } }, cycle: end, configuration: { cyclesPerSecond } } = machine;
  const least = Math.ceil((Math.min(to, end) - Math.max(from, begin)) / MOST_POINTS);
  const lanes = new Lanes(machine, { from, to, cyclesPerPoint: Math.max(cyclesPerPoint, least) });
  const own = ownLanes(machine, lanes);
  const names = new Map(own.map(({ number, lane: { name } }) => [number, name]));
  return {
    begin, end, cyclesPerSecond,
    lanes: [
      ...lanes.cpus.map(({ spans }, cpu) => processorLane('cpu', cpu, spans, names)),
      ...lanes.spes.map(({ spans }, spe) => processorLane('spe', spe, spans, names)),
      ...own.map(({ lane }) => lane),
    ],
  };
}

function processorLane(kind: 'cpu' | 'spe', number: number, spans: readonly Span[], names: ReadonlyMap<number, string>): TimelineLane {
  return {
    id: `${kind} ${String(number)}`, kind, name: `${kind.toUpperCase()} ${String(number)}`,
    spans: spans.flatMap((span) => wordedSpan(span, names.get(span.detail)) ?? []), marks: [],
  };
}

interface NumberedLane {
  readonly number: number;
  readonly lane: TimelineLane;
}

/** Tasks by their tid, then contexts in the order in which they were made. */
function ownLanes(machine: Machine, { own }: Lanes): readonly NumberedLane[] {
  const threads = new Map(livingThreads(machine).map((thread) =>
    [thread.kind === 'task' ? laneOf('task', thread.task.tid) : laneOf('context', thread.context.id), threadIdOf(thread)]));
  const lanes = [...own.values()].sort((one, other) => one.number - other.number).map((lane) => ({ number: lane.number, lane: ownLane(machine, lane, threads.get(lane.number)) }));
  const shown = lanes.length <= MANY_LANES ? lanes : lanes.filter(({ lane: { threadId, spans, marks } }) => threadId !== undefined || spans.length > 0 || marks.length > 0);
  return [...shown.filter(({ lane }) => lane.kind === 'task'), ...shown.filter(({ lane }) => lane.kind === 'context')];
}

function ownLane({ kernel: { timeline }, state }: Machine, { number, name, spans: { spans }, marks: { marks } }: LaneOfOwner, threadId: number | undefined): TimelineLane {
  const { owner, id } = ownerOf(number);
  const given = timeline.text(name) ?? '';
  return {
    id: `${owner} ${String(id)}`, kind: owner, name: owner === 'task' ? taskName({ name: given, tid: id }) : given,
    ...(threadId === undefined ? {} : { threadId }),
    spans: spans.flatMap((span) => wordedSpan(span, ownWords(span.kind, span.detail, timeline)) ?? []),
    marks: markWords(state.faults, marks),
  };
}

function wordedSpan({ from, to, kind, count, fault }: Span, what: string | undefined): TimelineSpan | undefined {
  if (count > 1) return { from, to, doing: 'many', count };
  const doing = doingOf(kind);
  return doing && { from, to, doing, ...(what === undefined ? {} : { what }), ...(fault === undefined ? {} : { fault }) };
}
