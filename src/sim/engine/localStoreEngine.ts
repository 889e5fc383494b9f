/** The engine of an SPE: code and data are in its local store. */
import { Engine, type EngineParts } from './engine.ts';
import type { SpeLayout } from './layout.ts';
import { LocalCode } from './localCode.ts';

const QUADWORD_BYTES = 16;

export interface LocalStoreEngineParts extends EngineParts {
  readonly layout: SpeLayout;
}

export class LocalStoreEngine extends Engine {
  protected override readonly code: LocalCode;
  private readonly localStore: number;

  constructor(parts: LocalStoreEngineParts) {
    super(parts, { kind: 'spe', layout: parts.layout });
    this.localStore = parts.layout.localStore;
    this.code = new LocalCode(this.views, parts.layout, parts.watch, parts.watch.join(this));
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
      codeWritten: (address = 0) => {
        this.parts.watch.written(this.localStore + address, QUADWORD_BYTES);
        return 0;
      },
    };
  }
}
