/**
 * How often something was hit up to a place in history. The places are kept, so that each hit has the same number
 * whenever the program comes there again, whichever way it came.
 */
export class HitCount {
  /** By rising place. */
  private readonly places: number[] = [];

  /** The number of a hit, from 1. One that was not known counts from now on, and those behind it count anew when the program comes there. */
  count(place: number): number {
    const at = this.at(place);
    if (this.places[at] !== place) {
      this.places.length = at;
      this.places.push(place);
    }
    return at + 1;
  }

  /** The number of a hit that was counted; undefined where none was, because nothing counted when the program was there. */
  known(place: number): number | undefined {
    const at = this.at(place);
    return this.places[at] === place ? at + 1 : undefined;
  }

  /** A new future begins: what was hit behind this place never was. */
  forgetAfter(place: number): void {
    this.places.length = this.at(place + 1);
  }

  clear(): void {
    this.places.length = 0;
  }

  /** Index of the first hit that is not before a place. The latest hits are the ones that are asked for. */
  private at(place: number): number {
    const { places } = this;
    let low = 0;
    let high = places.length;
    if (high === 0 || (places[high - 1] ?? 0) < place) return high;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((places[middle] ?? 0) < place) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
