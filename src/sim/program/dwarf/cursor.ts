import { BigEndian, numberOfBytes, OutOfBytes } from '../bigEndian.ts';

/** As many bytes as a 64-bit LEB128 number needs. */
const LONGEST_LEB128 = 10;

/** Reads debug information from front to back. Every read past the end throws `OutOfBytes`. */
export class Cursor {
  private readonly data: BigEndian;

  constructor(
    private readonly bytes: Uint8Array,
    public offset: number,
    /** First offset that does not belong to it. */
    readonly end: number,
  ) {
    this.data = new BigEndian(bytes.subarray(0, end));
  }

  get atEnd(): boolean {
    return this.offset >= this.end;
  }

  get left(): number {
    return this.end - this.offset;
  }

  /** A part of the same bytes with the same offsets. */
  within(end: number): Cursor {
    return new Cursor(this.bytes, this.offset, Math.min(end, this.end));
  }

  u8(): number {
    return this.data.u8(this.advance(1));
  }

  s8(): number {
    return (this.u8() << 24) >> 24;
  }

  /** A number of 1, 2, 3, 4 or 8 bytes. */
  unsigned(size: number): number {
    const at = this.advance(size);
    switch (size) {
      case 1: return this.data.u8(at);
      case 2: return this.data.u16(at);
      case 3: return this.data.u8(at) * 65536 + this.data.u16(at + 1);
      case 4: return this.data.u32(at);
      case 8: return this.data.u64(at);
      default: throw new OutOfBytes(`a number of ${String(size)} bytes`);
    }
  }

  uleb(): number {
    return this.leb().value;
  }

  sleb(): number {
    const { value, complement, negative } = this.leb();
    return negative ? -complement - 1 : value;
  }

  /** As `uleb` and `sleb`, exact to the last of 64 bits. */
  uleb64(): bigint {
    return this.leb64(false);
  }

  sleb64(): bigint {
    return this.leb64(true);
  }

  /** A constant of 1, 2, 4, 8 or 16 bytes, exact. */
  unsigned64(size: number): bigint {
    return numberOfBytes(this.block(size));
  }

  /** A view of the next bytes, not a copy. */
  block(size: number): Uint8Array {
    return this.data.slice(this.advance(size), size);
  }

  /** A zero-terminated string in place. */
  text(): string {
    const start = this.offset;
    while (this.u8() !== 0);
    return new TextDecoder().decode(this.data.slice(start, this.offset - 1 - start));
  }

  /** The length of a unit and the size of offsets in it: 4, or 8 in the 64-bit format (DWARF 5, 7.4). */
  unitLength(): { readonly length: number; readonly offsetSize: 4 | 8 } {
    const length = this.unsigned(4);
    return length === 0xffff_ffff ? { length: this.unsigned(8), offsetSize: 8 } : { length, offsetSize: 4 };
  }

  /** A number and its ones' complement, so that small ones of either sign are exact (DWARF 5, 7.6). */
  private leb(): { readonly value: number; readonly complement: number; readonly negative: boolean } {
    let value = 0;
    let complement = 0;
    let scale = 1;
    for (let i = 0; i < LONGEST_LEB128; i += 1) {
      const byte = this.u8();
      value += (byte & 127) * scale;
      complement += (~byte & 127) * scale;
      if (byte < 128) return { value, complement, negative: byte >= 64 };
      scale *= 128;
    }
    throw new OutOfBytes('a number without end');
  }

  private leb64(isSigned: boolean): bigint {
    let value = 0n;
    for (let i = 0; i < LONGEST_LEB128; i += 1) {
      const byte = this.u8();
      value |= BigInt(byte & 127) << BigInt(7 * i);
      if (byte < 128) return isSigned ? BigInt.asIntN(Math.min(7 * (i + 1), 64), value) : BigInt.asUintN(64, value);
    }
    throw new OutOfBytes('a number without end');
  }

  /** Steps over bytes and returns the offset where they began. */
  advance(size: number): number {
    const at = this.offset;
    if (size > this.left) throw new OutOfBytes(`${String(size)} bytes at ${String(at)}`);
    this.offset += size;
    return at;
  }
}
