/** Where the lines of a text that is being edited were when the program began. Lines count from 1. */
export class LineOrigins {
  #text: readonly string[];
  /** Of each line of the text its number at first; undefined where it was changed since. */
  readonly #origins: (number | undefined)[];

  constructor(text: readonly string[]) {
    this.#text = text;
    this.#origins = text.map((_, index) => index + 1);
  }

  /** The text has become another one: what lies between the lines that are alike at both ends is changed. */
  edited(text: readonly string[]): void {
    const shorter = Math.min(text.length, this.#text.length);
    let above = 0;
    while (above < shorter && text[above] === this.#text[above]) above += 1;
    let below = 0;
    while (below < shorter - above && text[text.length - 1 - below] === this.#text[this.#text.length - 1 - below]) below += 1;
    const changed = Array<undefined>(text.length - above - below).fill(undefined);
    this.#origins.splice(above, this.#origins.length - above - below, ...changed);
    this.#text = text;
  }

  /** Where lines are now, by what they were at first; those that were changed or are gone are not there. */
  places(): ReadonlyMap<number, number> {
    return new Map(this.#origins.flatMap((origin, index) => (origin === undefined ? [] : [[origin, index + 1] as const])));
  }
}
