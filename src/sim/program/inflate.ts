/** Unpacks the zlib format (RFC 1950) and the deflate blocks in it (RFC 1951). */
import { OutOfBytes } from './bigEndian.ts';
import { DISTANCE_CODES, END_OF_BLOCK, FIXED_CODES, type HuffmanCode, huffmanCode, LENGTH_CODES, LENGTHS_ORDER, LONGEST_CODE } from './huffman.ts';

const ZLIB_HEADER = 2;
const DEFLATE = 8;
const ADLER_MODULUS = 65521;
/** As many bytes as can be added up before the sums need their remainder: they stay below 2^53 by far. */
const ADLER_STRETCH = 1 << 14;

/**
 * @param size Bytes that come out, as the container says: never more are made, and fewer are damage.
 * Throws `OutOfBytes`; its message goes on behind "the section is damaged:".
 */
export function inflate(packed: Uint8Array, size: number): Uint8Array {
  const [method = 0, flags = 0] = packed;
  // A preset dictionary (0x20) has nowhere to come from.
  if ((method & 15) !== DEFLATE || (method * 256 + flags) % 31 !== 0 || (flags & 0x20) !== 0) throw new OutOfBytes('its compressed bytes do not begin as zlib data does');
  const bits = new Bits(packed, ZLIB_HEADER);
  const out = new Output(size);
  for (let isLast = false; !isLast;) {
    isLast = bits.take(1) === 1;
    const kind = bits.take(2);
    if (kind === 0) out.append(bits.stored());
    else if (kind === 1) unpackBlock(bits, out, FIXED_CODES);
    else if (kind === 2) unpackBlock(bits, out, readCodes(bits));
    else throw new OutOfBytes('a block of its compressed bytes is of no known kind');
  }
  if (out.length !== size) throw new OutOfBytes(`${String(out.length)} bytes come out of it instead of ${String(size)}`);
  if (bits.word() !== adler32(out.bytes)) throw new OutOfBytes('the checksum of its bytes is wrong');
  return out.bytes;
}

interface BlockCodes {
  readonly literals: HuffmanCode;
  readonly distances: HuffmanCode;
}

function unpackBlock(bits: Bits, out: Output, { literals, distances }: BlockCodes): void {
  for (;;) {
    const symbol = bits.decode(literals);
    if (symbol === END_OF_BLOCK) return;
    if (symbol < END_OF_BLOCK) {
      out.push(symbol);
      continue;
    }
    const length = LENGTH_CODES[symbol - END_OF_BLOCK - 1];
    const count = length && length.base + bits.take(length.extraBits);
    const distance = DISTANCE_CODES[bits.decode(distances)];
    if (count === undefined || !distance) throw unknownCode();
    out.repeat(distance.base + bits.take(distance.extraBits), count);
  }
}

/** The codes of a block stand at its beginning, as lengths that are packed themselves (RFC 1951, 3.2.7). */
function readCodes(bits: Bits): BlockCodes {
  const literalCount = bits.take(5) + 257;
  const count = literalCount + bits.take(5) + 1;
  const lengthCount = bits.take(4) + 4;
  const lengthLengths = new Uint8Array(LENGTHS_ORDER.length);
  for (const place of LENGTHS_ORDER.slice(0, lengthCount)) lengthLengths[place] = bits.take(3);
  const lengthCode = huffmanCode(lengthLengths);
  const lengths = new Uint8Array(count);
  for (let at = 0; at < count;) {
    const symbol = bits.decode(lengthCode);
    const [length, times] = symbol <= LONGEST_CODE ? [symbol, 1] : repeatedLength(bits, symbol, lengths[at - 1]);
    if (at + times > count) throw unknownCode();
    lengths.fill(length, at, at + times);
    at += times;
  }
  return { literals: huffmanCode(lengths.subarray(0, literalCount)), distances: huffmanCode(lengths.subarray(literalCount)) };
}

