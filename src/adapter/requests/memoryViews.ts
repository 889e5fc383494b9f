/** Requests of the memory view (`protocol.ts`): where an expression points, and where bytes occur. */
import { type CType, stripped } from '../../sim/program/dwarf/types.ts';
import { memoryAddress } from '../c/rows.ts';
import { addressIn, type Scope } from '../evaluate/evaluate.ts';
import { ExpressionError } from '../evaluate/expression.ts';
import { parseExpression } from '../evaluate/parse.ts';
import { asInteger } from '../evaluate/value.ts';
import { memoryOf } from '../memory/access.ts';
import { patternBytes } from '../memory/pattern.ts';
import { type MemoryPlace, type MemorySpace, parseReference, referenceOf } from '../memory/reference.ts';
import { searchFor } from '../memory/search.ts';
import { FIND_MEMORY_REQUEST, type FindMemoryResponse, MEMORY_PLACE_REQUEST, type MemoryPlaceResponse } from '../memoryProtocol.ts';
import { errors } from '../session/errors.ts';
import { inPieces } from '../session/pieces.ts';
import { request } from '../session/request.ts';
import { debuggeeOf, threadOf } from '../session/session.ts';
import { oneOf, record, text, whole } from '../session/shape.ts';
import { scopeOf, subjectOf } from './subject.ts';
import type { Runner } from '../../sim/run/stop.ts';

/** Bytes: a few milliseconds' work. */
const SEARCHED_AT_ONCE = 2 ** 22;
/** A space before an expression: `ls:other:$r3`, `pa:$r4 + 8`; without a name, `ls:0x100`, that of the thread. */
const SPACE = /^(?:(pa)|ls:([^:[\]()]+)|ea:(\d+)|(ls|ea)):([^:].*)$/;

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
  (session, { memoryReference, form, pattern }, call): FindMemoryResponse | Promise<FindMemoryResponse> => {
    const { machine } = debuggeeOf(session, FIND_MEMORY_REQUEST);
    const place = parseReference(memoryReference, 0);
    if (!place) throw errors.badReference(memoryReference);
    const bytes = patternBytes(form, pattern);
    if (typeof bytes === 'string') throw errors.badPattern(bytes);
    const search = searchFor(machine, place.space, place.address, bytes);
    if (!search) throw errors.noSuchSpace(memoryReference);
    let address: number | undefined;
    const pieces = inPieces(session, call, {
      title: 'Searching memory', total: search.length, pieceSize: SEARCHED_AT_ONCE,
      piece: (start, count) => { address = search.find(start, count); },
      isDone: () => address !== undefined,
    });
    const answer = (): FindMemoryResponse => (address === undefined ? { length: bytes.length } : { memoryReference: referenceOf({ space: place.space, address }), address, length: bytes.length });
    return pieces instanceof Promise ? pieces.then(answer) : answer();
  },
);

/** A number is the address itself, a register or variable what it points to; an array or a structure stands for where it is. */
function placeOf(expression: string, thread: Runner | undefined, scope: () => Scope): MemoryPlace {
  const [, physical, context, task, own, rest = expression] = SPACE.exec(expression) ?? [];
  const space: MemorySpace | undefined = physical !== undefined ? { kind: 'pa' } : context !== undefined ? { kind: 'ls', context }
    : task !== undefined ? { kind: 'ea', tid: Number(task) } : thread && spaceOf(thread);
  if (space && own !== undefined && own !== space.kind) throw errors.expression(unnamed(own, space));
  if (!space) throw errors.expression('The program has no thread any more; write ea:TASK:0x..., ls:CONTEXT:0x... or pa:0x...');
  const plain = parseReference(rest, 0);
  if (plain) return { space, address: plain.address };
  try {
    const value = addressIn(parseExpression(rest), scope());
    const aggregate = value.kind === 'object' && isAggregate(value.object.type) ? memoryAddress(value.object) : undefined;
    const address = aggregate ?? Number(BigInt.asUintN(64, asInteger(value)));
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

/** The thread that is selected has no such space of its own. */
function unnamed(wanted: string, { kind }: MemorySpace): string {
  return wanted === 'ls' && kind === 'ea'
    ? 'The thread that is selected is a task, which has no local store: name an SPE context, as in ls:CONTEXT:0x100, or select its thread.'
    : 'The thread that is selected is an SPE context: name a task, as in ea:TASK:0x10000000, or select its thread.';
}
