import { LOCAL_STORE_BYTES } from '../../engine/layout.ts';
import type { Segment } from '../program.ts';
import { hex } from '../bigEndian.ts';
import { type ElfFile, PF_R, PF_W, PF_X, PT_LOAD, type ProgramHeader } from './elfFile.ts';
import { ElfError } from './identify.ts';

/** What an address space can hold. */
export interface AddressSpace {
  /** First address behind it. */
  readonly end: number;
  /** Pages are mapped from the file, so address and file offset agree within one. 1 where bytes are copied. */
  readonly pageSize: number;
  readonly name: string;
}

/** Effective addresses of a 64-bit process: 16 TiB (`TASK_SIZE_USER64`). Pages of 4 KiB are the smallest there are. */
export const PROCESS: AddressSpace = { end: 2 ** 44, pageSize: 4096, name: 'the address space of a process (16 TiB)' };
export const LOCAL_STORE: AddressSpace = { end: LOCAL_STORE_BYTES, pageSize: 1, name: 'the local store (256 KiB)' };

/** SPU linkers mark what the overlay manager loads later, over other code (binutils `include/elf/spu.h`). */
const PF_OVERLAY = 0x0800_0000;

/** The loadable segments, sorted by address; their bytes are views of the file. */
export function loadSegments(file: ElfFile, space: AddressSpace): Segment[] {
  const segments: Segment[] = [];
  file.programHeaders.forEach((header, index) => {
    if (header.type !== PT_LOAD || header.memorySize === 0 || (header.flags & PF_OVERLAY) !== 0) return;
    check(header, `segment ${String(index)}`, file.data.length, space);
    segments.push({
      address: header.address,
      bytes: file.data.slice(header.offset, header.fileSize),
      memorySize: header.memorySize,
      readable: (header.flags & PF_R) !== 0,
      writable: (header.flags & PF_W) !== 0,
      executable: (header.flags & PF_X) !== 0,
    });
  });
  if (segments.length === 0) throw new ElfError('The file has nothing to load: none of its segments goes into memory; link it as a program.');
  segments.sort((a, b) => a.address - b.address);
  segments.forEach((segment, i) => {
    const before = segments[i - 1];
    if (before && before.address + before.memorySize > segment.address) {
      throw new ElfError(`The file is damaged: two of its segments overlap at address ${hex(segment.address)}; copy or build it again.`);
    }
  });
  return segments;
}

function check(header: ProgramHeader, name: string, fileLength: number, space: AddressSpace): void {
  const damaged = (what: string): ElfError => new ElfError(`The file is damaged${what}; copy or build it again.`);
  if (header.fileSize > header.memorySize) {
    throw damaged(`: ${name} has more bytes in the file (${hex(header.fileSize)}) than in memory (${hex(header.memorySize)})`);
  }
  if (header.offset + header.fileSize > fileLength) {
    throw damaged(` or cut short: ${name} should end at byte ${hex(header.offset + header.fileSize)}, but the file ends at ${hex(fileLength)}`);
  }
  if (header.address + header.memorySize > space.end) {
    throw damaged(`: ${name} reaches from ${hex(header.address)} for ${hex(header.memorySize)} bytes, beyond ${space.name}`);
  }
  if ((header.address - header.offset) % space.pageSize !== 0) {
    throw damaged(`: ${name} cannot be mapped, its address ${hex(header.address)} and file offset ${hex(header.offset)} differ within a page`);
  }
}

/** The bytes from `address` to the end of its segment's file part; empty where nothing lies there. */
export function bytesAt(segments: readonly Segment[], address: number): Uint8Array {
  for (const segment of segments) {
    const offset = address - segment.address;
    if (offset >= 0 && offset < segment.bytes.length) return segment.bytes.subarray(offset);
  }
  return new Uint8Array(0);
}

export const isCode = (segments: readonly Segment[], address: number): boolean =>
  address % 4 === 0 && segments.some((s) => s.executable && address >= s.address && address < s.address + s.memorySize);
