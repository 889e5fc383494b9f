/**
 * Registers of a frame by the numbers that debug information has for them: those of GCC for 64-bit PowerPC Linux.
 * Of a caller, a register is where a function further in has saved it.
 */
import type { PpeRegisters } from '../../sim/ppe/registers.ts';
import { bytesOfNumber, numberOfBytes } from '../../sim/program/bigEndian.ts';

/** Where the register of a frame is. */
type RegisterPlace =
  /** In the processor: no function further in has changed it. */
  | { readonly kind: 'live'; readonly registers: PpeRegisters; readonly canSet: boolean }
  | { readonly kind: 'memory'; readonly address: number }
  | { readonly kind: 'value'; readonly value: bigint };

export interface FrameRegisters {
  /** Undefined where nobody kept it. */
  place(number: number): RegisterPlace | undefined;
}

export interface RegisterMemory {
  read(address: number, bytes: number): Uint8Array;
  write(address: number, bytes: Uint8Array): number;
}

export const STACK_POINTER = 1;
const FPR0 = 32;
const CR = 64;
export const LINK_REGISTER = 65;
const CTR = 66;
const CR0 = 68;
const XER = 76;
const VR0 = 77;
/** The numbers of the vector registers in the ABI's own list. */
const ABI_VR0 = 1124;
const COUNT = 32;

export function liveRegisters(registers: PpeRegisters, canSet: boolean): FrameRegisters {
  const place: RegisterPlace = { kind: 'live', registers, canSet };
  return { place: (number) => (registerBytes(number) === undefined ? undefined : place) };
}

/** Bytes of a register; undefined for a number that no register has. */
export function registerBytes(number: number): number | undefined {
  if (number < CR || number === LINK_REGISTER || number === CTR) return 8;
  if (number === CR || (number >= CR0 && number <= XER)) return 4;
  return vectorOf(number) === undefined ? undefined : 16;
}

export function isFloatRegister(number: number): boolean {
  return number >= FPR0 && number < FPR0 + COUNT;
}

/** Registers that a function gives back as it found them (64-bit PowerPC ELF ABI, 3.2.1); the TOC and thread pointers do not change in a static program. */
export function isPreserved(number: number): boolean {
  if (number < FPR0) return number === 2 || number >= 13;
  if (number < CR) return number >= FPR0 + 14;
  const vector = vectorOf(number);
  return vector === undefined ? number >= CR0 + 2 && number <= CR0 + 4 : vector >= 20;
}

/** Its bits, unsigned; undefined where they are not known. */
export function registerValue(number: number, frame: FrameRegisters, memory: RegisterMemory): bigint | undefined {
  const place = frame.place(number);
  switch (place?.kind) {
    case undefined: return undefined;
    case 'live': return liveValue(place.registers, number);
    case 'value': return place.value;
    case 'memory': {
      const size = registerBytes(number) ?? 8;
      const bytes = memory.read(place.address, size);
      return bytes.length < size ? undefined : numberOfBytes(bytes);
    }
  }
}

/** False where it cannot be set. */
export function setRegister(number: number, value: bigint, frame: FrameRegisters, memory: RegisterMemory): boolean {
  const place = frame.place(number);
  if (place?.kind === 'memory') {
    const bytes = bytesOfNumber(value, registerBytes(number) ?? 8);
    return memory.write(place.address, bytes) === bytes.length;
  }
  if (place?.kind !== 'live' || !place.canSet) return false;
  setLiveValue(place.registers, number, value);
  return true;
}

function liveValue(registers: PpeRegisters, number: number): bigint | undefined {
  if (number < FPR0) return registers.gpr(number);
  if (number < CR) return registers.fpr(number - FPR0);
  const vector = vectorOf(number);
  if (vector !== undefined) return registers.vr(vector);
  switch (number) {
    case CR: return BigInt(registers.cr);
    case LINK_REGISTER: return registers.lr;
    case CTR: return registers.ctr;
    case XER: return BigInt(registers.xer);
    default: return number >= CR0 && number < XER ? BigInt(registers.crField(number - CR0)) : undefined;
  }
}

function setLiveValue(registers: PpeRegisters, number: number, value: bigint): void {
  const vector = vectorOf(number);
  if (number < FPR0) registers.setGpr(number, value);
  else if (number < CR) registers.setFpr(number - FPR0, value);
  else if (vector !== undefined) registers.setVr(vector, value);
  else if (number === LINK_REGISTER) registers.lr = value;
  else if (number === CTR) registers.ctr = value;
  else if (number >= CR0 && number < XER) registers.setCrField(number - CR0, Number(value));
}

function vectorOf(number: number): number | undefined {
  if (number >= VR0 && number < VR0 + COUNT) return number - VR0;
  return number >= ABI_VR0 && number < ABI_VR0 + COUNT ? number - ABI_VR0 : undefined;
}
