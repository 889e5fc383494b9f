/** Sets what an expression names: a register, or memory. */
import type { DebugProtocol } from '@vscode/debugprotocol';
import { evaluate } from '../evaluate/evaluate.ts';
import { ExpressionError } from '../evaluate/expression.ts';
import { parseExpression } from '../evaluate/parse.ts';
import { errors } from '../session/errors.ts';
import { request } from '../session/request.ts';
import { record, text, whole } from '../session/shape.ts';
import { splitNotation } from '../variables/notation.ts';
import { typeName } from '../variables/format.ts';
import { valueRow } from '../variables/valueRow.ts';
import { edited } from './edited.ts';
import { codePlaceOf, resultText, rowsOf, scopeOf, subjectOf } from './subject.ts';
import { format } from './variables.ts';

export const setExpression = request(
  'setExpression', record({ expression: text, value: text }, { frameId: whole(), format }),
  (session, { expression, value, frameId, format: numbers }): DebugProtocol.SetExpressionResponse['body'] => {
    const subject = subjectOf(session, 'setExpression', { frameId });
    try {
      const { text: target, numbers: own } = splitNotation(expression);
      const shown = { ...numbers, ...own };
      const scope = scopeOf(session, subject);
      const set = evaluate({ kind: 'assign', target: parseExpression(target), value: parseExpression(value) }, scope);
      edited(session);
      const code = codePlaceOf(subject, set);
      const children = valueRow(set, target, rowsOf(subject), shown);
      return {
        value: resultText(subject, set, shown, scope), ...(session.client.hasVariableType ? { type: typeName(set) } : {}),
        ...(code ? { valueLocationReference: session.handles.location(code) } : {}),
        ...(children ? { variablesReference: session.handles.container(children) } : {}),
      };
    } catch (error) {
      throw error instanceof ExpressionError ? errors.cannotSet(expression, error.message) : error;
    }
  },
);
