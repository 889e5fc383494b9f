/** Numbers that look like chance and repeat for a seed (Marsaglia's xorshift of 32 bits). */
export class Random {
  private state: number;

  constructor(seed: number) {
    // Neighbouring seeds are to give unlike numbers; 0 would give zeros for ever.
    this.state = Math.imul(seed ^ 0x5bd1e995, 0x9e3779b1) | 1;
    for (let i = 0; i < 8; i += 1) this.word();
  }

  /** 32 bits, signed. */
  word(): number {
    this.state ^= this.state << 13;
    this.state ^= this.state >>> 17;
    this.state ^= this.state << 5;
    return this.state | 0;
  }

  /** 0 to `count` - 1. */
  below(count: number): number {
    return (this.word() >>> 0) % count;
  }

  /** `first` to `last`. */
  between(first: number, last: number): number {
    return first + this.below(last - first + 1);
  }

  pick<T>(list: readonly T[]): T {
    const picked = list[this.below(list.length)];
    if (picked === undefined) throw new RangeError('Nothing can be picked from an empty list.');
    return picked;
  }

  chance(of: number): boolean {
    return this.below(of) === 0;
  }

  doubleword(): bigint {
    return (BigInt(this.word() >>> 0) << 32n) | BigInt(this.word() >>> 0);
  }
}