function repeatedLength(bits: Bits, symbol: number, before: number | undefined): readonly [length: number, times: number] {
  if (symbol === 17) return [0, 3 + bits.take(3)];
  if (symbol === 18) return [0, 11 + bits.take(7)];
  if (before === undefined) throw unknownCode();
  return [before, 3 + bits.take(2)];
}

function adler32(bytes: Uint8Array): number {
  let low = 1;
  let high = 0;
  for (let start = 0; start < bytes.length; start += ADLER_STRETCH) {
    for (const byte of bytes.subarray(start, start + ADLER_STRETCH)) {
      low += byte;
      high += low;
    }
    low %= ADLER_MODULUS;
    high %= ADLER_MODULUS;
  }
  return high * 65536 + low;
}

/** What has come out so far: also the window that repetitions are taken from. */
class Output {
  readonly bytes: Uint8Array;
  length = 0;

  constructor(size: number) {
    this.bytes = new Uint8Array(size);
  }

  push(byte: number): void {
    this.room(1);
    this.bytes[this.length] = byte;
    this.length += 1;
  }

  append(bytes: Uint8Array): void {
    this.room(bytes.length);
    this.bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  /** What is repeated may be what the repetition itself makes. */
  repeat(distance: number, count: number): void {
    this.room(count);
    if (distance > this.length) throw new OutOfBytes('its compressed bytes repeat what was before their beginning');
    const { bytes, length } = this;
    for (let i = length; i < length + count; i += 1) bytes[i] = bytes[i - distance] ?? 0;
    this.length += count;
  }

  private room(count: number): void {
    if (this.length + count > this.bytes.length) throw new OutOfBytes(`more than ${String(this.bytes.length)} bytes come out of it`);
  }
}

/** Bits from the lowest of each byte on. */
class Bits {
  private held = 0;
  private count = 0;

  constructor(private readonly bytes: Uint8Array, private at: number) {}

  take(wanted: number): number {
    this.hold(wanted);
    return this.drop(wanted);
  }

  decode({ table, longest }: HuffmanCode): number {
    this.hold(longest);
    const entry = table[this.held & ((1 << longest) - 1)] ?? 0;
    if (entry === 0) throw unknownCode();
    this.drop(entry & 15);
    return entry >> 4;
  }

  /** A block that is not packed begins at a whole byte, with its length and the complement of it. */
  stored(): Uint8Array {
    this.drop(this.count % 8);
    const length = this.take(16);
    if (this.take(16) !== (length ^ 0xffff)) throw new OutOfBytes('the length of a block in it is wrong');
    const start = this.backToBytes();
    if (start + length > this.bytes.length) throw endTooEarly();
    this.at = start + length;
    return this.bytes.subarray(start, this.at);
  }

  /** The big-endian word at the next whole byte. */
  word(): number {
    const start = this.backToBytes();
    if (start + 4 > this.bytes.length) throw endTooEarly();
    return new DataView(this.bytes.buffer, this.bytes.byteOffset + start).getUint32(0);
  }

  /** Behind the end there are zeros to look at, which nobody may take. */
  private hold(wanted: number): void {
    while (this.count < wanted) {
      this.held |= (this.bytes[this.at] ?? 0) << this.count;
      this.at += 1;
      this.count += 8;
    }
  }

  private drop(count: number): number {
    const value = this.held & ((1 << count) - 1);
    this.held >>>= count;
    this.count -= count;
    if (this.at - (this.count >> 3) > this.bytes.length) throw endTooEarly();
    return value;
  }

  private backToBytes(): number {
    this.at -= this.count >> 3;
    this.held = 0;
    this.count = 0;
    return this.at;
  }
}

const unknownCode = (): OutOfBytes => new OutOfBytes('its compressed bytes have a code that means nothing');
const endTooEarly = (): OutOfBytes => new OutOfBytes('its compressed bytes end too early');
