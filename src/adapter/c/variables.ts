/** Variables of a frame: which there are, and where their values lie. */
import { bytesOfNumber, numberOfBytes, OutOfBytes } from '../../sim/program/bigEndian.ts';
import { DW_AT, DW_TAG } from '../../sim/program/dwarf/constants.ts';
import type { DebugInfo } from '../../sim/program/dwarf/debugInfo.ts';
import type { Entry } from '../../sim/program/dwarf/entry.ts';
import { type Activation, variablesIn } from '../../sim/program/dwarf/functions.ts';
import { locate, NotKept, type Piece } from '../../sim/program/dwarf/location.ts';
import { locationAt } from '../../sim/program/dwarf/locationLists.ts';
import { constantBytes, type CType, sizeOf, stripped } from '../../sim/program/dwarf/types.ts';
import type { Unit } from '../../sim/program/dwarf/units.ts';
import { floatBits, floatOf } from '../../sim/program/floatBits.ts';
import { composed } from './composite.ts';
import { type CodeFrame, locationContext } from './context.ts';
import type { CObject, Storage } from './object.ts';
import { isFloatRegister, registerBytes, registerValue, setRegister } from './registers.ts';

export interface Variable {
  readonly name: string;
  readonly isParameter: boolean;
  readonly object: CObject;
}

/** Bytes of a value that the compiler keeps as a constant, such as a table that was folded away. */
const MOST_COMPUTED = 1 << 20;

/** Parameters, then variables of the blocks around the instruction, innermost block first. Made when asked for. */
export function localsOf(frame: CodeFrame, activation: Activation): readonly Variable[] {
  const parameters: Variable[] = [];
  const variables: Variable[] = [];
  for (const block of activation.blocks) {
    for (const entry of variablesIn(block)) {
      const name = frame.debug.functions.nameOf(entry);
      if (name === undefined) continue;
      const isParameter = entry.tag === DW_TAG.formalParameter;
      (isParameter ? parameters : variables).push({ name, isParameter, object: objectOf(frame, entry) });
    }
  }
  return [...parameters, ...variables];
}

/** The variable that a name means in a function: of the innermost block that has one. */
export function localNamed(frame: CodeFrame, activation: Activation, name: string): CObject | undefined {
  for (const block of activation.blocks) {
    const entry = variablesIn(block).find((variable) => frame.debug.functions.nameOf(variable) === name);
    if (entry) return objectOf(frame, entry);
  }
  return undefined;
}

/** Variables that stand outside of functions, in the file of a frame. */
export function globalsOf(frame: CodeFrame, unit: Unit): readonly Variable[] {
  return frame.debug.globals.variables(unit).map((entry) => ({ name: frame.debug.globals.nameOf(entry) ?? '?', isParameter: false, object: objectOf(frame, entry) }));
}

/** A variable or parameter as it is in a frame. */
export function objectOf(frame: CodeFrame, entry: Entry): CObject {
  const type = typeOfVariable(frame.debug, entry);
  return { type, storage: storageOf(frame, entry, type), memory: frame.memory };
}

function typeOfVariable({ types, functions }: DebugInfo, entry: Entry): CType {
  return types.typeOf(entry.attributes.has(DW_AT.type) ? entry : functions.originOf(entry));
}

function storageOf(frame: CodeFrame, entry: Entry, type: CType): Storage {
  try {
    const expression = locationAt(frame.debug.units, entry, DW_AT.location, frame.at);
    if (expression) return placed(frame, locate(expression, locationContext(frame, entry.unit)), type);
    if (entry.attributes.has(DW_AT.location)) return { kind: 'optimizedOut' };
    const size = computedSize(type);
    const constant = constantBytes(entry, size) ?? constantBytes(frame.debug.functions.originOf(entry), size);
    return constant ? { kind: 'bytes', bytes: constant } : { kind: 'optimizedOut' };
  } catch (error) {
    if (error instanceof NotKept) return { kind: 'optimizedOut' };
    if (error instanceof OutOfBytes) return { kind: 'broken', reason: 'the debug information is damaged here' };
    throw error;
  }
}

