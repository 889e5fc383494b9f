/** Names, source places and addresses of frames. */
import type { DebugProtocol } from '@vscode/debugprotocol';
import type { SourcePlace } from '../../sim/program/program.ts';
import { type CodeUnit, symbolAt } from '../code/codeUnit.ts';
import type { MemoryPlace } from '../memory/reference.ts';
import type { Debuggee } from '../session/debuggee.ts';
import { fileSource } from '../sources/fileSource.ts';
import type { Frame, SpuFrame, UserFrame } from './frame.ts';

const INSTRUCTION = 4;

type CodeFrame = UserFrame | SpuFrame;

/** The code that a frame of user code or of an SPU program is in. */
export function unitOfFrame(debuggee: Debuggee, frame: Frame): CodeUnit | undefined {
  return frame.kind === 'spu' ? debuggee.images.imageOf(frame.context) : debuggee.code.ppe;
}

/** Address of the instruction that a frame is at: for a caller the call, not the place behind it. */
function instructionOf(frame: CodeFrame): number {
  const isAtInstruction = frame.isCurrent || (frame.kind === 'user' && (frame.isInterrupted || frame.isSignal));
  return isAtInstruction ? frame.pc : frame.pc - INSTRUCTION;
}

export function frameName(debuggee: Debuggee, frame: Frame): string {
  if (frame.kind === 'kernel') return frame.path;
  if (frame.kind === 'returned') return `${frame.path} (${frame.answer === undefined ? 'returned' : `answered ${frame.answer}`})`;
  if (frame.kind === 'user' && frame.isSignal) return '<signal handler called>';
  const unit = unitOfFrame(debuggee, frame);
  const address = instructionOf(frame);
  const activation = frame.kind === 'user' ? frame.code?.activations[frame.activation] : undefined;
  if (activation) return activation.name;
  return unit?.symbols.functionAt(address)?.name ?? unit?.symbols.symbolize(address)?.name ?? (unit?.name !== undefined && unit.name !== '' ? unit.name : `0x${address.toString(16)}`);
}

function sourcePlaceOf(debuggee: Debuggee, frame: CodeFrame): SourcePlace | undefined {
  return inlinedCallOf(frame) ?? unitOfFrame(debuggee, frame)?.lines.placeOf(instructionOf(frame));
}

/** Where a function calls the one that was inlined in it. */
function inlinedCallOf(frame: CodeFrame): SourcePlace | undefined {
  if (frame.kind !== 'user' || frame.activation === 0) return undefined;
  const { code, activation } = frame;
  const inner = code?.activations[activation - 1];
  const file = inner?.call && code?.debug.files.pathOf(inner.entry.unit, inner.call.file);
  return inner?.call && file !== undefined ? { file, line: inner.call.line, column: inner.call.column } : undefined;
}

/** Source and line of a frame, lines from 1; line 0 where there is none. */
export function frameSource(debuggee: Debuggee, frame: Frame): { readonly source?: DebugProtocol.Source; readonly line: number; readonly column: number } {
  if (frame.kind === 'kernel' || frame.kind === 'returned') {
    const line = debuggee.listings.listing(frame.path).lineOfStep(frame.step);
    return { source: debuggee.listings.source(frame.path), line: line ?? 1, column: 1 };
  }
  const place = sourcePlaceOf(debuggee, frame);
  return place ? { source: fileSource(place.file), line: place.line, column: Math.max(place.column, 1) } : { line: 0, column: 0 };
}

export function instructionPlace(frame: Frame): MemoryPlace | undefined {
  switch (frame.kind) {
    case 'kernel':
    case 'returned':
      return undefined;
    case 'user': return { space: { kind: 'ea', tid: frame.task.tid }, address: frame.pc };
    case 'spu': return { space: { kind: 'ls', context: frame.context.name }, address: frame.pc };
  }
}

/** `retry.s:31` and `main+0x14` of an address, for tables and records. */
export function describeAddress(unit: CodeUnit | undefined, address: number): { readonly symbol: string | undefined; readonly place: SourcePlace | undefined } {
  return { symbol: unit && symbolAt(unit, address), place: unit?.lines.placeOf(address) };
}
