/** A frame as location expressions see it. */
import { DW_AT, DW_TAG } from '../../sim/program/dwarf/constants.ts';
import type { FrameRow } from '../../sim/program/dwarf/callFrames.ts';
import type { DebugInfo } from '../../sim/program/dwarf/debugInfo.ts';
import type { Entry } from '../../sim/program/dwarf/entry.ts';
import type { Activation } from '../../sim/program/dwarf/functions.ts';
import { computeNumber, locate, type LocationContext, NotKept } from '../../sim/program/dwarf/location.ts';
import { locationAt } from '../../sim/program/dwarf/locationLists.ts';
import type { Unit } from '../../sim/program/dwarf/units.ts';
import { OutOfBytes } from '../../sim/program/bigEndian.ts';
import type { CMemory } from './object.ts';
import { type FrameRegisters, isFloatRegister, registerValue } from './registers.ts';

/** A frame of a program with debug information. */
export interface CodeFrame {
  /** The instruction that it is at: for a caller its call. */
  readonly at: number;
  /** Where it goes on. */
  readonly pc: number;
  readonly debug: DebugInfo;
  readonly registers: FrameRegisters;
  readonly memory: CMemory;
  /** Innermost first; the last one is the function that has the frame. */
  readonly activations: readonly Activation[];
  /** The function that called this one. */
  readonly caller: () => CodeFrame | undefined;
}

export function locationContext(frame: CodeFrame, unit: Unit): LocationContext {
  const { units, types } = frame.debug;
  const register = (number: number): bigint | undefined => registerValue(number, frame.registers, frame.memory);
  const context: LocationContext = {
    format: unit,
    register, isFloatRegister,
    read: (address, bytes) => frame.memory.read(address, bytes),
    frameBase: () => frameBase(frame, context),
    callFrameAddress: () => callFrameAddress(frame),
    entryValue: (expression) => entryValue(frame, expression),
    address: (index) => units.addressAt(unit, index),
    baseType: (offset) => types.operandType(unit, offset),
    called: (offset, from) => {
      const entry = units.entryAt(from === 'unit' ? unit.offset + offset : offset);
      return entry && locationAt(units, entry, DW_AT.location, frame.at);
    },
  };
  return context;
}

/** The stack pointer of the caller, before it called. Undefined where nothing tells. */
function callFrameAddress(frame: CodeFrame): bigint | undefined {
  const row = frame.debug.callFrames.rowAt(frame.at);
  return row && cfaOf(row, frame);
}

export function cfaOf({ cfa }: FrameRow, frame: Pick<CodeFrame, 'registers' | 'memory'>): bigint | undefined {
  if ('expression' in cfa) return computeNumber(cfa.expression, plainContext(frame));
  const base = registerValue(cfa.register, frame.registers, frame.memory);
  return base === undefined ? undefined : BigInt.asUintN(64, base + BigInt(cfa.offset));
}

/** For call frame information, which knows registers and memory alone. */
export function plainContext({ registers, memory }: Pick<CodeFrame, 'registers' | 'memory'>): LocationContext {
  return {
    format: { version: 5, offsetSize: 4, addressSize: 8 },
    register: (number) => registerValue(number, registers, memory), isFloatRegister,
    read: (address, bytes) => memory.read(address, bytes),
    frameBase: () => { throw new NotKept(); },
    callFrameAddress: () => undefined, entryValue: () => undefined, address: () => undefined, baseType: () => undefined, called: () => undefined,
  };
}

function frameBase(frame: CodeFrame, context: LocationContext): bigint {
  const owner = frame.activations.at(-1)?.entry;
  const expression = owner && locationAt(frame.debug.units, owner, DW_AT.frameBase, frame.at);
  if (!expression) throw new NotKept();
  // A frame base that counts from itself is damage.
  const [piece] = locate(expression, { ...context, frameBase: () => { throw new NotKept(); } });
  if (piece?.place.kind === 'memory') return BigInt(piece.place.address);
  const value = piece?.place.kind === 'register' ? context.register(piece.place.register) : undefined;
  if (value === undefined) throw new NotKept();
  return value;
}

/** What the caller passed, where its call site says how to compute it (DWARF 5, 3.4). */
function entryValue(frame: CodeFrame, expression: Uint8Array): bigint | undefined {
  const caller = frame.caller();
  const site = caller && callSite(caller);
  const parameter = site?.children.find((entry) => {
    const location = entry.attributes.get(DW_AT.location);
    return location?.kind === 'block' && isSame(location.bytes, expression);
  });
  const value = parameter?.attributes.get(DW_AT.callValue) ?? parameter?.attributes.get(DW_AT.gnuCallSiteValue);
  if (!caller || !site || value?.kind !== 'block') return undefined;
  try {
    return computeNumber(value.bytes, locationContext(caller, site.unit));
  } catch (error) {
    if (error instanceof NotKept || error instanceof OutOfBytes) return undefined;
    throw error;
  }
}

/** The call that a frame is in. */
function callSite({ debug, pc, activations }: CodeFrame): Entry | undefined {
  const find = (entries: readonly Entry[]): Entry | undefined => {
    for (const entry of entries) {
      const isSite = entry.tag === DW_TAG.callSite || entry.tag === DW_TAG.gnuCallSite;
      const returnsTo = debug.units.addressOf(entry, DW_AT.callReturnPc) ?? debug.units.addressOf(entry, DW_AT.lowPc);
      if (isSite && returnsTo === pc) return entry;
      const inside = find(entry.children);
      if (inside) return inside;
    }
    return undefined;
  };
  const owner = activations.at(-1)?.entry;
  return owner && find(owner.children);
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
