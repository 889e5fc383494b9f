/**
 * SPU programs inside a PowerPC program. `embedspu` and linkers put each one's ELF image
 * into read-only data, and a `spe_program_handle_t` that points to it under the program's name
 * (SPE Runtime Management Library 2, "spe_program_handle_t").
 */
import type { ProgramSymbol, Segment, SpuImage } from '../program.ts';
import { BigEndian, OutOfBytes, hex } from '../bigEndian.ts';
import { type ElfFile, PT_NOTE } from './elfFile.ts';
import { ElfError, isElf } from './identify.ts';
import { bytesAt } from './segments.ts';
import { readSpuImage } from './spuImage.ts';

export interface EmbeddedImages {
  readonly images: readonly SpuImage[];
  readonly warnings: readonly string[];
}

const EM_SPU = 23;
const ELF_CLASS_32_BIG_ENDIAN = [1, 2] as const;
/** More beginnings than any program has; the rest of a file full of them is not looked at. */
const MOST_CANDIDATES = 256;
/** `handle_size` of a 64-bit program, and where `elf_image` lies behind it. */
const HANDLE_SIZE = 24;
const HANDLE_IMAGE = 8;

export function findSpuImages(segments: readonly Segment[], symbols: readonly ProgramSymbol[]): EmbeddedImages {
  const images: SpuImage[] = [];
  const warnings: string[] = [];
  let candidates = 0;
  for (const { address, bytes } of segments) {
    let at = nextHeader(bytes, 0);
    while (at >= 0 && candidates < MOST_CANDIDATES) {
      candidates += 1;
      const place = address + at;
      let extent = 1;
      try {
        const read = readSpuImage(bytes.subarray(at), '');
        const name = nameOf(place, segments, symbols) ?? noteName(read.file) ?? `spu_${place.toString(16)}`;
        images.push({ ...read.image, name });
        warnings.push(...read.warnings.map((warning) => `SPU program "${name}": ${warning}`));
        extent = read.file.extent;
      } catch (error) {
        if (!(error instanceof ElfError)) throw error;
        warnings.push(`The SPU program at ${hex(place)} is left out. ${error.message}`);
      }
      at = nextHeader(bytes, at + extent);
    }
  }
  return { images, warnings };
}

function nextHeader(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0x7f, from); at >= 0; at = bytes.indexOf(0x7f, at + 1)) {
    const [fileClass, order] = ELF_CLASS_32_BIG_ENDIAN;
    if (bytes[at + 4] !== fileClass || bytes[at + 5] !== order || bytes[at + 18] !== 0 || bytes[at + 19] !== EM_SPU) continue;
    if (isElf(bytes.subarray(at, at + 4))) return at;
  }
  return -1;
}

/** The symbol of a handle that points to the image, else a symbol at the image itself. */
function nameOf(place: number, segments: readonly Segment[], symbols: readonly ProgramSymbol[]): string | undefined {
  const data = symbols.filter(({ kind }) => kind !== 'function');
  const handle = data.find((symbol) => (symbol.size === 0 || symbol.size === HANDLE_SIZE) && pointsTo(segments, symbol.address, place));
  if (handle) return handle.name;
  const direct = data.filter(({ address, name }) => address === place && !name.startsWith('__'));
  const symbol = direct.find(({ global }) => global) ?? direct[0];
  return symbol?.name.replace(/^_binary_(.*)_start$/, '$1');
}

function pointsTo(segments: readonly Segment[], handle: number, image: number): boolean {
  const data = new BigEndian(bytesAt(segments, handle));
  return data.length >= HANDLE_SIZE && data.u32(0) === HANDLE_SIZE && data.u64(HANDLE_IMAGE) === image;
}

/** SPU linkers leave the output file's name in a note `SPUNAME` (binutils `bfd/elf32-spu.c`). */
function noteName(file: ElfFile): string | undefined {
  for (const header of file.programHeaders) {
    if (header.type !== PT_NOTE) continue;
    try {
      const note = new BigEndian(file.data.slice(header.offset, header.fileSize));
      const nameEnd = 12 + note.u32(0);
      const text = (from: number, to: number): string => new TextDecoder().decode(note.slice(from, to - from)).replace(/\0.*$/s, '');
      if (text(12, nameEnd) !== 'SPUNAME') continue;
      const start = Math.ceil(nameEnd / 4) * 4;
      const name = text(start, start + note.u32(4)).split('/').at(-1);
      if (name) return name;
    } catch (error) {
      if (!(error instanceof OutOfBytes)) throw error;
    }
  }
  return undefined;
}
