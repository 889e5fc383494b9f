/** Messages of logpoints: text with expressions in braces. */
import { type Expression, ExpressionError } from '../evaluate/expression.ts';
import { type Notated, splitNotation } from '../variables/notation.ts';
import { parseExpression } from '../evaluate/parse.ts';

/** A text, or an expression and how its value is to be written. */
export type LogPart = string | { readonly expression: Expression; readonly numbers: Notated['numbers'] };

/** @throws ExpressionError for an expression that cannot be read, or a brace that is never closed. */
export function parseLogMessage(message: string): readonly LogPart[] {
  const parts: LogPart[] = [];
  let at = 0;
  while (at < message.length) {
    const open = message.indexOf('{', at);
    if (open < 0) break;
    const close = message.indexOf('}', open);
    if (close < 0) throw new ExpressionError('The log message has a { without its }.');
    const { text, numbers } = splitNotation(message.slice(open + 1, close));
    parts.push(message.slice(at, open), { expression: parseExpression(text), numbers });
    at = close + 1;
  }
  parts.push(message.slice(at));
  return parts.filter((part) => part !== '');
}
