/** Breakpoints on data: which bytes a name means, and setting them. */
import type { DebugProtocol } from '@vscode/debugprotocol';
import { shownBreakpoint } from '../breakpoints/breakpoint.ts';
import { dataIdOf, MOST_WATCHED, type WatchedBytes, watchedRange } from '../breakpoints/watched.ts';
import { type CObject, pointedTo } from '../c/object.ts';
import { type Watchable, watchableOf } from '../c/watchable.ts';
import { symbolAt } from '../code/codeUnit.ts';
import { addressIn, type Scope } from '../evaluate/evaluate.ts';
import { type Expression, ExpressionError } from '../evaluate/expression.ts';
import { parseExpression } from '../evaluate/parse.ts';
import { asInteger } from '../evaluate/value.ts';
import { mayBeAddress, type MemorySpace, parseReference } from '../memory/reference.ts';
import type { Debuggee } from '../session/debuggee.ts';
import { request } from '../session/request.ts';
import type { Session } from '../session/session.ts';
import { flag, list, oneOf, record, text, whole } from '../session/shape.ts';
import type { Container, Row } from '../variables/container.ts';
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
    const { bytes, isBitField = false, isTransient = false } = found;
    if (bytes > MOST_WATCHED) return { dataId: null, description: `${args.name} has ${String(bytes)} bytes, and at most ${String(MOST_WATCHED)} are watched as one: choose a part of it.` };
    const dataId = dataIdOf(found);
    const what = `${String(bytes)} byte${bytes === 1 ? '' : 's'} at ${dataId.replace(/\+\d+$/, '')}${isBitField ? `, with the bit-field in ${bytes === 1 ? 'it' : 'them'}` : ''}`;
    return { dataId, description: what, accessTypes: [...ACCESS_TYPES], canPersist: !isTransient };
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

interface Found extends WatchedBytes {
  readonly isBitField?: boolean;
  /** It is in a frame, or what a pointer leads to now: in another run it may be something else. */
  readonly isTransient?: boolean;
}

/** A sentence where there is nothing to watch. */
function ofVariable({ handles, execution }: Session, reference: number, name: string, bytes: number | undefined): Found | string {
  const container = handles.containerOf(reference)?.container;
  const row = container && rowNamed(container, name);
  if (!row) return `There is no ${name} here any more.`;
  const { memory, watchable } = row;
  if (watchable && execution.debuggee) return ofObject(execution.debuggee, watchable.space, watchable.own, bytes);
  if (!memory) return `${name} is not in memory and points to none that could be watched.`;
  return { ...memory, bytes: bytes ?? wordBytes(memory) };
}

/** Elements have their number as their name: there may be millions. */
function rowNamed(container: Container, name: string): Row | undefined {
  const index = container.indexedCount > 0 ? /^\[(\d+)\]$/.exec(name)?.[1] : undefined;
  const rows = index === undefined ? container.rows(0, MOST_ROWS, {}) : container.rows(Number(index), 1, {});
  return rows.find((row) => row.name === name);
}

/** A value of C: its own memory. */
function ofObject(debuggee: Debuggee, space: MemorySpace, own: Watchable, wanted: number | undefined): Found | string {
  if ('refusal' in own) return own.refusal;
  const { address, bytes, isBitField } = own;
  return { space, address, bytes: wanted ?? bytes, isBitField, isTransient: symbolAt(debuggee.code.ppe, address) === undefined };
}

/** What an expression is about: a value of C, else an address. A pointer of C that was computed means what it leads to. */
function meantBy(expression: Expression, scope: Scope): CObject | bigint {
  const pointer = expression.kind === 'memory' ? addressIn(expression.address, scope) : undefined;
  if (pointer && (pointer.kind !== 'object' || (expression.kind === 'memory' && expression.type !== undefined))) return asInteger(pointer);
  const value = addressIn(expression, scope);
  if (value.kind !== 'object') return asInteger(value);
  const { object } = value;
  return expression.kind !== 'name' && object.storage.kind === 'bytes' ? pointedTo(object) ?? object : object;
}

function ofExpression(session: Session, subject: Subject, name: string, bytes: number | undefined): Found | string {
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
    const meant = meantBy(expression, scope);
    if (typeof meant === 'object') return ofObject(debuggee, space, watchableOf(meant, name), bytes);
    const value = BigInt.asUintN(64, meant);
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
