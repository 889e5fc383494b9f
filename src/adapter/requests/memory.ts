import type { DebugProtocol } from '@vscode/debugprotocol';
import { type Memory, memoryOf } from '../memory/access.ts';
import { decodeBase64, encodeBase64 } from '../memory/base64.ts';
import { disassemble as disassembleRows } from '../memory/disassembly.ts';
import { readRange } from '../memory/ranges.ts';
import { type MemoryPlace, parseReference } from '../memory/reference.ts';
import type { Debuggee } from '../session/debuggee.ts';
import { errors } from '../session/errors.ts';
import { request } from '../session/request.ts';
import { debuggeeOf } from '../session/session.ts';
import { flag, record, text, whole } from '../session/shape.ts';

const MOST_BYTES = 16 * 2 ** 20;
const MOST_ROWS = 100_000;
const INSTRUCTION = 4;

/** What can be read; a client that reads on behind a hole asks again. */
export const readMemory = request(
  'readMemory', record({ memoryReference: text, count: whole(0, MOST_BYTES) }, { offset: whole() }),
  (session, { memoryReference, count, offset }): DebugProtocol.ReadMemoryResponse['body'] => {
    const { memory, place } = placeNamed(debuggeeOf(session, 'readMemory'), memoryReference, offset ?? 0);
    const { bytes, unreadable } = readRange(memory, place.address, count);
    return { address: addressText(place.address), data: encodeBase64(bytes), ...(unreadable > 0 ? { unreadableBytes: unreadable } : {}) };
  },
);

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
    if (session.client.hasInvalidatedEvent) session.outbound.event('invalidated', { areas: ['variables'] });
    return { bytesWritten: written };
  },
);

export const disassemble = request(
  'disassemble',
  record({ memoryReference: text, instructionCount: whole(0, MOST_ROWS) }, { offset: whole(), instructionOffset: whole(), resolveSymbols: flag }),
  (session, { memoryReference, instructionCount, offset, instructionOffset }): DebugProtocol.DisassembleResponse['body'] => {
    const debuggee = debuggeeOf(session, 'disassemble');
    const { place: { space, address } } = placeNamed(debuggee, memoryReference, offset ?? 0);
    const first = { space, address: address + (instructionOffset ?? 0) * INSTRUCTION };
    const rows = disassembleRows(debuggee, first, instructionCount, (line) => session.client.lineOut(line));
    if (!rows) throw errors.noSuchSpace(memoryReference);
    return { instructions: rows };
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

function addressText(address: number): string {
  return address < 0 ? String(address) : `0x${address.toString(16)}`;
}
