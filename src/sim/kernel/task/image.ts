/** The program's segments in memory: pages of the program file, and zeros behind them. */
import type { Program, Segment } from '../../program/program.ts';
import { newOpenFile } from '../files/references.ts';
import type { Inode } from '../files/state.ts';
import type { Kernel } from '../kernel.ts';
import { frameHost } from '../mm/frames.ts';
import { anonymousMemory, MAP, mapRegion, PROT } from '../mm/mappings.ts';
import { pageOfFile } from '../mm/pageCache.ts';
import { pageBase, pageUp } from '../mm/pages.ts';
import { TASK_SIZE, type Mm } from '../mm/state.ts';

/** Whole pages with one protection: segments that share a page are one region. */
interface Region {
  readonly start: number;
  /** End of the pages that have bytes of the file, and of all. */
  fileEnd: number;
  end: number;
  protection: number;
  readonly segments: Segment[];
}

/** Maps the segments of a program and puts the heap behind them. `file` becomes the program's image in memory. */
export function mapImage(k: Kernel, mm: Mm, program: Program, file: Inode): void {
  const image = newOpenFile(file, 0);
  let offset = 0;
  let end = 0;
  for (const region of regionsOf(k, program)) {
    const bytes = region.fileEnd - region.start;
    writeBytes(k, program, region, file, offset);
    if (bytes > 0) {
      const source = { handler: 'file', name: file.path, file: image, context: undefined, pteFlags: 0 } as const;
      place(k, mm, program, { ...region, end: region.fileEnd }, offset, source);
    }
    if (region.end > region.fileEnd) place(k, mm, program, { ...region, start: region.fileEnd }, 0, anonymousMemory());
    offset += bytes;
    end = region.end;
  }
  mm.brkStart = end;
  mm.brk = end;
}

/** Page ranges of the segments, in order. A page that two segments share gets the rights of both. */
function regionsOf(k: Kernel, program: Program): Region[] {
  const regions: Region[] = [];
  const loaded = program.segments.filter(({ memorySize }) => memorySize > 0).sort((a, b) => a.address - b.address);
  for (const segment of loaded) {
    const start = pageBase(k, segment.address);
    const fileEnd = segment.bytes.length === 0 ? start : pageUp(k, segment.address + segment.bytes.length);
    const end = pageUp(k, segment.address + segment.memorySize);
    if (end > TASK_SIZE) throw new RangeError(`${program.name} wants memory at 0x${segment.address.toString(16)}, beyond the end of the user region.`);
    const last = regions.at(-1);
    if (last && start < last.end) {
      last.fileEnd = Math.max(last.fileEnd, fileEnd);
      last.end = Math.max(last.end, end);
      last.protection |= protectionOf(segment);
      last.segments.push(segment);
    } else regions.push({ start, fileEnd, end, protection: protectionOf(segment), segments: [segment] });
  }
  return regions;
}

/** Copies the bytes of a region's segments into the page cache of the image. */
function writeBytes(k: Kernel, program: Program, region: Region, file: Inode, offset: number): void {
  const { pageBytes } = k.configuration;
  for (const { address, bytes } of region.segments) {
    for (let done = 0; done < bytes.length;) {
      const place = offset + address + done - region.start;
      const within = place % pageBytes;
      const piece = Math.min(pageBytes - within, bytes.length - done);
      const frame = pageOfFile(k, file, Math.floor(place / pageBytes));
      if (frame === undefined) throw new RangeError(`The machine's memory is too small for ${program.name}.`);
      k.memory.set(bytes.subarray(done, done + piece), frameHost(k, frame) + within);
      done += piece;
    }
  }
  if (file.content.kind === 'regular') file.content.size = offset + region.fileEnd - region.start;
}

function place(k: Kernel, mm: Mm, program: Program, { start, end, protection }: Region, offset: number, source: ReturnType<typeof anonymousMemory>): void {
  const flags = MAP.PRIVATE | MAP.FIXED;
  const answer = mapRegion(k, mm, { address: start, length: end - start, protection, flags, offset, source });
  if (answer < 0) throw new RangeError(`The segment of ${program.name} at 0x${start.toString(16)} cannot be mapped.`);
}

function protectionOf({ readable, writable, executable }: Segment): number {
  return (readable ? PROT.READ : 0) | (writable ? PROT.WRITE : 0) | (executable ? PROT.EXEC : 0);
}
