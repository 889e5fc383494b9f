/** Which lines of a view have other values than at the stop before. */
export class ChangeMarks {
  /** Values by line, at the stop before and as they are shown now. */
  #before: ReadonlyMap<string, string> = new Map();
  #now = new Map<string, string>();

  /** What is shown now belongs to the stop before. Lines that were not looked at keep the value they were last seen with. */
  nextStop(): void {
    this.#before = new Map([...this.#before, ...this.#now]);
    this.#now = new Map();
  }

  isChanged(line: string, value: string): boolean {
    this.#now.set(line, value);
    const before = this.#before.get(line);
    return before !== undefined && before !== value;
  }

  forget(): void {
    this.#before = new Map();
    this.#now = new Map();
  }
}
