/** Values that stand in parts in several places: registers, memory, numbers that the compiler knew (DWARF 5, 2.6.1.2). */
import { bytesOfNumber, numberOfBytes, OutOfBytes } from '../../sim/program/bigEndian.ts';
import type { Piece } from '../../sim/program/dwarf/location.ts';
import type { CodeFrame } from './context.ts';
import type { Storage } from './object.ts';
import { isFloatRegister, registerBytes, registerValue, setRegister } from './registers.ts';

/** The bits of one part as a number. */
interface Part {
  readonly value: bigint;
  readonly write?: (value: bigint) => void;
}

/** No structure of more is taken apart by a compiler; a damaged file may say anything. */
const MOST_BITS = 1 << 16;

/** Throws `OutOfBytes` for more parts than any value has. */
export function composed(frame: CodeFrame, pieces: readonly Piece[]): Storage {
  const total = pieces.reduce((sum, { bits }) => sum + (bits ?? 0), 0);
  if (!(total <= MOST_BITS)) throw new OutOfBytes(`a value of ${String(total)} bits in pieces`);
  const size = Math.ceil(total / 8);
  const writers: ((whole: bigint) => void)[] = [];
  let value = 0n;
  let kept = 0n;
  let shift = size * 8;
  for (const piece of pieces) {
    const bits = piece.bits ?? 0;
    shift -= bits;
    const part = partOf(frame, piece, bits);
    if (!part) continue;
    const at = BigInt(shift);
    value |= BigInt.asUintN(bits, part.value) << at;
    kept |= ones(bits) << at;
    const { write } = part;
    if (write) writers.push((whole) => { write(BigInt.asUintN(bits, whole >> at)); });
  }
  // The bits behind the last part belong to nothing.
  kept |= ones(shift);
  const canWrite = writers.length === pieces.length;
  return {
    kind: 'bytes', bytes: bytesOfNumber(value, size), kept: bytesOfNumber(kept, size),
    ...(canWrite ? { write: (whole: Uint8Array) => { for (const write of writers) write(numberOfBytes(whole)); } } : {}),
  };
}

function partOf(frame: CodeFrame, { place, skip }: Piece, bits: number): Part | undefined {
  switch (place.kind) {
    case 'memory': {
      const size = Math.ceil((skip + bits) / 8);
      const bytes = frame.memory.read(place.address, size);
      return bytes.length < size ? undefined : within(numberOfBytes(bytes), size * 8 - skip - bits, bits, (whole) => { frame.memory.write(place.address, bytesOfNumber(whole, size)); });
    }
    case 'register': {
      const value = registerValue(place.register, frame.registers, frame.memory);
      const width = (registerBytes(place.register) ?? 8) * 8;
      if (value === undefined || skip + bits > width) return undefined;
      // A part of a general register is at its least significant end, one of a vector at its first byte.
      const isLeft = isFloatRegister(place.register) || width === 128;
      return within(value, isLeft ? width - skip - bits : skip, bits, (whole) => { setRegister(place.register, whole, frame.registers, frame.memory); });
    }
    case 'value': {
      const left = place.isGeneric ? skip : place.bytes.length * 8 - skip - bits;
      return left < 0 ? undefined : { value: numberOfBytes(place.bytes) >> BigInt(left) };
    }
    default: return undefined;
  }
}

function within(whole: bigint, shift: number, bits: number, write: (whole: bigint) => void): Part {
  const at = BigInt(shift);
  const mask = ones(bits) << at;
  return { value: whole >> at, write: (value) => { write((whole & ~mask) | (value << at)); } };
}

function ones(bits: number): bigint {
  return (1n << BigInt(bits)) - 1n;
}
