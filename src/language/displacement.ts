/** The displacement of `d(ra)` as an expression of the debugger. */
import { Cursor } from '../sim/program/asm/cursor.ts';
import { StatementError } from '../sim/program/asm/error.ts';
import { parseExpression } from '../sim/program/asm/expressionParser.ts';
import type { Expression } from '../sim/program/asm/object.ts';
import type { Statement } from '../sim/program/asm/statement.ts';
import { constantOf } from '../sim/program/asm/symbols.ts';
import type { SourceAnalysis } from './sourceAnalysis.ts';

/** Undefined where the debugger has no words for it. `start` and `end` are places in the statement. */
export function displacementText(analysis: SourceAnalysis, { text, place }: Statement, start: number, end: number): string | undefined {
  const program = analysis.programAt(place.line);
  const namespace = analysis.survey.symbols.find((symbol) => symbol.namespace.space.name === program)?.namespace;
  if (text.slice(start, end).trim() === '') return '0';
  if (!namespace) return /^[ \t]*-?\d+[ \t]*$/.test(text.slice(start, end)) ? text.slice(start, end).trim() : undefined;
  try {
    return textOf(parseExpression(new Cursor(text.slice(0, end), start), { namespace, place, dot: undefined }));
  } catch (error) {
    if (error instanceof StatementError) return undefined;
    throw error;
  }
}

function textOf(expression: Expression): string | undefined {
  switch (expression.kind) {
    case 'number': return String(expression.value);
    case 'symbol': {
      const constant = expression.borrowed ?? constantOf(expression.symbol);
      return constant === undefined ? expression.symbol.name : String(constant);
    }
    case 'binary': {
      const [left, right] = [textOf(expression.left), textOf(expression.right)];
      if (left === undefined || right === undefined || !SAME_OPERATORS.has(expression.operator)) return undefined;
      return `(${left} ${expression.operator} ${right})`;
    }
    case 'part': {
      const operand = expression.part === 'l' ? textOf(expression.operand) : undefined;
      // The low half is added with its sign.
      return operand === undefined ? undefined : `(((${operand}) & 0xffff ^ 0x8000) - 0x8000)`;
    }
    default: return undefined;
  }
}

/** Those that mean the same in both languages. */
const SAME_OPERATORS: ReadonlySet<string> = new Set(['+', '-', '*', '&', '|', '<<', '>>']);
