/** Rows as the protocol's variables. */
import type { DebugProtocol } from '@vscode/debugprotocol';
import { referenceOf } from '../memory/reference.ts';
import type { Session } from '../session/session.ts';
import type { Row } from './container.ts';

export function shownVariable(row: Row, { handles, client }: Pick<Session, 'handles' | 'client'>, lifetime: 'stop' | 'program'): DebugProtocol.Variable {
  const { name, value, type, evaluateName, memory, code, children, readOnly } = row;
  return {
    name, value,
    ...(type === undefined || !client.hasVariableType ? {} : { type }),
    ...(evaluateName === undefined ? {} : { evaluateName }),
    ...(memory ? { memoryReference: referenceOf(memory) } : {}),
    ...(code ? { valueLocationReference: handles.location(code) } : {}),
    ...(readOnly === true ? { presentationHint: { attributes: ['readOnly'] } } : {}),
    variablesReference: children ? handles.container(children, lifetime) : 0,
    ...(children && children.indexedCount > 0 ? { indexedVariables: children.indexedCount } : {}),
  };
}
