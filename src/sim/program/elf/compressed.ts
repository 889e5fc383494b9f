/** Sections that are kept compressed: the System V ABI's way (chapter 4, "Section Compression"), and that of GNU before it, `.zdebug_*`. */
import { BigEndian, OutOfBytes } from '../bigEndian.ts';
import { inflate } from '../inflate.ts';

const ELFCOMPRESS = { zlib: 1, zstd: 2 } as const;
/** `ZLIB`, then eight bytes of size. */
const GNU_MAGIC = 0x5a4c_4942;
const GNU_HEADER = 12;
/** Deflate cannot pack more tightly; a section that claims to is damaged. */
const BEST_RATIO = 1032;
/** Room for the debug information of any program for this machine, and no way to use up the host's memory. */
const MOST_BYTES = 1 << 27;

/** How a section is compressed that Refault cannot unpack. */
export class UnknownCompression extends Error {}

/** Of a section with the flag `SHF_COMPRESSED`. Throws `OutOfBytes` for damage, `UnknownCompression` for what is not zlib. */
export function unpacked(bytes: Uint8Array, is64: boolean): Uint8Array {
  const header = new BigEndian(bytes);
  const type = header.u32(0);
  if (type !== ELFCOMPRESS.zlib) throw new UnknownCompression(type === ELFCOMPRESS.zstd ? 'Zstandard' : `method ${String(type)}`);
  return inflated(bytes.subarray(is64 ? 24 : 12), is64 ? header.u64(8) : header.u32(4));
}

/** Of a section `.zdebug_*`. Throws `OutOfBytes` for damage. */
export function unpackedGnu(bytes: Uint8Array): Uint8Array {
  const header = new BigEndian(bytes);
  if (header.u32(0) !== GNU_MAGIC) throw new OutOfBytes('it does not begin with ZLIB');
  return inflated(bytes.subarray(GNU_HEADER), header.u64(4));
}

function inflated(packed: Uint8Array, size: number): Uint8Array {
  if (size > packed.length * BEST_RATIO || size > MOST_BYTES) throw new OutOfBytes(`it claims to be ${String(size)} bytes long without compression`);
  return inflate(packed, size);
}
