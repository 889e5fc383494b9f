/**
 * Accesses that the engine cannot make as plain loads and stores: registers of SPEs, and
 * accesses that cross a page. Their bytes go through the scratch area of the machine's memory:
 * a load finds them there, a store leaves them there for `commit`.
 */
import type { PhysicalMap } from './physical.ts';

/** 32-bit registers of the SPEs' problem-state areas; offsets are multiples of 4. */
export interface RegisterPort {
  read(spe: number, offset: number): number;
  write(spe: number, offset: number, value: number): void;
}

const NOWHERE = -1;
/** The widest access, and the words that it may touch when it is not aligned. */
const MOST_BYTES = 16;

export class PhysicalAccess {
  private readonly bytes: Uint8Array;
  /** The store that `commit` is to make: one or two pieces. */
  private readonly pending = { first: NOWHERE, firstBytes: 0, second: NOWHERE, secondBytes: 0 };

  constructor(
    readonly map: PhysicalMap,
    memory: ArrayBufferLike,
    private readonly scratch: number,
    private readonly registers: RegisterPort,
    /** Memory at a host offset has been written by `commit` or `write`. */
    private readonly written: (hostOffset: number, bytes: number) => void,
  ) {
    this.bytes = new Uint8Array(memory);
  }

  /** Prepares an access in one or two pieces (`second` -1 for one); answers where its bytes are or are to be put. */
  stage(first: number, firstBytes: number, second: number, secondBytes: number, store: boolean): number {
    if (store) {
      const { pending } = this;
      pending.first = first;
      pending.firstBytes = firstBytes;
      pending.second = second;
      pending.secondBytes = secondBytes;
    } else {
      this.read(first, this.part(0, firstBytes));
      if (second !== NOWHERE) this.read(second, this.part(firstBytes, secondBytes));
    }
    return this.scratch;
  }

  /** The bytes of the staged store are in the scratch area. */
  commit(): void {
    const { first, firstBytes, second, secondBytes } = this.pending;
    if (first === NOWHERE) return;
    this.pending.first = NOWHERE;
    this.write(first, this.part(0, firstBytes));
    if (second !== NOWHERE) this.write(second, this.part(firstBytes, secondBytes));
  }

  /** Reads bytes that lie in one 4 KiB page; what is neither memory nor a register reads as zero. */
  read(physical: number, into: Uint8Array): void {
    const host = this.map.hostOf(physical);
    if (host >= 0) {
      into.set(this.bytes.subarray(host, host + into.length));
      return;
    }
    this.eachWord(physical, into.length, (spe, offset, from) => {
      const word = this.registers.read(spe, offset);
      for (let i = Math.max(from, 0); i < Math.min(from + 4, into.length); i += 1) into[i] = (word >>> (24 - 8 * (i - from))) & 0xff;
    });
  }

  /** Writes bytes that lie in one 4 KiB page. A register that is written in part has zeros for the rest. */
  write(physical: number, from: Uint8Array): void {
    const host = this.map.hostOf(physical);
    if (host >= 0) {
      this.bytes.set(from, host);
      this.written(host, from.length);
      return;
    }
    this.eachWord(physical, from.length, (spe, offset, start) => {
      let word = 0;
      for (let i = 0; i < 4; i += 1) word = (word << 8) | (from[start + i] ?? 0);
      this.registers.write(spe, offset, word >>> 0);
    });
  }

  /** Calls `visit` for each register of a range, with the place of its first byte in the range (negative before it). */
  private eachWord(physical: number, length: number, visit: (spe: number, offset: number, start: number) => void): void {
    const place = this.map.registerAt(physical);
    if (!place) return;
    const { spe, offset } = place;
    for (let word = offset - (offset % 4); word < offset + length; word += 4) visit(spe, word, word - offset);
  }

  private part(from: number, length: number): Uint8Array {
    const end = Math.min(from + length, MOST_BYTES);
    return this.bytes.subarray(this.scratch + from, this.scratch + end);
  }
}
