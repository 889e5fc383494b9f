import { OutOfBytes, sound } from '../bigEndian.ts';
import type { DebugSectionName, DebugSections } from '../dwarf/sections.ts';
import { UnknownCompression, unpacked, unpackedGnu } from './compressed.ts';
import { type ElfFile, SHF_COMPRESSED, type Section, sectionBytes } from './elfFile.ts';

/** Names after `.debug_`, or `.zdebug_`. */
const WANTED: readonly DebugSectionName[] = ['line', 'line_str', 'str', 'info', 'abbrev', 'loc', 'loclists', 'ranges', 'rnglists', 'addr', 'str_offsets', 'frame'];

/** The sections that source lines and variables come from, and sentences about those that cannot be used. */
export function debugSections(file: ElfFile): { readonly sections: DebugSections; readonly warnings: readonly string[] } {
  const sections: Partial<Record<DebugSectionName, Uint8Array>> = {};
  const warnings = new Set<string>();
  for (const name of WANTED) {
    const section = named(file, `.debug_${name}`) ?? named(file, `.zdebug_${name}`);
    if (!section) continue;
    try {
      sections[name] = bytesOf(file, section);
    } catch (error) {
      warnings.add(warningAbout(section, error));
    }
  }
  const frames = named(file, '.eh_frame');
  const bytes = frames && sound(() => sectionBytes(file, frames));
  return { sections: bytes ? { ...sections, eh_frame: { bytes, address: frames.address } } : sections, warnings: [...warnings] };
}

function named(file: ElfFile, name: string): Section | undefined {
  return file.sections.find((section) => section.name === name);
}

/** Throws `OutOfBytes` and `UnknownCompression`. */
function bytesOf(file: ElfFile, section: Section): Uint8Array {
  const bytes = sound(() => sectionBytes(file, section));
  if (!bytes) throw new OutOfBytes('it lies outside the file');
  if (section.name.startsWith('.z')) return unpackedGnu(bytes);
  const isCompressed = Math.floor(section.flags / SHF_COMPRESSED) % 2 === 1;
  return isCompressed ? unpacked(bytes, file.machine === 'ppc') : bytes;
}

/** One sentence for all sections that are compressed in a way that nobody here knows: a linker does that with each of them. */
function warningAbout({ name }: Section, error: unknown): string {
  if (error instanceof UnknownCompression) {
    return `The debug information is compressed with ${error.message}, which Refault cannot unpack, so source lines and variables are missing; link the program with -gz=zlib or -gz=none.`;
  }
  if (!(error instanceof OutOfBytes)) throw error;
  return `The section ${name} is damaged: ${error.message}; source lines and variables may be missing.`;
}
