/** Which files include which, and so which are parts of one program. Files are named by keys, whatever those are. */

export class IncludeGraph {
  private readonly included = new Map<string, readonly string[]>();
  private includers: Map<string, Set<string>> | undefined;

  /** Says what a file includes. */
  set(file: string, included: readonly string[]): void {
    this.included.set(file, included);
    this.includers = undefined;
  }

  delete(file: string): void {
    this.included.delete(file);
    this.includers = undefined;
  }

  /** Whether it is a file of this graph, or included by one. */
  has(file: string): boolean {
    return this.included.has(file) || this.includersByFile().has(file);
  }

  /**
   * The sources that are assembled with a file in them: those that nothing includes. The file itself where nothing includes it,
   * or where it is only reached in a circle.
   */
  programsOf(file: string): readonly string[] {
    const includers = this.includersByFile();
    const sources = [...reached(file, (at) => includers.get(at) ?? [])].filter((at) => !includers.has(at));
    return sources.length > 0 ? sources.sort() : [file];
  }

  /** A source and all that it includes. */
  filesOf(source: string): ReadonlySet<string> {
    return reached(source, (at) => this.included.get(at) ?? []);
  }

  /** All programs that have a file in common with a program of this file, or with one of those, and so on. */
  relatedPrograms(file: string): readonly string[] {
    return [...reached(file, (at) => [...this.filesOf(at), ...this.programsOf(at)])].filter((at) => this.programsOf(at).includes(at)).sort();
  }

  private includersByFile(): ReadonlyMap<string, ReadonlySet<string>> {
    if (this.includers) return this.includers;
    this.includers = new Map();
    for (const [file, included] of this.included) {
      for (const other of included) {
        if (other === file) continue;
        const known = this.includers.get(other);
        if (known) known.add(file);
        else this.includers.set(other, new Set([file]));
      }
    }
    return this.includers;
  }
}

function reached(from: string, next: (at: string) => Iterable<string>): Set<string> {
  const found = new Set([from]);
  // A set goes on to what is added to it meanwhile.
  for (const at of found) for (const other of next(at)) found.add(other);
  return found;
}
