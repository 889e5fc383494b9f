import type { DebugProtocol } from '@vscode/debugprotocol';
import { type Memory, memoryOf } from '../memory/access.ts';
import { decodeBase64, encodeBase64 } from '../memory/base64.ts';
import { disassemble as disassembleRows } from '../memory/disassembly.ts';
import { type ReadRange, readRange } from '../memory/ranges.ts';
import { type MemoryPlace, parseReference } from '../memory/reference.ts';
import type { Debuggee } from '../session/debuggee.ts';
import { errors } from '../session/errors.ts';
import { inPieces } from '../session/pieces.ts';
import { request } from '../session/request.ts';
import { debuggeeOf } from '../session/session.ts';
import { flag, record, text, whole } from '../session/shape.ts';
import { edited } from './edited.ts';

type ReadBody = DebugProtocol.ReadMemoryResponse['body'];
type Rows = DebugProtocol.DisassembledInstruction[];

const MOST_BYTES = 16 * 2 ** 20;
const MOST_ROWS = 100_000;
const INSTRUCTION = 4;
/** What is done at once: a few milliseconds' work. Bytes are a multiple of 3, so that their base64 can be put together. */
const BYTES_AT_ONCE = 3 * 2 ** 18;
const ROWS_AT_ONCE = 2000;
const NO_BYTES = new Uint8Array(0);

/** What can be read; a client that reads on behind a hole asks again. */
export const readMemory = request(
  'readMemory', record({ memoryReference: text, count: whole(0, MOST_BYTES) }, { offset: whole() }),
  (session, { memoryReference, count, offset = 0 }, call): ReadBody | Promise<ReadBody> => {
    const debuggee = debuggeeOf(session, 'readMemory');
    const { memory, place: { address } } = placeNamed(debuggee, memoryReference, offset);
    session.readRanges.add(memoryReference, offset, count);
    let isAtHole = false;
    const parts = inPieces(session, call, {
      title: 'Reading memory', total: count, pieceSize: BYTES_AT_ONCE,
      isDone: () => isAtHole,
      piece: (start, length): ReadRange => {
        const bytes = address + start < 0 ? NO_BYTES : memory.read(address + start, length);
        if (bytes.length === length) return { bytes, unreadable: 0 };
        isAtHole = true;
        return readRange(memory, address + start, count - start);
      },
    });
    return parts instanceof Promise ? parts.then((all) => readBody(address, all)) : readBody(address, parts);
  },
);

function readBody(address: number, parts: readonly ReadRange[]): ReadBody {
  const unreadable = parts.reduce((sum, { unreadable: missing }) => sum + missing, 0);
  const data = parts.map(({ bytes }) => encodeBase64(bytes)).join('');
  // Below 0 nothing is ever read, so there is no byte whose address this could be; a hexadecimal number has no sign.
  return { address: `0x${Math.max(address, 0).toString(16)}`, data, ...(unreadable > 0 ? { unreadableBytes: unreadable } : {}) };
}

export const writeMemory = request(
  'writeMemory', record({ memoryReference: text, data: text }, { offset: whole(), allowPartial: flag }),
  (session, { memoryReference, data, offset, allowPartial }): DebugProtocol.WriteMemoryResponse['body'] => {
    const { memory, place } = placeNamed(debuggeeOf(session, 'writeMemory'), memoryReference, offset ?? 0);
    const bytes = decodeBase64(data);
    if (!bytes) throw errors.badBase64();
    const before = memory.read(place.address, bytes.length);
    if (allowPartial !== true && before.length < bytes.length) throw errors.notWritten(memoryReference);
    const written = memory.write(place.address, bytes);
    if (allowPartial !== true && written < bytes.length) throw errors.notWritten(memoryReference);
    edited(session);
    return { bytesWritten: written };
  },
);

export const disassemble = request(
  'disassemble',
  record({ memoryReference: text, instructionCount: whole(0, MOST_ROWS) }, { offset: whole(), instructionOffset: whole(), resolveSymbols: flag }),
  (session, { memoryReference, instructionCount, offset = 0, instructionOffset = 0 }, call): DebugProtocol.DisassembleResponse['body'] | Promise<DebugProtocol.DisassembleResponse['body']> => {
    const debuggee = debuggeeOf(session, 'disassemble');
    const { place: { space, address } } = placeNamed(debuggee, memoryReference, offset);
    const pieces = inPieces(session, call, {
      title: 'Disassembling', total: instructionCount, pieceSize: ROWS_AT_ONCE,
      piece: (start, count): Rows => {
        const rows = disassembleRows(debuggee, { space, address: address + (instructionOffset + start) * INSTRUCTION }, count, session.client);
        if (!rows) throw errors.noSuchSpace(memoryReference);
        return rows;
      },
    });
    return pieces instanceof Promise ? pieces.then((all) => ({ instructions: all.flat() })) : { instructions: pieces.flat() };
  },
);

function placeNamed(debuggee: Debuggee, reference: string, offset: number): { readonly memory: Memory; readonly place: MemoryPlace } {
  const [task] = debuggee.machine.state.tasks.values();
  const parsed = parseReference(reference, task?.tid ?? 0);
  if (!parsed) throw errors.badReference(reference);
  const memory = memoryOf(debuggee.machine, parsed.space);
  if (!memory) throw errors.noSuchSpace(reference);
  return { memory, place: { space: parsed.space, address: parsed.address + offset } };
}
