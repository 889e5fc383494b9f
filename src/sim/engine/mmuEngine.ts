/** The engine of a PPE thread: code and data are reached through effective addresses. */
import { ACCESS } from './access.ts';
import { CodePages } from './codePages.ts';
import { Engine, type EngineParts } from './engine.ts';
import { DATA_TLB_ENTRIES, PAGE_BYTES, type PpeLayout, SCRATCH_END } from './layout.ts';
import { SoftTlb } from './tlb.ts';

/** What the engine asks the machine. Addresses come as two signed 32-bit halves. */
export interface MmuHost {
  /** Host offset of the 4 KiB code page that holds the address; 0 ends the run with `EXIT.fetchFault`. */
  fetch(eaHigh: number, eaLow: number): number;
  /**
   * A load or store that the TLB does not serve. `access` is the number of bytes (1, 2, 4, 8,
   * or 16 at an aligned address), with `ACCESS.store` for a store. Answers the host offset
   * where it can be done, or 0 to end the run with `EXIT.memoryFault`. An offset below
   * `SCRATCH_END` is a place where the bytes of a load already are, or where those of a store
   * will be when `commit` is called; an access that crosses a 4 KiB page must be answered so.
   * May call `fillRead` and `fillWrite`.
   */
  miss(eaHigh: number, eaLow: number, access: number): number;
  /** The bytes of the last store that `miss` sent to the scratch area are there. */
  commit(): void;
}

export interface MmuEngineParts extends EngineParts {
  readonly layout: PpeLayout;
  readonly host: MmuHost;
}

export class MmuEngine extends Engine {
  protected override readonly code: CodePages;
  private readonly host: MmuHost;
  private readonly readTlb: SoftTlb;
  private readonly writeTlb: SoftTlb;

  constructor(parts: MmuEngineParts) {
    super(parts, { kind: 'ppe', layout: parts.layout });
    const { layout, memory, watch } = parts;
    this.host = parts.host;
    this.readTlb = new SoftTlb(memory.buffer, layout.readTlb, DATA_TLB_ENTRIES);
    this.writeTlb = new SoftTlb(memory.buffer, layout.writeTlb, DATA_TLB_ENTRIES);
    this.code = new CodePages(this.views, layout, watch, watch.join(this));
    this.flushTlb();
  }

  /** Loads from the 4 KiB page of the address need not ask the host any more; `hostOffset` is the address's. */
  fillRead(eaHigh: number, eaLow: number, hostOffset: number): void {
    this.readTlb.fill(eaHigh, eaLow, (hostOffset - eaLow) | 0);
  }

  /** The same for stores; has no effect for pages that hold decoded code. */
  fillWrite(eaHigh: number, eaLow: number, hostOffset: number): void {
    if (!this.parts.watch.holdsCode(hostOffset)) this.writeTlb.fill(eaHigh, eaLow, (hostOffset - eaLow) | 0);
  }

  /** Forgets all translations, of code too. Code goes on in its current page until it leaves it or the run ends. */
  flushTlb(): void {
    this.readTlb.flush();
    this.writeTlb.flush();
    this.code.flush();
  }

  /** Forgets the translations of one 4 KiB page. */
  dropTranslation(eaHigh: number, eaLow: number): void {
    this.readTlb.drop(eaHigh, eaLow);
    this.writeTlb.drop(eaHigh, eaLow);
    this.code.drop(eaHigh, eaLow);
  }

  override dropRecords(hostOffset: number, length: number): void {
    this.code.dropRecords(hostOffset, length);
  }

  override forbidWrites(hostPage: number): void {
    this.writeTlb.dropWhere((eaLow, distance) => ((eaLow + distance) & -PAGE_BYTES) >>> 0 === hostPage);
  }

  override reset(): void {
    super.reset();
    this.flushTlb();
  }

  protected override imports(): Readonly<Record<string, (...args: number[]) => number>> {
    return {
      fetch: (eaHigh = 0, eaLow = 0) => this.fetch(eaHigh, eaLow),
      miss: (eaHigh = 0, eaLow = 0, access = 0) => this.miss(eaHigh, eaLow, access),
      commit: () => { this.host.commit(); return 0; },
    };
  }

  private fetch(eaHigh: number, eaLow: number): number {
    this.isFetching = true;
    const hostPage = this.host.fetch(eaHigh, eaLow) >>> 0;
    this.isFetching = false;
    return hostPage === 0 ? 0 : this.code.map(eaHigh, eaLow, hostPage - (hostPage % PAGE_BYTES));
  }

  private miss(eaHigh: number, eaLow: number, access: number): number {
    const hostOffset = this.host.miss(eaHigh, eaLow, access) >>> 0;
    const { watch } = this.parts;
    if (access & ACCESS.store && hostOffset >= SCRATCH_END && watch.holdsCode(hostOffset)) {
      watch.stored(hostOffset, access & ACCESS.bytes);
    }
    return hostOffset;
  }
}
