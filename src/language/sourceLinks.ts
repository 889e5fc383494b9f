/**
 * Sources that are one program when they are assembled together: what one exports, another that does not define it takes. Nobody says in a
 * source which others it goes with, so a name is looked for in the sources of its folder, where a folder makes a program, and then in all;
 * several that export it are taken for parts of different programs, and none is chosen.
 */

export interface LinkedSource {
  /** What the source is known by. */
  readonly key: string;
  readonly folder: string;
  readonly exports: ReadonlySet<string>;
  /** Names that it uses and does not define. */
  readonly wants: ReadonlySet<string>;
}

export class SourceLinks {
  private readonly exporters = new Map<string, LinkedSource[]>();
  private readonly sources: ReadonlyMap<string, LinkedSource>;
  private takers: ReadonlyMap<string, ReadonlySet<string>> | undefined;

  constructor(sources: readonly LinkedSource[]) {
    this.sources = new Map(sources.map((source) => [source.key, source]));
    for (const source of sources) {
      for (const name of source.exports) {
        const known = this.exporters.get(name);
        if (known) known.push(source);
        else this.exporters.set(name, [source]);
      }
    }
  }

  /** The source that a name is taken from. */
  provider(key: string, name: string): string | undefined {
    const source = this.sources.get(key);
    const others = (this.exporters.get(name) ?? []).filter((other) => other.key !== key);
    const near = others.filter(({ folder }) => folder === source?.folder);
    const [only, ...more] = near.length > 0 ? near : others;
    return more.length === 0 ? only?.key : undefined;
  }

  /** The sources that one takes names from, and those that take names from it. */
  neighbours(key: string): readonly string[] {
    return [...new Set([...this.providersOf(key), ...this.takersByProvider().get(key) ?? []])];
  }

  /** Whether others take names from a source. */
  isTakenFrom(key: string): boolean {
    return this.takersByProvider().has(key);
  }

  private providersOf(key: string): string[] {
    return [...this.sources.get(key)?.wants ?? []].flatMap((name) => this.provider(key, name) ?? []);
  }

  private takersByProvider(): ReadonlyMap<string, ReadonlySet<string>> {
    if (this.takers) return this.takers;
    const takers = new Map<string, Set<string>>();
    for (const key of this.sources.keys()) {
      for (const provider of this.providersOf(key)) takers.set(provider, (takers.get(provider) ?? new Set()).add(key));
    }
    return this.takers = takers;
  }
}
