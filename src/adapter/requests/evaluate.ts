import type { DebugProtocol } from '@vscode/debugprotocol';
import { addressIn, type Scope, evaluate as valueOf } from '../evaluate/evaluate.ts';
import { type Expression, ExpressionError } from '../evaluate/expression.ts';
import { parseExpression } from '../evaluate/parse.ts';
import type { Value } from '../evaluate/value.ts';
import { tableFor } from '../console/table.ts';
import { runCommand } from '../console/commands.ts';
import { memoryAddress } from '../c/rows.ts';
import type { CObject } from '../c/object.ts';
import { mayBeAddress, referenceOf } from '../memory/reference.ts';
import { errors } from '../session/errors.ts';
import { request } from '../session/request.ts';
import type { Session } from '../session/session.ts';
import { record, text, whole } from '../session/shape.ts';
import { source } from './breakpoints.ts';
import { edited } from './edited.ts';
import { checkProcessor, hoverText } from './hoverText.ts';
import { splitNotation } from '../variables/notation.ts';
import { formatValue, type NumberFormat, typeName } from '../variables/format.ts';
import { valueRow } from '../variables/valueRow.ts';
import { codePlaceOf, resultText, rowsOf, scopeOf, type Subject, subjectOf } from './subject.ts';
import { format } from './variables.ts';

type Body = DebugProtocol.EvaluateResponse['body'];

export const evaluate = request(
  'evaluate', record({ expression: text }, { frameId: whole(), context: text, format, source, line: whole(0) }),
  (session, { expression, frameId, context, format: numbers, source: of, line }): Body => {
    const subject = subjectOf(session, 'evaluate', { frameId, isLasting: context === 'repl' });
    try {
      if (context === 'repl') {
        const said = runCommand(expression, { debuggee: subject.debuggee, session, thread: subject.thread, table: tableFor(session.client) });
        if (said !== undefined) return { result: said, variablesReference: 0 };
      }
      if (context === 'hover' && of && line !== undefined) checkProcessor(subject, session.client.sourceIn(of), session.client.lineIn(line));
      return evaluateIn(session, subject, expression, context ?? 'repl', numbers ?? {});
    } catch (error) {
      throw error instanceof ExpressionError ? errors.expression(error.message) : error;
    }
  },
);

/** Only the console sets anything: hovers, watches and the clipboard are asked again and again. */
function evaluateIn(session: Session, subject: Subject, wanted: string, context: string, asked: NumberFormat): Body {
  const { text, numbers: own } = splitNotation(wanted);
  const numbers = { ...asked, ...own };
  const expression = parseExpression(text);
  if (expression.kind === 'assign' && context === 'watch') throw new ExpressionError('A watch expression sets nothing; use the debug console.');
  if (expression.kind === 'assign' && context !== 'repl') throw new ExpressionError('Values are set in the debug console.');
  const scope = scopeOf(session, subject);
  const value = valueOf(expression, scope);
  if (expression.kind === 'assign') edited(session);
  // What is pasted elsewhere is the value alone.
  if (context === 'clipboard') return { result: formatValue(value, numbers, scope), variablesReference: 0 };
  const children = valueRow(value, grouped(text), rowsOf(subject), numbers);
  const lifetime = context === 'repl' ? 'program' : 'stop';
  const code = codePlaceOf(subject, value);
  return {
    result: context === 'hover' ? hoverText(subject, expression, value, scope, numbers) : resultText(subject, value, numbers, scope), ...(session.client.hasVariableType ? { type: typeName(value) } : {}),
    variablesReference: children ? session.handles.container(children, lifetime) : 0,
    ...(code ? { valueLocationReference: session.handles.location(code) } : {}),
    ...memoryShown(subject, expression, value, scope),
  };
}

/** Where the memory of an expression is, or the memory that an address leads to. */
function memoryShown(subject: Subject, expression: Expression, value: Value, scope: Scope): { readonly memoryReference?: string } {
  const { thread } = subject;
  if (value.kind === 'object') return objectShown(subject, value.object);
  const shown = expression.kind === 'memory' ? addressIn(expression.address, scope) : value;
  if (shown.kind !== 'integer' || !thread || (expression.kind !== 'memory' && !mayBeAddress(shown.value))) return {};
  const space = thread.kind === 'task' ? { kind: 'ea', tid: thread.task.tid } as const : { kind: 'ls', context: thread.context.name } as const;
  return { memoryReference: referenceOf({ space, address: Number(shown.value) }) };
}

function objectShown({ thread }: Subject, object: CObject): { readonly memoryReference?: string } {
  const address = memoryAddress(object);
  return address === undefined || thread?.kind !== 'task' ? {} : { memoryReference: referenceOf({ space: { kind: 'ea', tid: thread.task.tid }, address }) };
}

/** So that a member of it can be written behind it. */
function grouped(text: string): string {
  return /^[\w.]+$/.test(text) ? text : `(${text})`;
}
