/** Variables of a frame: which there are, and where their values lie. */
import { OutOfBytes } from '../../sim/program/bigEndian.ts';
import { DW_AT, DW_TAG } from '../../sim/program/dwarf/constants.ts';
import type { DebugInfo } from '../../sim/program/dwarf/debugInfo.ts';
import type { Entry } from '../../sim/program/dwarf/entry.ts';
import { type Activation, variablesIn } from '../../sim/program/dwarf/functions.ts';
import { locate, NotKept, type Piece } from '../../sim/program/dwarf/location.ts';
import { locationAt } from '../../sim/program/dwarf/locationLists.ts';
import { constantBytes, type CType, sizeOf, stripped } from '../../sim/program/dwarf/types.ts';
import type { Unit } from '../../sim/program/dwarf/units.ts';
import { type CodeFrame, locationContext } from './context.ts';
import type { CObject, Storage } from './object.ts';
import { bytesOfNumber, isFloatRegister, registerBytes, registerValue, setRegister } from './registers.ts';

export interface Variable {
  readonly name: string;
  readonly isParameter: boolean;
  readonly object: CObject;
}

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
    if (expression) return composed(frame, locate(expression, locationContext(frame, entry.unit)), type);
    if (entry.attributes.has(DW_AT.location)) return { kind: 'optimizedOut' };
    const constant = constantBytes(entry, sizeOf(type)) ?? constantBytes(frame.debug.functions.originOf(entry), sizeOf(type));
    return constant ? { kind: 'bytes', bytes: constant } : { kind: 'optimizedOut' };
  } catch (error) {
    if (error instanceof NotKept) return { kind: 'optimizedOut' };
    if (error instanceof OutOfBytes) return { kind: 'broken', reason: 'the debug information is damaged here' };
    throw error;
  }
}

function composed(frame: CodeFrame, pieces: readonly Piece[], type: CType): Storage {
  const [first] = pieces;
  if (pieces.length === 1 && first?.bits === undefined) return single(frame, first, type);
  const total = pieces.reduce((sum, { bits }) => sum + (bits ?? 0), 0);
  const bytes = new Uint8Array(Math.ceil(total / 8));
  const kept = new Uint8Array(bytes.length).fill(1);
  const writers: ((whole: Uint8Array) => void)[] = [];
  let at = 0;
  for (const piece of pieces) {
    const size = Math.ceil((piece.bits ?? 0) / 8);
    const part = pieceBytes(frame, piece, size);
    if (part) {
      bytes.set(part.bytes.subarray(0, size), at);
      const start = at;
      const { write } = part;
      if (write) writers.push((whole) => { write(whole.subarray(start, start + size)); });
    } else {
      kept.fill(0, at, at + size);
    }
    at += size;
  }
  return { kind: 'bytes', bytes, kept, ...(writers.length === pieces.length ? { write: (whole: Uint8Array) => { for (const write of writers) write(whole); } } : {}) };
}

function single(frame: CodeFrame, piece: Piece | undefined, type: CType): Storage {
  const place = piece?.place;
  switch (place?.kind) {
    case 'memory': return place;
    case 'register': return inRegister(frame, place.register, type);
    case 'value': return { kind: 'bytes', bytes: fitted(place.bytes, sizeOf(type), place.isGeneric) };
    case 'pointer': return { kind: 'pointer', target: () => targetOf(frame, place.entry, place.offset) };
    default: return { kind: 'optimizedOut' };
  }
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
  const size = sizeOf(type);
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
    set(whole.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n));
  };
  return { kind: 'bytes', bytes, write };
}

function inRegisters(frame: CodeFrame, first: number, size: number, width: number): Storage {
  const bytes = new Uint8Array(size);
  const kept = new Uint8Array(size).fill(1);
  for (let at = 0, register = first; at < size; at += width, register += 1) {
    const value = registerValue(register, frame.registers, frame.memory);
    if (value === undefined) kept.fill(0, at, at + width);
    else bytes.set(bytesOfNumber(value, width).subarray(0, size - at), at);
  }
  return { kind: 'bytes', bytes, kept };
}

function asSingle(value: bigint, set: (bits: bigint) => void): Storage {
  const double = new DataView(new ArrayBuffer(8));
  const single = new DataView(new ArrayBuffer(4));
  double.setBigUint64(0, value);
  single.setFloat32(0, double.getFloat64(0));
  return {
    kind: 'bytes', bytes: new Uint8Array(single.buffer),
    write: (given) => {
      double.setFloat64(0, new DataView(given.buffer, given.byteOffset).getFloat32(0));
      set(double.getBigUint64(0));
    },
  };
}

function pieceBytes(frame: CodeFrame, { place }: Piece, size: number): { readonly bytes: Uint8Array; readonly write?: (bytes: Uint8Array) => void } | undefined {
  switch (place.kind) {
    case 'memory': {
      const bytes = frame.memory.read(place.address, size);
      return bytes.length < size ? undefined : { bytes, write: (given) => { frame.memory.write(place.address, given); } };
    }
    case 'register': {
      const width = registerBytes(place.register) ?? 8;
      const value = registerValue(place.register, frame.registers, frame.memory);
      if (value === undefined) return undefined;
      const whole = bytesOfNumber(value, width);
      const from = isFloatRegister(place.register) || width === 16 ? 0 : Math.max(width - size, 0);
      return {
        bytes: whole.subarray(from),
        write: (given) => {
          whole.set(given.subarray(0, whole.length - from), from);
          setRegister(place.register, whole.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n), frame.registers, frame.memory);
        },
      };
    }
    case 'value': return { bytes: fitted(place.bytes, size, place.isGeneric) };
    default: return undefined;
  }
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
