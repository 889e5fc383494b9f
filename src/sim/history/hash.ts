/** One number for everything that matters in a machine: equal for equal states. */
import type { Pieces } from './pieces.ts';
import type { TreePlaces } from './tree.ts';

const OFFSET = 0x811c_9dc5;
const PRIME = 0x0100_0193;

export interface HashedParts extends TreePlaces {
  readonly pieces: Pieces;
  /** The machine's whole memory. */
  readonly memory: Uint8Array;
}

/** 64 bits as hexadecimal digits; FNV-1a over words, twice with different beginnings. */
export function stateHash({ state, order, hardware: { spes, clocks }, pieces, memory }: HashedParts): string {
  const hash = new Hash();
  const words = new Int32Array(memory.buffer);
  pieces.forEach(state.frames, (index, at, bytes) => {
    hash.word(index);
    for (let i = at >>> 2; i < (at + bytes) >>> 2; i += 1) hash.word(words[i] ?? 0);
  });
  hash.value({ state, order, spes: spes.map((spe) => spe.state), clocks });
  return hash.text;
}

class Hash {
  private low = OFFSET;
  private high = PRIME;
  /** Objects by their order of appearance: one that comes again is its number. */
  private readonly seen = new Map<object, number>();
  private readonly float = new DataView(new ArrayBuffer(8));

  get text(): string {
    return [this.high, this.low].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('');
  }

  word(word: number): void {
    this.low = Math.imul(this.low ^ word, PRIME);
    this.high = Math.imul(this.high ^ (word >>> 16) ^ (this.low >>> 7), PRIME);
  }

  value(value: unknown): void {
    switch (typeof value) {
      case 'number':
        this.float.setFloat64(0, value);
        this.word(this.float.getInt32(0));
        this.word(this.float.getInt32(4));
        break;
      case 'object':
        if (value === null) this.letters('null');
        else this.object(value);
        break;
      default:
        this.letters(`${typeof value} ${String(value)}`);
    }
  }

  private object(object: object): void {
    if (isLeaf(object)) {
      this.fields(object);
      return;
    }
    const known = this.seen.get(object);
    this.word(known ?? -1);
    if (known !== undefined) return;
    this.seen.set(object, this.seen.size);
    if (ArrayBuffer.isView(object)) {
      const bytes = new Uint8Array(object.buffer, object.byteOffset, object.byteLength);
      for (const byte of bytes) this.word(byte);
    } else if (object instanceof Map || object instanceof Set || Array.isArray(object)) {
      for (const item of object as Iterable<unknown>) this.value(item);
      this.letters('end');
    } else {
      this.fields(object);
    }
  }

  private fields(object: object): void {
    for (const [name, item] of Object.entries(object)) {
      if (item === undefined) continue;
      this.letters(name);
      this.value(item);
    }
    this.letters('end');
  }

  private letters(text: string): void {
    for (let i = 0; i < text.length; i += 1) this.word(text.charCodeAt(i));
  }
}

/** A plain object with nothing but simple values: whether two places share it or have one each makes no difference. */
function isLeaf(object: object): boolean {
  return Object.getPrototypeOf(object) === Object.prototype && Object.values(object).every((item) => typeof item !== 'object' || item === null);
}
