import { OutOfBytes } from './bigEndian.ts';

/** Linux paths end at PATH_MAX; no name in a sound file is longer. */
const LONGEST = 4096;
/** Linkers share tails of names, so a sound table is read a few times over, never this often. */
const READINGS = 16;

/** Zero-terminated strings by offset. Time and memory stay in proportion to the table, however its users point into it. */
export class StringTable {
  private readonly decoder = new TextDecoder();
  private readonly known = new Map<number, string>();
  private budget: number;

  constructor(private readonly bytes: Uint8Array) {
    this.budget = bytes.length * READINGS + LONGEST;
  }

  /** Throws `OutOfBytes` where no string starts at `offset`, or none that ends. */
  at(offset: number): string {
    const text = this.find(offset);
    if (text === undefined) throw new OutOfBytes(`no string at ${String(offset)}`);
    return text;
  }

  /** As `at`, undefined where there is no string. */
  find(offset: number): string | undefined {
    const known = this.known.get(offset);
    if (known !== undefined) return known;
    const end = offset < this.bytes.length ? this.bytes.subarray(0, offset + LONGEST + 1).indexOf(0, offset) : -1;
    if (end < 0) return undefined;
    this.budget -= end - offset + 1;
    if (this.budget < 0) return undefined;
    const text = this.decoder.decode(this.bytes.subarray(offset, end));
    this.known.set(offset, text);
    return text;
  }
}
