/** Fills in what had to wait for addresses, and makes the bytes of sections. */
import type { ProgramError } from '../program.ts';
import { ByteBuffer, writeBigEndian, writeWord } from './bytes.ts';
import { checkedData } from './dataRange.ts';
import { encodeCandidates } from './encode.ts';
import { StatementError } from './error.ts';
import { errorAt } from './errorPlace.ts';
import { absolute, evaluate, type Lookup } from './evaluate.ts';
import { fillerBytes } from './filler.ts';
import { leb128Bytes } from './leb128.ts';
import type { AddressSpace, Fixup, Fragment, Section } from './object.ts';
import { sectionSize } from './section.ts';

export function applyFixups(sections: readonly Section[], lookup: Lookup, errors: ProgramError[]): void {
  // Branches look into function descriptors, so these come first.
  const descriptors = sections.filter(({ name }) => name === '.opd');
  for (const section of [...descriptors, ...sections.filter(({ name }) => name !== '.opd')]) {
    if (!section.flags.allocated) continue;
    for (const fixup of section.fixups) {
      try {
        applyFixup(fixup, lookup);
      } catch (error) {
        if (!(error instanceof StatementError)) throw error;
        errors.push(errorAt(fixup.statement, error));
      }
    }
  }
}

function applyFixup(fixup: Fixup, lookup: Lookup): void {
  const { section, fragment, offset } = fixup.location;
  if (fixup.kind === 'data') {
    const value = checkedData(absolute(evaluate(fixup.value, lookup), 'The value'), fixup.size);
    writeBigEndian(fragment.bytes.view, offset, value, fixup.size);
    return;
  }
  const pc = (section.address ?? 0) + (fragment.start ?? 0) + offset;
  const word = encodeCandidates(fixup.candidates, { pc, lookup, plainTarget: 'distance' });
  writeWord(fragment.bytes.view, offset, word);
}

/** The bytes of a section; none for a section of zeros. Images of SPU programs come from `imageOf`. */
export function sectionBytes(section: Section, lookup: Lookup, imageOf: (space: AddressSpace) => Uint8Array): Uint8Array {
  if (section.flags.zeroed) return new Uint8Array(0);
  const bytes = new Uint8Array(sectionSize(section));
  for (const fragment of section.fragments) {
    const start = fragment.start ?? 0;
    bytes.set(fragment.bytes.view, start);
    bytes.set(tailBytes(section, fragment, lookup, imageOf), start + fragment.fixedSize);
  }
  return bytes;
}

function tailBytes({ space }: Section, fragment: Fragment, lookup: Lookup, imageOf: (space: AddressSpace) => Uint8Array): Uint8Array {
  const { tail, tailSize } = fragment;
  if (!tail) return new Uint8Array(0);
  switch (tail.kind) {
    case 'image':
      return imageOf(tail.space);
    case 'leb128':
      return padded(leb128Bytes(absolute(evaluate(tail.value, lookup), 'The value'), tail.signed), tailSize);
    default:
      return fillerBytes(tail.filler, (fragment.start ?? 0) + fragment.fixedSize, tailSize, space.isa);
  }
}

/** A number with groups to spare: the last of them only repeats the sign. */
function padded(bytes: Uint8Array, size: number): Uint8Array {
  const last = bytes.at(-1) ?? 0;
  if (bytes.length >= size) return bytes;
  const out = new ByteBuffer();
  const signGroup = (last & 0x40) !== 0 ? 0x7f : 0;
  out.append(bytes.subarray(0, -1));
  out.fill(1, last | 0x80);
  out.fill(size - bytes.length - 1, signGroup | 0x80);
  out.fill(1, signGroup);
  return out.view;
}
