/** A growing big-endian byte string. */
export class ByteBuffer {
  private store = new Uint8Array(64);
  private used = 0;

  get length(): number {
    return this.used;
  }

  /** The bytes so far; a view that the next growth leaves behind. */
  get view(): Uint8Array {
    return this.store.subarray(0, this.used);
  }

  /** The low `size` bytes of a value. */
  push(value: bigint, size: number): void {
    const at = this.extend(size);
    writeBigEndian(this.store, at, value, size);
  }

  append(bytes: Uint8Array): void {
    const at = this.extend(bytes.length);
    this.store.set(bytes, at);
  }

  fill(count: number, byte: number): void {
    const at = this.extend(count);
    this.store.fill(byte, at, at + count);
  }

  private extend(count: number): number {
    const at = this.used;
    this.used += count;
    if (this.used > this.store.length) {
      const grown = new Uint8Array(Math.max(this.used, 2 * this.store.length));
      grown.set(this.store.subarray(0, at));
      this.store = grown;
    }
    return at;
  }
}

/** Writes the 32 bits of a number, most significant byte first. */
export function writeWord(bytes: Uint8Array, at: number, word: number): void {
  bytes[at] = word >>> 24;
  bytes[at + 1] = (word >>> 16) & 0xff;
  bytes[at + 2] = (word >>> 8) & 0xff;
  bytes[at + 3] = word & 0xff;
}

/** Writes the low `size` bytes of a value, most significant first. */
export function writeBigEndian(bytes: Uint8Array, at: number, value: bigint, size: number): void {
  let low = Number(BigInt.asUintN(32, value));
  let rest = size > 4 ? value >> 32n : 0n;
  for (let i = 0; i < size; i++) {
    if (i > 0 && i % 4 === 0) {
      low = Number(BigInt.asUintN(32, rest));
      rest >>= 32n;
    }
    bytes[at + size - 1 - i] = low & 0xff;
    low >>>= 8;
  }
}
