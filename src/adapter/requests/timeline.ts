/** Time for the view that shows it. */
import { DEFAULT_CONFIGURATION } from '../../sim/machine.ts';
import { errors } from '../session/errors.ts';
import { request } from '../session/request.ts';
import { record, whole } from '../session/shape.ts';
import { timelineOf } from '../timeline/timeline.ts';
import { TIMELINE_REQUEST, type TimelineResponse } from '../timelineProtocol.ts';

/** Answers in every state of the session. */
export const timeline = request(
  TIMELINE_REQUEST, record({}, { from: whole(0), to: whole(0), cyclesPerPoint: whole(1) }),
  ({ execution: { debuggee } }, looked): TimelineResponse => {
    const { from = 0, to = Infinity } = looked;
    if (from > to) throw errors.badArgument(TIMELINE_REQUEST, 'to', 'no less than from');
    if (!debuggee) return { begin: 0, end: 0, cyclesPerSecond: DEFAULT_CONFIGURATION.cyclesPerSecond, lanes: [] };
    return timelineOf(debuggee.machine, looked);
  },
);
