/** The engine of an SPE: code and data are in its local store. */
import { Engine, type EngineParts } from './engine.ts';
import type { SpeLayout } from './layout.ts';
import { LocalCode, type WatchedRange } from './localCode.ts';

const QUADWORD_BYTES = 16;

export interface LocalStoreEngineParts extends EngineParts {
  readonly layout: SpeLayout;
  /** A quadword of a watched block was stored, or is about to be loaded. */
  readonly watched?: (address: number, store: boolean) => void;
}

export class LocalStoreEngine extends Engine {
  protected override readonly code: LocalCode;
  private readonly layout: SpeLayout;
  private readonly watched: (address: number, store: boolean) => void;
  private watchesStores = false;
  private watchesLoads = false;

  constructor(parts: LocalStoreEngineParts) {
    super(parts, { kind: 'spe', layout: parts.layout, watchesLoads: false });
    this.layout = parts.layout;
    this.watched = parts.watched ?? (() => undefined);
    this.code = new LocalCode(this.views, parts.layout, parts.watch, parts.watch.join(this));
  }

  /** Replaces the watched ranges. Watching loads takes an interpreter of its own. */
  setWatches(ranges: readonly WatchedRange[]): void {
    this.code.watchBlocks(ranges);
    this.watchesStores = ranges.some(({ write }) => write);
    const watchesLoads = ranges.some(({ read }) => read);
    if (watchesLoads === this.watchesLoads) return;
    this.watchesLoads = watchesLoads;
    this.useInterpreter({ kind: 'spe', layout: this.layout, watchesLoads });
  }

  override dropRecords(hostOffset: number, length: number): void {
    this.code.dropRecords(hostOffset, length);
  }

  /** The SPE's own stores look at its code map; it stores nowhere else. */
  override forbidWrites(): void {
    // Nothing to forbid.
  }

  protected override imports(): Readonly<Record<string, (...args: number[]) => number>> {
    return {
      stored: (address = 0) => {
        this.parts.watch.written(this.layout.localStore + address, QUADWORD_BYTES);
        if (this.watchesStores) this.watched(address, true);
        return 0;
      },
      loaded: (address = 0) => {
        this.watched(address, false);
        return 0;
      },
    };
  }
}
