/** Rows as the protocol's variables. */
import type { DebugProtocol } from '@vscode/debugprotocol';
import { referenceOf } from '../memory/reference.ts';
import type { Row } from './container.ts';
import type { Handles } from './handles.ts';

export function shownVariable(row: Row, handles: Handles, lifetime: 'stop' | 'program'): DebugProtocol.Variable {
  const { name, value, type, evaluateName, memory, children, readOnly } = row;
  return {
    name, value,
    ...(type === undefined ? {} : { type }),
    ...(evaluateName === undefined ? {} : { evaluateName }),
    ...(memory ? { memoryReference: referenceOf(memory) } : {}),
    ...(readOnly === true ? { presentationHint: { attributes: ['readOnly'] } } : {}),
    variablesReference: children ? handles.container(children, lifetime) : 0,
    ...(children && children.indexedCount > 0 ? { indexedVariables: children.indexedCount } : {}),
  };
}
