/** Where sections go. */
import { alignmentGap } from './gapSize.ts';
import type { Section } from './object.ts';
import { sectionSize } from './section.ts';
import { isLocalStoreCode } from './sectionNames.ts';

/** Where GNU ld puts 64-bit PowerPC programs. */
const TEXT_ADDRESS = 0x10000000;
/** Segments start at pages of 64 KiB, so that permissions hold with either page size. */
const SEGMENT_ALIGNMENT = 0x10000;
export interface SegmentPlacement {
  readonly address: number;
  readonly sections: readonly Section[];
  readonly writable: boolean;
  readonly executable: boolean;
}

export interface Placement {
  readonly segments: readonly SegmentPlacement[];
  /** Some section got another address than before. */
  readonly changed: boolean;
}

const PERMISSIONS = [
  { writable: false, executable: true },
  { writable: false, executable: false },
  { writable: true, executable: false },
  { writable: true, executable: true },
] as const;

/** One segment for each set of permissions: code, constants, variables; `.bss` after the variables. */
export function placePowerPC(all: readonly Section[]): Placement {
  const segments: SegmentPlacement[] = [];
  let address = TEXT_ADDRESS;
  let changed = false;
  for (const { writable, executable } of PERMISSIONS) {
    const chosen = all.filter(({ flags }) => flags.allocated && flags.writable === writable && flags.executable === executable);
    const sections = ordered(chosen);
    if (sections.every((section) => sectionSize(section) === 0)) {
      for (const section of sections) changed = setAddress(section, address) || changed;
      continue;
    }
    address += alignmentGap(address, SEGMENT_ALIGNMENT);
    segments.push({ address, sections, writable, executable });
    for (const section of sections) {
      address += alignmentGap(address, section.alignment);
      changed = setAddress(section, address) || changed;
      address += sectionSize(section);
    }
  }
  return { segments, changed };
}

/** From local-store address 0, code first. Answers whether any section got another address. */
export function placeLocalStore(all: readonly Section[]): boolean {
  let address = 0;
  let changed = false;
  const code = all.filter(({ name }) => isLocalStoreCode(name));
  const rest = all.filter(({ name }) => !isLocalStoreCode(name));
  for (const section of [...ordered(code), ...ordered(rest)]) {
    address += alignmentGap(address, Math.max(section.alignment, 16));
    changed = setAddress(section, address) || changed;
    address += sectionSize(section);
  }
  return changed;
}

/** Sections of one name from several files together, in order of first appearance; zeros last. */
function ordered(sections: readonly Section[]): Section[] {
  const byName = new Map<string, Section[]>();
  for (const section of sections) {
    const name = `${section.flags.zeroed ? '1' : '0'}${section.name}`;
    const same = byName.get(name);
    if (same) same.push(section);
    else byName.set(name, [section]);
  }
  const groups = [...byName.values()];
  const zeroed = (group: readonly Section[]): boolean => group[0]?.flags.zeroed ?? false;
  return [...groups.filter((group) => !zeroed(group)), ...groups.filter(zeroed)].flat();
}

function setAddress(section: Section, address: number): boolean {
  const changed = section.address !== address;
  section.address = address;
  return changed;
}
