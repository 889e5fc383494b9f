/** Putting bytes into sections. */
import { ByteBuffer } from './bytes.ts';
import { StatementError } from './error.ts';
import { fillerBytes } from './filler.ts';
import type { AddressSpace, Filler, Fragment, Location, Section, SectionFlags, Tail } from './object.ts';

/** More than any guest needs; a mistyped count must not take all of the host's memory. */
const LARGEST_SECTION = 64 * 1024 * 1024;
const LARGEST_ZEROED_SECTION = 2 ** 40;

/** Name of the section that `.struct` opens. */
export const OFFSETS = '*offsets*';

export function newAddressSpace(name: string, isa: AddressSpace['isa']): AddressSpace {
  return { name, isa, sections: [], globals: new Map() };
}

/** For messages. */
export function spaceTitle({ name, isa }: AddressSpace): string {
  return isa === 'ppc' ? 'the PowerPC program' : `the SPU program "${name}"`;
}

export function newSection(name: string, space: AddressSpace, flags: SectionFlags): Section {
  return { name, space, flags, fragments: [newFragment(0)], fixups: [], emissions: [], alignment: 1, address: undefined };
}

export function here(section: Section): Location {
  const fragment = lastFragment(section);
  return { section, fragment, offset: fragment.fixedSize };
}

/** Offset of the next byte, where known. */
export function currentOffset(section: Section): number | undefined {
  const { start, fixedSize } = lastFragment(section);
  return start === undefined ? undefined : start + fixedSize;
}

/** Bytes in all; after the layout. */
export function sectionSize(section: Section): number {
  const { start = 0, fixedSize, tailSize } = lastFragment(section);
  return start + fixedSize + tailSize;
}

export function pushValue(section: Section, value: bigint, size: number): void {
  if (section.flags.zeroed && value !== 0n) refuseContents(section);
  const fragment = grow(section, size);
  if (!section.flags.zeroed) fragment.bytes.push(value, size);
}

export function pushBytes(section: Section, bytes: Uint8Array): void {
  if (section.flags.zeroed && bytes.some((byte) => byte !== 0)) refuseContents(section);
  const fragment = grow(section, bytes.length);
  if (!section.flags.zeroed) fragment.bytes.append(bytes);
}

/** Room for what a fix-up fills in. */
export function pushZeros(section: Section, count: number): void {
  const fragment = grow(section, count);
  if (!section.flags.zeroed) fragment.bytes.fill(count, 0);
}

/** A gap of known size. */
export function pushGap(section: Section, count: number, filler: Filler): void {
  if (count === 0) return;
  if (section.flags.zeroed && filler.kind === 'value' && filler.value !== 0n) refuseContents(section);
  const from = currentOffset(section) ?? 0;
  const fragment = grow(section, count);
  if (!section.flags.zeroed) fragment.bytes.append(fillerBytes(filler, from, count, section.space.isa));
}

/** A gap whose size the layout finds. */
export function pushTail(section: Section, tail: Tail): void {
  lastFragment(section).tail = tail;
  section.fragments.push(newFragment(undefined));
}

function lastFragment({ name, fragments }: Section): Fragment {
  const fragment = fragments[fragments.length - 1];
  if (!fragment) throw new Error(`The section ${name} has no fragment.`);
  return fragment;
}

function newFragment(start: number | undefined): Fragment {
  return { start, bytes: new ByteBuffer(), fixedSize: 0, tail: undefined, tailSize: 0 };
}

function grow(section: Section, count: number): Fragment {
  const fragment = lastFragment(section);
  const limit = largestSize(section);
  const size = (fragment.start ?? 0) + fragment.fixedSize + count;
  if (size > limit) {
    throw new StatementError(`The section ${section.name} would grow to ${String(size)} bytes; ${String(limit)} is the most.`);
  }
  fragment.fixedSize += count;
  return fragment;
}

export function largestSize({ flags }: Section): number {
  return flags.zeroed ? LARGEST_ZEROED_SECTION : LARGEST_SECTION;
}

function refuseContents({ name }: Section): never {
  throw new StatementError(`The section ${name} holds zeros only: put values into .data.`);
}
