/** How many cycles the machine is to run before the host looks at its clock: little enough that `pause` is answered soon. */
const LEAST = 1_000;
const MOST = 400_000;
const FIRST = 20_000;
/** Milliseconds that one piece should take, at least and at most. */
const SHORT = 1;
const LONG = 3;

export class Pace {
  private current = FIRST;

  get cycles(): number {
    return this.current;
  }

  took(milliseconds: number): void {
    if (milliseconds > LONG) this.current = Math.max(Math.floor(this.current / 2), LEAST);
    else if (milliseconds < SHORT) this.current = Math.min(this.current * 2, MOST);
  }
}