function placed(frame: CodeFrame, pieces: readonly Piece[], type: CType): Storage {
  const [first] = pieces;
  if (pieces.length === 1 && first?.bits === undefined) return single(frame, first, type);
  return composed(frame, pieces);
}

function single(frame: CodeFrame, piece: Piece | undefined, type: CType): Storage {
  const place = piece?.place;
  switch (place?.kind) {
    case 'memory': return place;
    case 'register': return inRegister(frame, place.register, type);
    case 'value': return { kind: 'bytes', bytes: fitted(place.bytes, computedSize(type), place.isGeneric) };
    case 'pointer': return { kind: 'pointer', target: () => targetOf(frame, place.entry, place.offset) };
    default: return { kind: 'optimizedOut' };
  }
}

/** Of a value that is in no memory. Throws `OutOfBytes` for more than registers and constants have. */
function computedSize(type: CType): number {
  const size = sizeOf(type);
  if (size > MOST_COMPUTED) throw new OutOfBytes(`a value of ${String(size)} bytes outside of memory`);
  return size;
}

/** A number of the generic type is right-aligned; anything else begins with its first byte. */
function fitted(bytes: Uint8Array, size: number, isGeneric: boolean): Uint8Array {
  if (!isGeneric || bytes.length === size) return bytes;
  const fit = new Uint8Array(size);
  const taken = bytes.subarray(Math.max(bytes.length - size, 0));
  fit.set(taken, size - taken.length);
  return fit;
}

/** Integers and structures stand at the low end of a general register; a float is kept as a double. */
function inRegister(frame: CodeFrame, register: number, type: CType): Storage {
  const value = registerValue(register, frame.registers, frame.memory);
  const width = registerBytes(register);
  const size = computedSize(type);
  if (value === undefined || width === undefined) return { kind: 'optimizedOut' };
  const set = (bits: bigint): void => { setRegister(register, bits, frame.registers, frame.memory); };
  const plain = stripped(type);
  if (isFloatRegister(register) && plain.kind === 'base' && size === 4) return asSingle(value, set);
  const whole = bytesOfNumber(value, width);
  // Longer values go on in the registers that follow.
  if (size > width) return inRegisters(frame, register, size, width);
  const isLeft = width === 16 || isFloatRegister(register);
  const bytes = isLeft ? whole.subarray(0, size) : whole.subarray(width - size);
  const write = (given: Uint8Array): void => {
    whole.set(given.subarray(0, size), isLeft ? 0 : width - size);
    set(numberOfBytes(whole));
  };
  return { kind: 'bytes', bytes, write };
}

function inRegisters(frame: CodeFrame, first: number, size: number, width: number): Storage {
  const bytes = new Uint8Array(size);
  const kept = new Uint8Array(size).fill(0xff);
  for (let at = 0, register = first; at < size; at += width, register += 1) {
    const value = registerValue(register, frame.registers, frame.memory);
    if (value === undefined) kept.fill(0, at, at + width);
    else bytes.set(bytesOfNumber(value, width).subarray(0, size - at), at);
  }
  return { kind: 'bytes', bytes, kept };
}

function asSingle(value: bigint, set: (bits: bigint) => void): Storage {
  return {
    kind: 'bytes', bytes: bytesOfNumber(floatBits(floatOf(value, 8), 4), 4),
    write: (given) => { set(floatBits(floatOf(numberOfBytes(given), 4), 8)); },
  };
}

/** The variable that an optimised pointer points to. */
function targetOf(frame: CodeFrame, offset: number, byteOffset: number): CObject {
  const entry = frame.debug.units.entryAt(offset);
  if (!entry) return { type: { kind: 'void' }, storage: { kind: 'optimizedOut' }, memory: frame.memory };
  const object = objectOf(frame, entry);
  const { storage } = object;
  if (byteOffset === 0) return object;
  if (storage.kind === 'memory') return { ...object, storage: { kind: 'memory', address: storage.address + byteOffset } };
  return { ...object, storage: storage.kind === 'bytes' ? { kind: 'bytes', bytes: storage.bytes.subarray(byteOffset) } : { kind: 'optimizedOut' } };
}
