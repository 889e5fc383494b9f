/** Breakpoints on data: which bytes a name means, and setting them. */
import type { DebugProtocol } from '@vscode/debugprotocol';
import { shownBreakpoint } from '../breakpoints/breakpoint.ts';
import { dataIdOf, MOST_WATCHED, type WatchedBytes, watchedRange } from '../breakpoints/watched.ts';
import { evaluate } from '../evaluate/evaluate.ts';
import { ExpressionError } from '../evaluate/expression.ts';
import { parseExpression } from '../evaluate/parse.ts';
import { asInteger } from '../evaluate/value.ts';
import { mayBeAddress, parseReference } from '../memory/reference.ts';
import { request } from '../session/request.ts';
import type { Session } from '../session/session.ts';
import { flag, list, oneOf, record, text, whole } from '../session/shape.ts';
import { rules } from './breakpoints.ts';
import { scopeOf, type Subject, subjectOf } from './subject.ts';

const ACCESS_TYPES = ['read', 'write', 'readWrite'] as const;
const MOST_ROWS = 1000;

/**
 * What a data breakpoint on a variable, an expression or an address would watch. A register, and a number that may be an
 * address, stand for the memory that they point to.
 */
export const dataBreakpointInfo = request(
  'dataBreakpointInfo', record({ name: text }, { variablesReference: whole(0), frameId: whole(), bytes: whole(1, MOST_WATCHED), asAddress: flag, mode: text }),
  (session, args): DebugProtocol.DataBreakpointInfoResponse['body'] => {
    const subject = subjectOf(session, 'dataBreakpointInfo', { frameId: args.frameId, isLasting: true });
    const found = args.variablesReference === undefined || args.variablesReference === 0
      ? ofExpression(session, subject, args.name, args.bytes)
      : ofVariable(session, args.variablesReference, args.name, args.bytes);
    if (typeof found === 'string') return { dataId: null, description: found };
    return { dataId: dataIdOf(found), description: `${String(found.bytes)} bytes at ${dataIdOf(found).replace(/\+\d+$/, '')}`, accessTypes: [...ACCESS_TYPES], canPersist: true };
  },
);

const dataBreakpoint = record({ dataId: text }, { accessType: oneOf(...ACCESS_TYPES), ...rules });

export const setDataBreakpoints = request(
  'setDataBreakpoints', record({ breakpoints: list(dataBreakpoint) }, {}),
  ({ breakpoints, execution, client }, { breakpoints: wanted }): DebugProtocol.SetDataBreakpointsResponse['body'] => {
    const now = breakpoints.replace('data', wanted.map(({ dataId, accessType, ...rest }) => ({ target: { kind: 'data', dataId, access: accessType ?? 'write' }, rules: rest })), execution.debuggee);
    execution.breakpointsChanged();
    return { breakpoints: now.map((breakpoint) => shownBreakpoint(breakpoint, client)) };
  },
);

/** A sentence where there is nothing to watch. */
function ofVariable({ handles }: Session, reference: number, name: string, bytes: number | undefined): WatchedBytes | string {
  const row = handles.containerOf(reference)?.container.rows(0, MOST_ROWS, {}).find((r) => r.name === name);
  if (!row) return `There is no ${name} here any more.`;
  if (!row.memory) return `${name} is not in memory and points to none that could be watched.`;
  return { ...row.memory, bytes: bytes ?? wordBytes(row.memory) };
}

function ofExpression(session: Session, subject: Subject, name: string, bytes: number | undefined): WatchedBytes | string {
  const { thread, debuggee } = subject;
  // `0x1000+4` is arithmetic; only with its space in front is it a range.
  const named = name.includes(':') ? watchedRange(name) : undefined;
  if (named) return named;
  if (!thread) return 'The program has no thread any more.';
  const place = name.includes(':') && !name.includes('[') ? parseReference(name, thread.kind === 'task' ? thread.task.tid : 0) : undefined;
  if (place) return { ...place, bytes: bytes ?? wordBytes(place) };
  const space: WatchedBytes['space'] = thread.kind === 'task' ? { kind: 'ea', tid: thread.task.tid } : { kind: 'ls', context: thread.context.name };
  try {
    const scope = scopeOf(session, subject);
    const expression = parseExpression(name);
    const target = expression.kind === 'memory' ? expression.address : expression;
    const value = BigInt.asUintN(64, asInteger(evaluate(target, scope)));
    const symbol = expression.kind === 'name' ? debuggee.unitOf(thread)?.symbols.named(name) : undefined;
    if (space.kind === 'ea' && !mayBeAddress(value)) return `${name} is no address of the program.`;
    const size = (expression.kind === 'memory' ? expression.type?.bytes : symbol?.size) ?? 0;
    return { space, address: Number(value), bytes: bytes ?? (size > 0 && size <= MOST_WATCHED ? size : scope.wordBytes) };
  } catch (error) {
    if (error instanceof ExpressionError) return error.message;
    throw error;
  }
}

/** A doubleword of the PPE, a word of a local store. */
function wordBytes({ space }: Pick<WatchedBytes, 'space'>): number {
  return space.kind === 'ls' ? 4 : 8;
}
