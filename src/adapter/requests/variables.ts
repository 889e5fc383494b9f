import type { DebugProtocol } from '@vscode/debugprotocol';
import { ExpressionError } from '../evaluate/expression.ts';
import { errors } from '../session/errors.ts';
import { request } from '../session/request.ts';
import { debuggeeOf } from '../session/session.ts';
import { flag, oneOf, record, text, whole } from '../session/shape.ts';
import { edited } from './edited.ts';
import { shownVariable } from '../variables/shown.ts';

export const format = record({}, { hex: flag });
/** Rows in one answer where the client does not page. */
const MOST_ROWS = 1000;

/** A reference of an earlier stop has no variables. */
export const variables = request(
  'variables', record({ variablesReference: whole(1) }, { filter: oneOf('indexed', 'named'), start: whole(0), count: whole(0), format }),
  (session, { variablesReference, filter, start, count, format: numbers }): DebugProtocol.VariablesResponse['body'] => {
    const found = session.handles.containerOf(variablesReference);
    if (!found) return { variables: [] };
    const { container, lifetime } = found;
    const isOther = filter !== undefined && (filter === 'indexed') !== (container.indexedCount > 0);
    const wanted = count === undefined || count === 0 ? MOST_ROWS : Math.min(count, MOST_ROWS);
    const from = start ?? 0;
    const rows = isOther ? [] : container.rows(from, wanted, numbers ?? {});
    const shown = rows.map((row) => shownVariable(row, session, lifetime));
    // A client that asks for a part knows how many there are.
    const missing = isOther || (count !== undefined && count > 0) ? 0 : container.indexedCount - from - rows.length;
    return { variables: missing > 0 ? [...shown, restOf(missing)] : shown };
  },
);

/** Stands for the rows that are not shown. */
function restOf(missing: number): DebugProtocol.Variable {
  return { name: '...', value: `${String(missing)} more; an expression with an index shows one`, variablesReference: 0, presentationHint: { attributes: ['readOnly'] } };
}

export const setVariable = request(
  'setVariable', record({ variablesReference: whole(1), name: text, value: text }, { format }),
  (session, { variablesReference, name, value, format: numbers }): DebugProtocol.SetVariableResponse['body'] => {
    debuggeeOf(session, 'setVariable');
    const found = session.handles.containerOf(variablesReference);
    if (!found) throw errors.staleFrame();
    try {
      const row = found.container.set?.(name, value, numbers ?? {});
      if (!row) throw errors.cannotSet(name, 'nothing here that can be set has this name.');
      edited(session);
      const { value: shown, type, variablesReference: children, memoryReference, valueLocationReference } = shownVariable(row, session, found.lifetime);
      return {
        value: shown, variablesReference: children,
        ...(type === undefined ? {} : { type }), ...(memoryReference === undefined ? {} : { memoryReference }),
        ...(valueLocationReference === undefined ? {} : { valueLocationReference }),
      };
    } catch (error) {
      throw error instanceof ExpressionError ? errors.cannotSet(name, error.message) : error;
    }
  },
);
