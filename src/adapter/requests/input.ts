import { waitsForInput } from '../comparison/runToEnd.ts';
import { INPUT_REQUEST, WANTS_INPUT_REQUEST, type WantsInputResponse } from '../protocol.ts';
import { errors } from '../session/errors.ts';
import { request } from '../session/request.ts';
import { debuggeeOf } from '../session/session.ts';
import { nothing, record, text } from '../session/shape.ts';

/** What somebody types who sees the program's output, but has no debug console. */
export const input = request(INPUT_REQUEST, record({}, { text }), (session, { text: typed }) => {
  if (debuggeeOf(session, INPUT_REQUEST).machine.state.exit) throw errors.hasEnded(INPUT_REQUEST);
  session.execution.give({ kind: 'stdin', bytes: typed === undefined ? undefined : new TextEncoder().encode(typed) });
});

/** For who stops at deadlocks: one that only waits for input is none. */
export const wantsInput = request(WANTS_INPUT_REQUEST, nothing, ({ execution: { debuggee } }): WantsInputResponse =>
  ({ wanted: debuggee !== undefined && waitsForInput(debuggee.machine, true) }));
