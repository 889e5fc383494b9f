/** Where an expression is looked at: a frame, or the thread that stopped. */
import { ExpressionError } from '../evaluate/expression.ts';
import type { Scope } from '../evaluate/evaluate.ts';
import { frameScope, threadScope } from '../evaluate/scopes.ts';
import type { Value } from '../evaluate/value.ts';
import type { SourcePlace } from '../../sim/program/program.ts';
import { type CodeUnit, symbolAt } from '../code/codeUnit.ts';
import { faultOf } from '../run/stopped.ts';
import type { Debuggee } from '../session/debuggee.ts';
import { errors } from '../session/errors.ts';
import { debuggeeOf, type Session } from '../session/session.ts';
import type { RowContext } from '../c/rows.ts';
import { rowContext } from '../c/scopes.ts';
import type { Frame } from '../stack/frame.ts';
import { userFrames } from '../stack/userFrames.ts';
import { livingThreads } from '../threads/threads.ts';
import type { Runner } from '../../sim/run/stop.ts';
import { formatValue, type NumberFormat } from '../variables/format.ts';
import { threadOfFrame } from './scopes.ts';

export interface Subject {
  readonly debuggee: Debuggee;
  readonly frame: Frame | undefined;
  readonly thread: Runner | undefined;
}

/** `isLasting`: what the debug console was asked in a frame of an earlier stop is looked at where the thread is now. */
export function subjectOf(session: Session, command: string, { frameId, isLasting = false }: { readonly frameId?: number | undefined; readonly isLasting?: boolean }): Subject {
  const debuggee = debuggeeOf(session, command);
  const frame = frameId === undefined ? undefined : session.handles.frameOf(frameId);
  if (frameId !== undefined && !frame && !isLasting) throw errors.staleFrame();
  const thread = frame ? threadOfFrame(frame) : session.execution.stopped?.thread ?? livingThreads(debuggee.machine)[0];
  return { debuggee, frame, thread };
}

/** Throws `ExpressionError` where there is no thread any more. */
export function scopeOf({ execution }: Session, { debuggee, frame, thread }: Subject): Scope {
  if (!thread) throw new ExpressionError('The program has no thread any more.');
  const fault = faultOf(execution.stopped, thread);
  const names = fault && { record: fault, bare: false };
  return frame ? frameScope(debuggee, frame, names) : threadScope(debuggee, thread, names);
}

/** What rows of C values need; undefined where the thread has no user code. */
export function rowsOf({ debuggee, frame, thread }: Subject): RowContext | undefined {
  if (thread?.kind !== 'task') return undefined;
  const user = frame?.kind === 'user' ? frame : userFrames(debuggee.machine, debuggee.code.ppe, thread.task, 1)[0];
  return user && rowContext(debuggee, user);
}

/** A value as text, with the symbol that it is the address of. */
export function resultText(subject: Subject, value: Value, numbers: NumberFormat, scope: Scope): string {
  const unit = subject.thread && subject.debuggee.unitOf(subject.thread);
  const shown = formatValue(value, numbers, scope, (address) => unit && symbolAt(unit, address));
  if (numbers.notation && numbers.notation !== 'x') return shown;
  const symbol = codeOf(subject, value, (at) => (isProbablyAddress(at) ? symbolAt(at.unit, at.address) : undefined));
  return symbol === undefined ? shown : `${shown} <${symbol}>`;
}

/** Every small number is an address of something in a local store: there, only those of symbols themselves are taken for addresses. */
function isProbablyAddress({ unit, address }: { readonly unit: CodeUnit; readonly address: number }): boolean {
  return unit.image === undefined || (address !== 0 && unit.symbols.symbolize(address)?.offset === 0);
}

/** The source of the code that a value is the address of. */
export function codePlaceOf(subject: Subject, value: Value): SourcePlace | undefined {
  return codeOf(subject, value, ({ unit, address }) => unit.lines.placeOf(address));
}

function codeOf<T>({ debuggee, thread }: Subject, value: Value, find: (at: { readonly unit: CodeUnit; readonly address: number }) => T | undefined): T | undefined {
  const unit = thread && debuggee.unitOf(thread);
  return value.kind === 'integer' && value.bits >= 32 && unit ? find({ unit, address: Number(value.value) }) : undefined;
}
