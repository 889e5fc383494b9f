/** Puts a program together from sections whose bytes are complete. */
import type { Program, Segment, SpuImage } from '../program.ts';
import { entryOf } from './entry.ts';
import { absolute, evaluate, type Lookup } from './evaluate.ts';
import { sectionBytes } from './fixups.ts';
import { entryOfSpu } from './globals.ts';
import { localStoreSize } from './layout.ts';
import { lineTable } from './lineTable.ts';
import type { AddressSpace, Section } from './object.ts';
import type { Placement, SegmentPlacement } from './placement.ts';
import { programSymbols } from './programSymbols.ts';
import { sectionSize } from './section.ts';
import type { AssemblyState } from './state.ts';

export class Output {
  private readonly bytes = new Map<Section, Uint8Array>();

  constructor(
    private readonly state: AssemblyState,
    private readonly placement: Placement,
    private readonly lookup: Lookup,
  ) {}

  bytesOf(section: Section): Uint8Array {
    const known = this.bytes.get(section);
    if (known) return known;
    const bytes = sectionBytes(section, this.lookup, (space) => this.localStore(space));
    this.bytes.set(section, bytes);
    return bytes;
  }

  /** A program for the PPE, with the SPU programs that it carries. */
  powerPCProgram(name: string): Program {
    const { state, lookup } = this;
    const entry = entryOf(state, lookup);
    if (!entry) {
      state.errors.push({ file: state.files[0] ?? name, line: 0, column: 0, message: 'There is no PowerPC code: a program starts at the symbol _start in .text.', mistake: { code: 'no-code' } });
    }
    return {
      name,
      isa: 'ppc',
      segments: this.placement.segments.map((segment) => this.segment(segment)),
      entry: entry?.address ?? 0,
      toc: entry?.toc ?? 0,
      symbols: programSymbols(state.ppc, state.namespaces, lookup),
      lines: lineTable(state.ppc.sections),
      spuImages: this.spuImages(),
    };
  }

  /** A program for a lone SPU: the first image. */
  spuProgram(name: string): Program {
    const spuImages = this.spuImages();
    const entry = spuImages[0]?.entry ?? 0;
    return { name, isa: 'spu', segments: [], entry, toc: 0, symbols: [], lines: lineTable([]), spuImages };
  }

  private spuImages(): SpuImage[] {
    return [...this.state.spu.values()].map((space) => this.spuImage(space));
  }

  private spuImage(space: AddressSpace): SpuImage {
    const { namespaces } = this.state;
    const bytes = this.localStore(space);
    const entry = Number(absolute(evaluate(entryOfSpu(space, namespaces), this.lookup), 'The entry'));
    const rights = { readable: true, writable: true, executable: true };
    return {
      name: space.name,
      segments: [{ address: 0, bytes, memorySize: bytes.length, ...rights }],
      entry,
      symbols: programSymbols(space, namespaces, this.lookup),
      lines: lineTable(space.sections),
    };
  }

  private localStore(space: AddressSpace): Uint8Array {
    const image = new Uint8Array(localStoreSize(space));
    for (const section of space.sections) image.set(this.bytesOf(section), section.address);
    return image;
  }

  private segment({ address, sections, writable, executable }: SegmentPlacement): Segment {
    const ends = (counted: readonly Section[]): number =>
      Math.max(0, ...counted.map((section) => (section.address ?? 0) + sectionSize(section) - address));
    const filled = sections.filter(({ flags }) => !flags.zeroed);
    const bytes = new Uint8Array(ends(filled));
    for (const section of filled) bytes.set(this.bytesOf(section), (section.address ?? address) - address);
    return { address, bytes, memorySize: ends(sections), readable: true, writable, executable };
  }
}
