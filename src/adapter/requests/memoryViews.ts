/** Requests of the memory view (`protocol.ts`): where an expression points, and where bytes occur. */
import { type CType, stripped } from '../../sim/program/dwarf/types.ts';
import { memoryAddress } from '../c/rows.ts';
import { evaluate, type Scope } from '../evaluate/evaluate.ts';
import { ExpressionError } from '../evaluate/expression.ts';
import { parseExpression } from '../evaluate/parse.ts';
import { asInteger } from '../evaluate/value.ts';
import { memoryOf } from '../memory/access.ts';
import { patternBytes } from '../memory/pattern.ts';
import { type MemoryPlace, type MemorySpace, parseReference, referenceOf } from '../memory/reference.ts';
import { findBytes } from '../memory/search.ts';
import { FIND_MEMORY_REQUEST, type FindMemoryResponse, MEMORY_PLACE_REQUEST, type MemoryPlaceResponse } from '../memoryProtocol.ts';
import { errors } from '../session/errors.ts';
import { request } from '../session/request.ts';
import { debuggeeOf, threadOf } from '../session/session.ts';
import { oneOf, record, text, whole } from '../session/shape.ts';
import { scopeOf, subjectOf } from './subject.ts';
import type { Runner } from '../../sim/run/stop.ts';

/** A space before an expression: `ls:other:$r3`, `pa:$r4 + 8`. */
const SPACE = /^(?:(pa)|ls:([^:[\]()]+)|ea:(\d+)):(.+)$/;

export const memoryPlace = request(
  MEMORY_PLACE_REQUEST, record({ expression: text }, { frameId: whole(), threadId: whole() }),
  (session, { expression, frameId, threadId }): MemoryPlaceResponse => {
    const found = subjectOf(session, MEMORY_PLACE_REQUEST, { frameId, isLasting: true });
    const { debuggee } = found;
    const subject = found.frame || threadId === undefined ? found : { ...found, thread: threadOf(debuggee, threadId) };
    const place = placeOf(expression.trim(), subject.thread, () => scopeOf(session, subject));
    if (!memoryOf(debuggee.machine, place.space)) throw errors.noSuchSpace(expression);
    return { memoryReference: referenceOf(place), address: place.address };
  },
);

export const findMemory = request(
  FIND_MEMORY_REQUEST, record({ memoryReference: text, form: oneOf('bytes', 'text', 'words'), pattern: text }, {}),
  (session, { memoryReference, form, pattern }): FindMemoryResponse => {
    const { machine } = debuggeeOf(session, FIND_MEMORY_REQUEST);
    const place = parseReference(memoryReference, 0);
    if (!place) throw errors.badReference(memoryReference);
    const bytes = patternBytes(form, pattern);
    if (typeof bytes === 'string') throw errors.badPattern(bytes);
    const address = findBytes(machine, place.space, place.address, bytes);
    return address === undefined ? { length: bytes.length } : { memoryReference: referenceOf({ space: place.space, address }), address, length: bytes.length };
  },
);

/** A number is the address itself, a register or variable what it points to; an array or a structure stands for where it is. */
function placeOf(expression: string, thread: Runner | undefined, scope: () => Scope): MemoryPlace {
  const [, physical, context, task, rest = expression] = SPACE.exec(expression) ?? [];
  const space: MemorySpace | undefined = physical !== undefined ? { kind: 'pa' } : context !== undefined ? { kind: 'ls', context }
    : task !== undefined ? { kind: 'ea', tid: Number(task) } : thread && spaceOf(thread);
  if (!space) throw errors.expression('The program has no thread any more; write ea:TASK:0x..., ls:CONTEXT:0x... or pa:0x...');
  const plain = parseReference(rest, 0);
  if (plain) return { space, address: plain.address };
  try {
    const value = evaluate(parseExpression(rest), scope());
    const own = value.kind === 'object' && isAggregate(value.object.type) ? memoryAddress(value.object) : undefined;
    const address = own ?? Number(BigInt.asUintN(64, asInteger(value)));
    return { space, address: space.kind === 'ls' ? address % 2 ** 32 : Math.min(address, Number.MAX_SAFE_INTEGER) };
  } catch (error) {
    throw error instanceof ExpressionError ? errors.expression(error.message) : error;
  }
}

function isAggregate(type: CType): boolean {
  const { kind } = stripped(type);
  return kind === 'array' || kind === 'structure';
}

function spaceOf(thread: Runner): MemorySpace {
  return thread.kind === 'task' ? { kind: 'ea', tid: thread.task.tid } : { kind: 'ls', context: thread.context.name };
}
