/** Structures of the ppc64 Linux interface, big-endian, as bytes. */
import type { TimeSpec } from '../task/clock.ts';
import { NANOSECONDS } from '../task/clock.ts';
import type { SignalAction } from '../signal/state.ts';

/** The bytes of a list of 64-bit numbers. */
export function longs(...values: readonly (number | bigint)[]): Uint8Array {
  const bytes = new Uint8Array(values.length * 8);
  const view = viewOf(bytes);
  values.forEach((value, i) => { view.setBigInt64(i * 8, BigInt(value)); });
  return bytes;
}

/** The bytes of a list of 32-bit numbers. */
export function words(...values: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(values.length * 4);
  const view = viewOf(bytes);
  values.forEach((value, i) => { view.setInt32(i * 4, value); });
  return bytes;
}

export function longAt(bytes: Uint8Array, offset: number): bigint {
  return viewOf(bytes).getBigInt64(offset);
}

export function unsignedLongAt(bytes: Uint8Array, offset: number): bigint {
  return viewOf(bytes).getBigUint64(offset);
}

export function wordAt(bytes: Uint8Array, offset: number): number {
  return viewOf(bytes).getInt32(offset);
}

/** struct timespec: seconds and nanoseconds. */
export function encodeTimespec({ seconds, nanoseconds }: TimeSpec): Uint8Array {
  return longs(seconds, nanoseconds);
}

/** struct timeval: seconds and microseconds. */
export function encodeTimeval({ seconds, nanoseconds }: TimeSpec): Uint8Array {
  return longs(seconds, Math.floor(nanoseconds / 1000));
}

/** The time of a struct timespec; undefined where it is not one. */
export function decodeTimespec(bytes: Uint8Array, offset = 0): TimeSpec | undefined {
  return checked(longAt(bytes, offset), longAt(bytes, offset + 8), 1);
}

export function decodeTimeval(bytes: Uint8Array, offset = 0): TimeSpec | undefined {
  return checked(longAt(bytes, offset), longAt(bytes, offset + 8), 1000);
}

/** Longest time that is kept exactly; a longer one is as good as for ever. */
const LONGEST_SECONDS = 2 ** 31;

function checked(seconds: bigint, fraction: bigint, unit: number): TimeSpec | undefined {
  const nanoseconds = Number(fraction) * unit;
  if (seconds < 0n || nanoseconds < 0 || nanoseconds >= NANOSECONDS) return undefined;
  return { seconds: Math.min(Number(seconds), LONGEST_SECONDS), nanoseconds };
}

/** struct sigaction as the kernel has it: handler, flags, restorer, mask. */
export const SIGACTION_BYTES = 32;

export function encodeSigaction({ handler, flags, mask }: SignalAction): Uint8Array {
  return longs(BigInt.asIntN(64, handler), flags, 0, BigInt.asIntN(64, mask));
}

export function decodeSigaction(bytes: Uint8Array): SignalAction {
  return {
    handler: unsignedLongAt(bytes, 0),
    flags: Number(unsignedLongAt(bytes, 8) & 0xffff_ffffn),
    mask: unsignedLongAt(bytes, 24),
  };
}

/** Six texts of 65 bytes: struct utsname. */
export function encodeUtsname(texts: readonly string[]): Uint8Array {
  const FIELD_BYTES = 65;
  const bytes = new Uint8Array(texts.length * FIELD_BYTES);
  texts.forEach((text, i) => bytes.set(new TextEncoder().encode(text).subarray(0, FIELD_BYTES - 1), i * FIELD_BYTES));
  return bytes;
}

/** A string with its ending zero byte. */
export function encodeString(text: string): Uint8Array {
  return new TextEncoder().encode(`${text}\0`);
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
