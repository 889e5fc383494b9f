import type { DebugProtocol } from '@vscode/debugprotocol';
import { ExpressionError, type Expression } from '../evaluate/expression.ts';
import { evaluate as valueOf } from '../evaluate/evaluate.ts';
import { parseExpression } from '../evaluate/parse.ts';
import { frameScope, threadScope } from '../evaluate/scopes.ts';
import type { Scope } from '../evaluate/evaluate.ts';
import type { Value } from '../evaluate/value.ts';
import type { Runner } from '../../sim/run/stop.ts';
import { symbolAt } from '../code/codeUnit.ts';
import { runCommand } from '../console/commands.ts';
import { mayBeAddress, referenceOf } from '../memory/reference.ts';
import { faultOf } from '../run/stopped.ts';
import type { Debuggee } from '../session/debuggee.ts';
import { errors } from '../session/errors.ts';
import { request } from '../session/request.ts';
import { debuggeeOf, type Session } from '../session/session.ts';
import { record, text, whole } from '../session/shape.ts';
import type { Frame } from '../stack/frame.ts';
import { livingThreads } from '../threads/threads.ts';
import { formatValue, type NumberFormat, typeName } from '../variables/format.ts';
import { valueRow } from '../variables/valueRow.ts';
import { threadOfFrame } from './scopes.ts';
import { format } from './variables.ts';

type Body = DebugProtocol.EvaluateResponse['body'];

/** Where an expression is looked at. */
interface Subject {
  readonly debuggee: Debuggee;
  readonly frame: Frame | undefined;
  readonly thread: Runner | undefined;
}

export const evaluate = request(
  'evaluate', record({ expression: text }, { frameId: whole(), context: text, format }),
  (session, { expression, frameId, context, format: numbers }): Body => {
    const debuggee = debuggeeOf(session, 'evaluate');
    const frame = frameId === undefined ? undefined : session.handles.frameOf(frameId);
    if (frameId !== undefined && !frame && context !== 'repl') throw errors.staleFrame();
    const { stopped } = session.execution;
    const thread = frame ? threadOfFrame(frame) : stopped?.thread ?? livingThreads(debuggee.machine)[0];
    const subject: Subject = { debuggee, frame, thread };
    try {
      if (context === 'repl') {
        const said = runCommand(expression, { debuggee, session, thread });
        if (said !== undefined) return { result: said, variablesReference: 0 };
      }
      return evaluateIn(session, subject, parseExpression(expression), context ?? 'repl', numbers ?? {});
    } catch (error) {
      throw error instanceof ExpressionError ? errors.expression(error.message) : error;
    }
  },
);

function evaluateIn(session: Session, subject: Subject, expression: Expression, context: string, numbers: NumberFormat): Body {
  if (expression.kind === 'assign' && context !== 'repl' && context !== 'watch') throw new ExpressionError('Values are set in the debug console.');
  if (expression.kind === 'assign' && context === 'watch') throw new ExpressionError('A watch expression sets nothing; use the debug console.');
  const scope = scopeOf(session, subject);
  const value = valueOf(expression, scope);
  if (expression.kind === 'assign' && session.client.hasInvalidatedEvent) session.outbound.event('invalidated', { areas: ['all'] });
  const children = valueRow(value);
  const lifetime = context === 'repl' ? 'program' : 'stop';
  return {
    result: resultText(subject, value, numbers), type: typeName(value),
    variablesReference: children ? session.handles.container(children, lifetime) : 0,
    ...memoryShown(subject, expression, value, scope),
  };
}

function scopeOf({ execution }: Session, { debuggee, frame, thread }: Subject): Scope {
  if (!thread) throw new ExpressionError('The program has no thread any more.');
  const fault = faultOf(execution.stopped, thread);
  const names = fault && { record: fault, bare: false };
  return frame ? frameScope(debuggee, frame, names) : threadScope(debuggee, thread, names);
}

function resultText({ debuggee, thread }: Subject, value: Value, numbers: NumberFormat): string {
  const shown = formatValue(value, numbers);
  const unit = thread && debuggee.unitOf(thread);
  const symbol = value.kind === 'integer' && value.bits >= 32 && unit ? symbolAt(unit, Number(value.value)) : undefined;
  return symbol === undefined ? shown : `${shown} <${symbol}>`;
}

/** Where the memory of an expression is, or the memory that an address leads to. */
function memoryShown({ thread }: Subject, expression: Expression, value: Value, scope: Scope): { readonly memoryReference?: string } {
  const shown = expression.kind === 'memory' ? valueOf(expression.address, scope) : value;
  if (shown.kind !== 'integer' || !thread || (expression.kind !== 'memory' && !mayBeAddress(shown.value))) return {};
  const space = thread.kind === 'task' ? { kind: 'ea', tid: thread.task.tid } as const : { kind: 'ls', context: thread.context.name } as const;
  return { memoryReference: referenceOf({ space, address: Number(shown.value) }) };
}
