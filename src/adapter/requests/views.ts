/** Refault's own requests (`protocol.ts`): what its views show, in every state of the session. */
import { CONTEXT_REQUEST, type ContextDetails, CONTEXTS_REQUEST, type ContextsResponse, STATUS_REQUEST, type StatusResponse } from '../protocol.ts';
import { request } from '../session/request.ts';
import { debuggeeOf } from '../session/session.ts';
import { errors } from '../session/errors.ts';
import { flag, nothing, oneOf, record, text } from '../session/shape.ts';
import { contextDetails } from '../views/contextDetails.ts';
import { contextRow, endedRow } from '../views/contextRows.ts';

/** Contexts that are gone come first: they were there first. */
export const contexts = request(CONTEXTS_REQUEST, nothing, ({ execution: { debuggee } }): ContextsResponse => {
  if (!debuggee) return { contexts: [] };
  const { ended, contexts: living } = debuggee.machine.state.spufs;
  return { contexts: [...ended.map(endedRow), ...[...living.values()].map((context) => contextRow(debuggee, context))] };
});

export const context = request(
  CONTEXT_REQUEST, record({ name: text, lanes: oneOf('bytes', 'halfwords', 'words', 'doublewords', 'float', 'double'), decimal: flag }, {}),
  (session, { name, ...format }): ContextDetails => {
    const debuggee = debuggeeOf(session, CONTEXT_REQUEST);
    const found = debuggee.machine.state.spufs.contexts.get(name);
    if (!found) throw errors.noSuchContext(name);
    return contextDetails(debuggee, found, format, session.client);
  },
);

export const status = request(STATUS_REQUEST, nothing, (session): StatusResponse => {
  const { machine } = debuggeeOf(session, STATUS_REQUEST);
  const choice = session.launch?.kernel;
  return {
    kernel: machine.profile.name, ...(choice === undefined ? {} : { choice }),
    cycle: machine.cycle, cyclesPerSecond: machine.configuration.cyclesPerSecond,
  };
});
