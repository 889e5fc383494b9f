import type { DebugSections } from '../dwarf/lines.ts';
import { OutOfBytes } from '../bigEndian.ts';
import { type ElfFile, SHF_COMPRESSED, type Section, sectionBytes } from './elfFile.ts';

/** Names after `.debug_`. */
const WANTED = ['line', 'line_str', 'str', 'info', 'abbrev'] as const;

/** The sections that source lines come from, and sentences about those that cannot be used. */
export function debugSections(file: ElfFile): { readonly sections: DebugSections; readonly warnings: readonly string[] } {
  const sections: Partial<Record<(typeof WANTED)[number], Uint8Array>> = {};
  const warnings: string[] = [];
  let compressed = false;
  for (const name of WANTED) {
    const section = file.sections.find((s) => s.name === `.debug_${name}`);
    compressed ||= (section ? isCompressed(section) : false) || file.sections.some((s) => s.name === `.zdebug_${name}`);
    if (!section || isCompressed(section)) continue;
    const bytes = bytesOf(file, section);
    if (bytes) sections[name] = bytes;
    else warnings.push(`The section ${section.name} is damaged: it lies outside the file; source lines may be missing.`);
  }
  if (compressed) warnings.push('The debug information is compressed, so source lines are missing; link the program with -gz=none.');
  return { sections, warnings };
}

const isCompressed = (section: Section): boolean => Math.floor(section.flags / SHF_COMPRESSED) % 2 === 1;

function bytesOf(file: ElfFile, section: Section): Uint8Array | undefined {
  try {
    return sectionBytes(file, section);
  } catch (error) {
    if (error instanceof OutOfBytes) return undefined;
    throw error;
  }
}
