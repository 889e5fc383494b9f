/** Rows of disassembly: exactly as many as were asked for, whatever lies there. */
import type { DebugProtocol } from '@vscode/debugprotocol';
import { isSamePlace, type CodeUnit } from '../code/codeUnit.ts';
import type { Debuggee } from '../session/debuggee.ts';
import type { Client } from '../session/client.ts';
import { fileSource } from '../sources/fileSource.ts';
import { type Memory, memoryOf } from './access.ts';
import type { MemoryPlace, MemorySpace } from './reference.ts';

type Row = DebugProtocol.DisassembledInstruction;

const INSTRUCTION = 4;

/** @param first Place of the first row; may lie outside the memory. Undefined where the memory is gone. */
export function disassemble(debuggee: Debuggee, first: MemoryPlace, count: number, client: Pick<Client, 'lineOut' | 'sourceOut'>): Row[] | undefined {
  const { machine } = debuggee;
  const { space } = first;
  const memory = memoryOf(machine, space);
  if (!memory) return undefined;
  const context = space.kind === 'ls' ? machine.state.spufs.contexts.get(space.context) : undefined;
  const unit = space.kind === 'ls' ? context && debuggee.images.imageOf(context) : debuggee.code.ppe;
  const isa = space.kind === 'ls' ? 'spu' : 'ppc';
  const start = first.address - (((first.address % INSTRUCTION) + INSTRUCTION) % INSTRUCTION);
  const words = new WordReader(memory, start, count);
  let shown: { readonly file: string; readonly line: number } | undefined;
  return Array.from({ length: count }, (_, index): Row => {
    const address = start + index * INSTRUCTION;
    const word = words.at(address);
    if (word === undefined) return { address: addressText(address), instruction: nothingThere(space, address, memory.end), presentationHint: 'invalid' };
    const place = unit?.lines.placeOf(address);
    const row: Row = {
      address: addressText(address), instructionBytes: bytesText(word), instruction: debuggee.instructions.of(isa, word | 0, address, unit),
      ...symbolOf(unit, address),
    };
    // Source and line stand only where they change.
    if (place && !isSamePlace(place, shown && { ...shown, column: 0 })) {
      if (place.file !== shown?.file) row.location = client.sourceOut(fileSource(place.file));
      row.line = client.lineOut(place.line);
    }
    shown = place;
    return row;
  });
}

function symbolOf(unit: CodeUnit | undefined, address: number): { readonly symbol?: string } {
  const found = unit?.symbols.symbolize(address);
  return found?.offset === 0 ? { symbol: found.name } : {};
}

/** In brackets, as for bytes that are no instruction. */
function nothingThere({ kind }: MemorySpace, address: number, end: number): string {
  if (address >= 0 && address < end) return '(not mapped)';
  return kind === 'ls' ? '(outside the local store)' : '(no address)';
}

/** Below 0 in decimal, which the protocol allows, so that addresses keep their order. */
function addressText(address: number): string {
  return address < 0 ? String(address) : `0x${address.toString(16)}`;
}

function bytesText(word: number): string {
  return (word >>> 0).toString(16).padStart(8, '0').replace(/../g, '$& ').trim();
}

/** Reads the whole range at once, and pages again where there are holes. */
class WordReader {
  private readonly bytes: Uint8Array;
  private readonly from: number;

  constructor(private readonly memory: Memory, start: number, count: number) {
    this.from = Math.max(start, 0);
    const length = Math.max(Math.min(start + count * INSTRUCTION, memory.end) - this.from, 0);
    this.bytes = memory.read(this.from, length);
  }

  at(address: number): number | undefined {
    if (address < 0 || address >= this.memory.end) return undefined;
    const offset = address - this.from;
    if (offset + INSTRUCTION <= this.bytes.length) return wordOf(this.bytes, offset);
    const bytes = this.memory.read(address, INSTRUCTION);
    return bytes.length < INSTRUCTION ? undefined : wordOf(bytes, 0);
  }
}

function wordOf(bytes: Uint8Array, offset: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset + offset).getUint32(0);
}
