/**
 * Copies of pieces of memory that checkpoints share: a piece that has not changed from one
 * checkpoint to the next is kept once. A piece of zeros is kept not at all.
 */

export interface Copy {
  readonly words: Int32Array;
  /** Checkpoints that have it. */
  users: number;
}

export class Copies {
  /** Bytes of all copies. */
  bytes = 0;

  constructor(private readonly memory: Int32Array) {}

  /** The piece as it is: the copy of an earlier checkpoint where nothing has changed; undefined for zeros. */
  keep(earlier: Copy | undefined, at: number, bytes: number): Copy | undefined {
    if (this.isSame(earlier, at, bytes)) {
      if (earlier) earlier.users += 1;
      return earlier;
    }
    if (earlier && this.isSame(undefined, at, bytes)) return undefined;
    this.bytes += bytes;
    return { words: this.memory.slice(at >>> 2, (at + bytes) >>> 2), users: 1 };
  }

  /** A checkpoint that has this copy is gone. */
  release(copy: Copy): void {
    copy.users -= 1;
    if (copy.users === 0) this.bytes -= copy.words.byteLength;
  }

  /** Puts a piece back; whether that changed anything. */
  putBack(copy: Copy | undefined, at: number, bytes: number): boolean {
    if (this.isSame(copy, at, bytes)) return false;
    if (copy) this.memory.set(copy.words, at >>> 2);
    else this.memory.fill(0, at >>> 2, (at + bytes) >>> 2);
    return true;
  }

  private isSame(copy: Copy | undefined, at: number, bytes: number): boolean {
    const { memory } = this;
    const first = at >>> 2;
    const count = bytes >> 2;
    if (!copy) {
      for (let i = first; i < first + count; i += 1) if (memory[i] !== 0) return false;
      return true;
    }
    const { words } = copy;
    for (let i = 0; i < count; i += 1) if (memory[first + i] !== words[i]) return false;
    return true;
  }
}
