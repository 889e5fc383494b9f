/** What each statement became, for listings. */
import type { SourcePlace } from '../program.ts';
import { addressOf } from './lineTable.ts';
import type { Section } from './object.ts';

export interface ListingRow {
  /** The SPU program that the bytes belong to; '' for the PowerPC program. */
  readonly program: string;
  readonly address: number;
  /** Empty in a section of zeros. */
  readonly bytes: Uint8Array;
  /** Bytes in memory. */
  readonly size: number;
  readonly place: SourcePlace;
  /** The statement as the assembler read it, with macro arguments filled in. */
  readonly text: string;
  readonly fromMacro: boolean;
}

export function listingRows(sections: readonly Section[], bytesOf: (section: Section) => Uint8Array): ListingRow[] {
  const rows: ListingRow[] = [];
  for (const section of sections) {
    if (!section.flags.allocated) continue;
    const bytes = bytesOf(section);
    for (const { start, end, statement } of section.emissions) {
      const address = addressOf(start);
      const size = addressOf(end) - address;
      const offset = address - (section.address ?? 0);
      const { place, text, inside } = statement;
      rows.push({
        program: section.space.name, address, bytes: bytes.subarray(offset, offset + size), size, place, text, fromMacro: inside !== '',
      });
    }
  }
  return rows;
}
