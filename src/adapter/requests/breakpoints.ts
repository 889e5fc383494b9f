/** The requests that set breakpoints: each takes the place of all of its kind. */
import type { DebugProtocol } from '@vscode/debugprotocol';
import { shownBreakpoint } from '../breakpoints/breakpoint.ts';
import type { WantedBreakpoint } from '../breakpoints/store.ts';
import { request } from '../session/request.ts';
import type { Session } from '../session/session.ts';
import { flag, list, type Read, record, text, whole } from '../session/shape.ts';

export const source = record({}, { name: text, path: text, sourceReference: whole(0) });
/** The protocol knows log messages of lines only; this debugger takes them everywhere. */
export const rules = { condition: text, hitCondition: text, logMessage: text };
const lineBreakpoint = record({ line: whole(0) }, { column: whole(0), ...rules });
type LineBreakpoint = Read<typeof lineBreakpoint>;
const functionBreakpoint = record({ name: text }, rules);
const instructionBreakpoint = record({ instructionReference: text }, { offset: whole(), ...rules });

type Body = DebugProtocol.SetBreakpointsResponse['body'];

export const setBreakpoints = request(
  'setBreakpoints',
  record({ source }, { breakpoints: list(lineBreakpoint), lines: list(whole(0)), sourceModified: flag }),
  (session, { source: named, breakpoints, lines }): Body => {
    const { client } = session;
    const of = client.sourceIn(named);
    const wanted: readonly LineBreakpoint[] = breakpoints ?? (lines ?? []).map((line) => ({ line }));
    return replace(session, `source ${of.path ?? of.name ?? String(of.sourceReference ?? '')}`, wanted.map(({ line, column, ...rest }) => ({
      target: { kind: 'line', source: of, line: client.lineIn(line), column: column === undefined ? undefined : client.columnIn(column) }, rules: rest,
    })));
  },
);

export const setFunctionBreakpoints = request(
  'setFunctionBreakpoints', record({ breakpoints: list(functionBreakpoint) }, {}),
  (session, { breakpoints }): Body => replace(session, 'functions', breakpoints.map(({ name, ...rest }) => ({ target: { kind: 'function', name }, rules: rest }))),
);

export const setInstructionBreakpoints = request(
  'setInstructionBreakpoints', record({ breakpoints: list(instructionBreakpoint) }, {}),
  (session, { breakpoints }): Body => replace(session, 'instructions', breakpoints.map(({ instructionReference, offset, ...rest }) => ({
    target: { kind: 'instruction', reference: instructionReference, offset: offset ?? 0 }, rules: rest,
  }))),
);

function replace(session: Session, group: string, wanted: readonly WantedBreakpoint[]): Body {
  const { breakpoints, execution, client } = session;
  const now = breakpoints.replace(group, wanted, execution.debuggee);
  execution.breakpointsChanged();
  return { breakpoints: now.map((breakpoint) => shownBreakpoint(breakpoint, client)) };
}
