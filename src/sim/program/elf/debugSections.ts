import type { DebugSectionName, DebugSections } from '../dwarf/sections.ts';
import { sound } from '../bigEndian.ts';
import { type ElfFile, SHF_COMPRESSED, type Section, sectionBytes } from './elfFile.ts';

/** Names after `.debug_`. */
const WANTED: readonly DebugSectionName[] = ['line', 'line_str', 'str', 'info', 'abbrev', 'loc', 'loclists', 'ranges', 'rnglists', 'addr', 'str_offsets', 'frame'];

/** The sections that source lines and variables come from, and sentences about those that cannot be used. */
export function debugSections(file: ElfFile): { readonly sections: DebugSections; readonly warnings: readonly string[] } {
  const sections: Partial<Record<DebugSectionName, Uint8Array>> = {};
  const warnings: string[] = [];
  let compressed = false;
  for (const name of WANTED) {
    const section = file.sections.find((s) => s.name === `.debug_${name}`);
    compressed ||= (section ? isCompressed(section) : false) || file.sections.some((s) => s.name === `.zdebug_${name}`);
    if (!section || isCompressed(section)) continue;
    const bytes = bytesOf(file, section);
    if (bytes) sections[name] = bytes;
    else warnings.push(`The section ${section.name} is damaged: it lies outside the file; source lines and variables may be missing.`);
  }
  if (compressed) warnings.push('The debug information is compressed, so source lines and variables are missing; link the program with -gz=none.');
  const frames = file.sections.find(({ name }) => name === '.eh_frame');
  const bytes = frames && bytesOf(file, frames);
  return { sections: bytes ? { ...sections, eh_frame: { bytes, address: frames.address } } : sections, warnings };
}

const isCompressed = (section: Section): boolean => Math.floor(section.flags / SHF_COMPRESSED) % 2 === 1;

function bytesOf(file: ElfFile, section: Section): Uint8Array | undefined {
  return sound(() => sectionBytes(file, section));
}
