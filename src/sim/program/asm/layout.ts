/** Sizes and addresses of everything: fragments in sections, sections in address spaces. */
import { LOCAL_STORE_BYTES } from '../../engine/layout.ts';
import type { ProgramError } from '../program.ts';
import { StatementError } from './error.ts';
import { errorAt } from './errorPlace.ts';
import { absolute, evaluate, type Lookup } from './evaluate.ts';
import { alignmentGap, filledGap } from './gapSize.ts';
import { leb128Bytes } from './leb128.ts';
import type { AddressSpace, Fragment, Section, Tail } from './object.ts';
import { type Placement, placeLocalStore, placePowerPC } from './placement.ts';
import { largestSize, sectionSize, spaceTitle } from './section.ts';

/** Sizes that depend on each other settle within a few rounds, or never. */
const ROUNDS = 40;

/**
 * Gives every section its address and every fragment its offset. Sizes that depend on addresses
 * are found by repeating until nothing changes.
 */
export function layOut(ppc: AddressSpace, spu: Iterable<AddressSpace>, lookup: Lookup, errors: ProgramError[]): Placement {
  const spaces = [...spu, ppc];
  const sections = spaces.flatMap((space) => space.sections);
  let round = 0;
  let changed = true;
  let placement = placePowerPC(ppc.sections);
  while (changed && round++ < ROUNDS) {
    changed = false;
    for (const section of sections) changed = settle(section, lookup) || changed;
    for (const { isa, sections: own } of spaces) {
      if (isa === 'spu') changed = placeLocalStore(own) || changed;
    }
    placement = placePowerPC(ppc.sections);
    changed ||= placement.changed;
  }
  // Only now are mistakes in sizes real: before, they may have come from what was not settled yet.
  for (const section of sections) {
    settle(section, lookup, errors);
    checkSize(section, errors);
  }
  if (changed) errors.push(unsettled(sections));
  for (const space of spaces) {
    if (space.isa === 'spu') checkLocalStore(space, errors);
  }
  return placement;
}

/** Reading checks what it knows; this is for sizes that come later. */
function checkSize(section: Section, errors: ProgramError[]): void {
  const tail = section.fragments[0]?.tail;
  if (!tail || !('statement' in tail)) return;
  const size = sectionSize(section);
  const limit = largestSize(section);
  if (size > limit) errors.push({ ...tail.statement.place, message: `The section ${section.name} has ${String(size)} bytes; ${String(limit)} is the most.` });
}

function unsettled(sections: readonly Section[]): ProgramError {
  const message = 'This size depends on itself, through labels after it, and does not settle.';
  for (const { tail } of sections.flatMap(({ fragments }) => fragments)) {
    if (tail && 'statement' in tail) return { ...tail.statement.place, message };
  }
  return { file: '', line: 0, column: 0, message };
}

/** Finds a section's offsets as things lie now. Answers whether any changed. */
function settle(section: Section, lookup: Lookup, errors?: ProgramError[]): boolean {
  let changed = false;
  let offset = 0;
  for (const fragment of section.fragments) {
    if (fragment.start !== offset) {
      fragment.start = offset;
      changed = true;
    }
    const size = tailSize(section, fragment, lookup, errors);
    if (fragment.tailSize !== size) {
      fragment.tailSize = size;
      changed = true;
    }
    offset += fragment.fixedSize + size;
  }
  return changed;
}

function tailSize(section: Section, fragment: Fragment, lookup: Lookup, errors?: ProgramError[]): number {
  const { tail } = fragment;
  if (!tail) return 0;
  try {
    return sizeOf(tail, section, (fragment.start ?? 0) + fragment.fixedSize, fragment.tailSize, lookup);
  } catch (error) {
    if (!(error instanceof StatementError)) throw error;
    if ('statement' in tail) errors?.push(errorAt(tail.statement, error));
    return 0;
  }
}

const LARGEST_GAP = 64 * 1024 * 1024;

function sizeOf(tail: Tail, section: Section, offset: number, before: number, lookup: Lookup): number {
  switch (tail.kind) {
    case 'align':
      return filledGap(offset, tail.boundary, tail.maximum, tail.filler);
    case 'space':
      return gap(absolute(evaluate(tail.count, lookup), 'The number of bytes'));
    case 'origin': {
      const target = evaluate(tail.target, lookup);
      if (target.section && target.section !== section) throw new StatementError(`The origin lies in the section ${target.section.name}, not in this one.`);
      return gap(target.value - BigInt(offset));
    }
    case 'leb128':
      // Never smaller than before, so that sizes that depend on each other settle.
      return Math.max(before, leb128Bytes(absolute(evaluate(tail.value, lookup), 'The value'), tail.signed).length);
    case 'image':
      return localStoreSize(tail.space);
  }
}

function gap(size: bigint): number {
  if (size < 0n) throw new StatementError(`The gap has a size of ${String(size)} bytes; it must not be negative.`);
  if (size > BigInt(LARGEST_GAP)) throw new StatementError(`The gap has a size of ${String(size)} bytes; ${String(LARGEST_GAP)} is the most.`);
  return Number(size);
}

/** Bytes of an SPU program's image, a multiple of 16. */
export function localStoreSize({ sections }: AddressSpace): number {
  const end = Math.max(0, ...sections.map((section) => (section.address ?? 0) + sectionSize(section)));
  return end + alignmentGap(end, 16);
}

function checkLocalStore(space: AddressSpace, errors: ProgramError[]): void {
  const size = localStoreSize(space);
  if (size <= LOCAL_STORE_BYTES) return;
  const place = space.sections[0]?.emissions[0]?.statement.place ?? { file: space.name, line: 0, column: 0 };
  const title = spaceTitle(space).replace(/^t/, 'T');
  errors.push({ ...place, message: `${title} has ${String(size)} bytes; the local store holds ${String(LOCAL_STORE_BYTES)}.` });
}
