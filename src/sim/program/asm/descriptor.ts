/**
 * Function descriptors: in the section .opd a function's symbol is the place of three doublewords, the
 * addresses of its code and of its TOC and an environment (64-bit PowerPC ELF ABI supplement 1.9, section 3.2.5).
 */
import type { Location, Section } from './object.ts';

/** Where a function begins, and its TOC pointer (r2). */
export interface Entry {
  readonly address: number;
  readonly toc: number;
}

/** The descriptor at a place, when the place is in .opd; its fix-ups must have been applied. */
export function descriptorAt({ section, fragment, offset }: Location): Entry | undefined {
  const bytes = fragment.bytes.view;
  if (section.name !== '.opd' || offset < 0 || offset + 16 > bytes.length) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset + offset, 16);
  return { address: Number(view.getBigUint64(0)), toc: Number(view.getBigUint64(8)) };
}

/** What a branch to a descriptor means, as linkers have it: the code that it describes. */
export function describedCode(section: Section, offset: number): number | undefined {
  for (const fragment of section.fragments) {
    const start = fragment.start ?? 0;
    if (offset >= start && offset < start + fragment.fixedSize) return descriptorAt({ section, fragment, offset: offset - start })?.address;
  }
  return undefined;
}
