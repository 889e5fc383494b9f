/** Scopes of a function in C. */
import { symbolAt } from '../code/codeUnit.ts';
import { evaluate } from '../evaluate/evaluate.ts';
import { parseExpression } from '../evaluate/parse.ts';
import { frameScope } from '../evaluate/scopes.ts';
import type { Debuggee } from '../session/debuggee.ts';
import type { UserFrame } from '../stack/frame.ts';
import type { Container } from '../variables/container.ts';
import { type RowContext, variablesContainer } from './rows.ts';
import { globalsOf, localsOf } from './variables.ts';

interface VariableScopes {
  readonly locals: Container;
  readonly globals: Container;
}

/** Undefined for a frame without debug information. */
export function variableScopes(debuggee: Debuggee, frame: UserFrame): VariableScopes | undefined {
  const { code } = frame;
  const activation = code?.activations[frame.activation];
  if (!code || !activation) return undefined;
  const context = rowContext(debuggee, frame);
  return {
    locals: variablesContainer(() => localsOf(code, activation), context),
    globals: variablesContainer(() => globalsOf(code, activation.entry.unit), context),
  };
}

export function rowContext(debuggee: Debuggee, frame: UserFrame): RowContext {
  return {
    symbolOf: (address) => symbolAt(debuggee.code.ppe, address),
    space: { kind: 'ea', tid: frame.task.tid },
    read: (text) => evaluate(parseExpression(text), frameScope(debuggee, frame)),
  };
}
