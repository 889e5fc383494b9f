/** The memory of a value in C, for data breakpoints. */
import { sizeOf } from '../../sim/program/dwarf/types.ts';
import type { CObject } from './object.ts';

/** Address, length, and of a bit-field that they are the bytes which hold it; or a sentence about why there is nothing to watch. */
export type Watchable = { readonly address: number; readonly bytes: number; readonly isBitField: boolean } | { readonly refusal: string };

/** A value's own memory: of a pointer the pointer, not what it leads to. */
export function watchableOf({ storage, type, bits }: CObject, name: string): Watchable {
  switch (storage.kind) {
    case 'memory': {
      const first = bits ? Math.floor(bits.start / 8) : 0;
      const bytes = bits ? Math.ceil((bits.start + bits.count) / 8) - first : sizeOf(type);
      return bytes > 0 ? { address: storage.address + first, bytes, isBitField: bits !== undefined } : { refusal: `${name} has no bytes that could be watched.` };
    }
    case 'bytes': return { refusal: `${name} is in a register here, or was computed: only what is in memory can be watched.` };
    case 'pointer':
    case 'optimizedOut':
      return { refusal: `The compiler keeps no place for ${name} here, so it cannot be watched.` };
    case 'broken': return { refusal: `${name} cannot be watched: ${storage.reason}.` };
  }
}
