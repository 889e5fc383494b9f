/** Follows the back chain from frame to frame; both ABIs have the same one, with words of different sizes. */
import type { FrameWork } from '../code/ppcCode.ts';
import type { CodeUnit } from '../code/codeUnit.ts';
import { type FrameShape, frameShape } from './frameShape.ts';

/** What differs between the PPE's ABI and the SPU's. */
export interface UnwindRules {
  readonly unit: CodeUnit | undefined;
  /** Bytes of an address in memory. */
  readonly addressBytes: 4 | 8;
  readonly frameWork: (word: number) => FrameWork;
  readonly isCall: (word: number) => boolean;
  /** As many bytes as can be read. */
  readonly read: (address: number, bytes: number) => Uint8Array;
}

export interface UnwoundFrame {
  readonly pc: number;
  readonly stackPointer: number;
  /** The link register, where it is known to be the frame's. */
  readonly link: number | undefined;
  /** Its pc is an instruction to come, not the place behind a call. */
  readonly isInterrupted: boolean;
}

/** Place of the return address in the caller's frame, in both ABIs. */
const RETURN_ADDRESS_AT = 16;
const INSTRUCTION = 4;

/** The caller of a frame, or undefined where there is none or none can be found. */
export function callerOf(frame: UnwoundFrame, rules: UnwindRules): UnwoundFrame | undefined {
  const shape = shapeOf(frame, rules);
  const stackPointer = shape.allocated ? addressAt(frame.stackPointer, rules) : frame.stackPointer;
  if (stackPointer === undefined || stackPointer < frame.stackPointer || (shape.allocated && stackPointer === 0)) return undefined;
  const pc = shape.saved ? addressAt(stackPointer + RETURN_ADDRESS_AT, rules) : frame.link;
  if (pc === undefined || pc === 0 || pc % INSTRUCTION !== 0) return undefined;
  if (!shape.saved && isSameFunction(frame.pc, pc, rules)) return undefined;
  return { pc, stackPointer, link: undefined, isInterrupted: false };
}

/** Whether a return address is one: it stands behind a call. */
export function isReturnAddress(pc: number, rules: UnwindRules): boolean {
  const word = wordAt(pc - INSTRUCTION, rules);
  return word !== undefined && rules.isCall(word);
}

/** The word of an instruction, or undefined where there is no memory. */
function wordAt(address: number, { read }: Pick<UnwindRules, 'read'>): number | undefined {
  const bytes = read(address, INSTRUCTION);
  return bytes.length < INSTRUCTION ? undefined : new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
}

function shapeOf({ pc, stackPointer, link }: UnwoundFrame, rules: UnwindRules): FrameShape {
  const start = rules.unit?.symbols.functionAt(pc)?.address ?? rules.unit?.symbols.symbolize(pc)?.symbol.address;
  if (start === undefined) {
    // No symbol: a frame whose back chain leads upwards is taken for a complete one.
    const chain = addressAt(stackPointer, rules) ?? 0;
    return chain > stackPointer ? { allocated: true, saved: true } : { allocated: false, saved: link === undefined };
  }
  return frameShape(words(rules.read(start, Math.max(pc - start, 0))), rules.frameWork);
}

/** A link register that leads into its own function was set by a call that has returned. */
function isSameFunction(pc: number, link: number, { unit }: UnwindRules): boolean {
  const own = unit?.symbols.functionAt(pc) ?? unit?.symbols.symbolize(pc)?.symbol;
  const other = unit?.symbols.functionAt(link) ?? unit?.symbols.symbolize(link)?.symbol;
  return own !== undefined && own === other;
}

function addressAt(at: number, { read, addressBytes }: UnwindRules): number | undefined {
  const bytes = read(at, addressBytes);
  if (bytes.length < addressBytes) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  return addressBytes === 4 ? view.getUint32(0) : Number(view.getBigUint64(0));
}

function words(bytes: Uint8Array): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return Array.from({ length: Math.floor(bytes.length / INSTRUCTION) }, (_, i) => view.getUint32(i * INSTRUCTION));
}
