import type { ProgramSymbol, Segment } from './program.ts';
import { lastAtMost } from './search.ts';

/** An address in words: `symbol` + `offset` bytes. */
export interface SymbolicAddress {
  readonly name: string;
  readonly offset: number;
  readonly symbol: ProgramSymbol;
}

/** One address with symbols: the best of them, how far it reaches, and the place around it that reaches further. */
interface Place {
  readonly symbol: ProgramSymbol;
  readonly end: number;
  readonly around: Place | undefined;
}

const KIND_RANK = { function: 0, object: 1, label: 2 } as const;

/** Finds the symbols of one program, or of one SPU image, by address and by name. */
export class SymbolIndex {
  private readonly starts: number[] = [];
  private readonly places: Place[] = [];
  private readonly byName = new Map<string, ProgramSymbol>();

  /** A symbol without a size reaches to the next symbol (a function to the next function), and never out of its segment. */
  constructor(symbols: readonly ProgramSymbol[], segments: readonly Segment[]) {
    const sorted = [...symbols].sort((a, b) => a.address - b.address || byKind(a, b) || byScope(a, b) || byName(a, b));
    const limits = [...segments].sort((a, b) => a.address - b.address);
    const segmentStarts = limits.map(({ address }) => address);
    let around: Place | undefined;
    for (const symbol of sorted) {
      const known = this.byName.get(symbol.name);
      if (!known || (byScope(symbol, known) || byKind(symbol, known)) < 0) this.byName.set(symbol.name, symbol);
      const start = symbol.address;
      if (this.starts.at(-1) === start) continue;
      const segment = limits[lastAtMost(segmentStarts, start)];
      const end = symbol.size > 0 ? start + symbol.size : segment ? segment.address + segment.memorySize : start;
      const begins = symbol.kind === 'function';
      while (around && (around.end <= start || (begins && around.symbol.size === 0))) around = around.around;
      const place: Place = { symbol, end, around };
      if (symbol.size > 0 || begins) around = place;
      this.starts.push(start);
      this.places.push(place);
    }
  }

  /** The innermost symbol that `address` belongs to. */
  symbolize(address: number): SymbolicAddress | undefined {
    return this.find(address, () => true);
  }

  /** The function that `address` belongs to: labels inside it do not count. */
  functionAt(address: number): ProgramSymbol | undefined {
    return this.find(address, ({ kind }) => kind === 'function')?.symbol;
  }

  /** The descriptor of the function whose code begins at `code`. */
  descriptorOf(code: number): number | undefined {
    const found = this.functionAt(code);
    return found?.address === code ? found.descriptor : undefined;
  }

  /** By name; a global symbol before local ones, a function before objects and labels. */
  named(name: string): ProgramSymbol | undefined {
    return this.byName.get(name);
  }

  private find(address: number, suits: (symbol: ProgramSymbol) => boolean): SymbolicAddress | undefined {
    let place = this.places[lastAtMost(this.starts, address)];
    while (place && !(address < place.end && suits(place.symbol))) place = place.around;
    return place && { name: place.symbol.name, offset: address - place.symbol.address, symbol: place.symbol };
  }
}

type Order = (a: ProgramSymbol, b: ProgramSymbol) => number;
const byKind: Order = (a, b) => KIND_RANK[a.kind] - KIND_RANK[b.kind] || Number(b.size > 0) - Number(a.size > 0);
const byScope: Order = (a, b) => Number(b.global) - Number(a.global);
/** Of two aliases the one with fewer leading underscores: `printf` before `_IO_printf`. */
const byName: Order = (a, b) => underscores(a.name) - underscores(b.name) || (a.name < b.name ? -1 : Number(a.name > b.name));

const underscores = (name: string): number => name.length - name.replace(/^_+/, '').length;
