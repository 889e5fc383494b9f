/**
 * Big-endian fields of a byte image. Reads outside the image throw `OutOfBytes`: readers of
 * untrusted files rely on it and turn it into a sentence.
 */
export class OutOfBytes extends Error {}

export class BigEndian {
  private readonly view: DataView;

  constructor(readonly bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get length(): number {
    return this.bytes.length;
  }

  u8(offset: number): number {
    return this.view.getUint8(this.checked(offset, 1));
  }

  u16(offset: number): number {
    return this.view.getUint16(this.checked(offset, 2));
  }

  u32(offset: number): number {
    return this.view.getUint32(this.checked(offset, 4));
  }

  /** Exact below 2^53; above, near enough to be told from every address and size that can be right. */
  u64(offset: number): number {
    const at = this.checked(offset, 8);
    return this.view.getUint32(at) * 2 ** 32 + this.view.getUint32(at + 4);
  }

  /** A view of the bytes, not a copy. */
  slice(offset: number, size: number): Uint8Array {
    return this.bytes.subarray(this.checked(offset, size), offset + size);
  }

  private checked(offset: number, size: number): number {
    if (!(offset >= 0 && size >= 0 && offset + size <= this.bytes.length)) {
      throw new OutOfBytes(`${String(size)} bytes at ${String(offset)} lie outside ${String(this.bytes.length)} bytes`);
    }
    return offset;
  }
}

/** What a damaged place gives is nothing; the rest of the file stays readable. */
export function sound<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof OutOfBytes) return undefined;
    throw error;
  }
}

/** Unsigned, however many bytes there are. */
export function numberOfBytes(bytes: Uint8Array): bigint {
  return bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
}

/** The low end of a number of either sign. */
export function bytesOfNumber(value: bigint, size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  for (let i = size - 1, rest = BigInt.asUintN(size * 8, value); i >= 0; i -= 1, rest >>= 8n) bytes[i] = Number(rest & 0xffn);
  return bytes;
}

export const hex = (value: number): string => `0x${value.toString(16)}`;
