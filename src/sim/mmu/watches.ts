/**
 * Data watchpoints. Pages with watched bytes stay out of the PPE's TLBs, so that every access to
 * them asks here; the kernel, the MFCs and the SPUs say what they access by themselves.
 */
import { LOCAL_STORE_BYTES } from '../engine/layout.ts';
import { toAddress } from '../engine/tlb.ts';
import type { WatchedRange } from '../engine/localCode.ts';
import type { MmuOwner } from './owner.ts';
import { localStoreFrame, type PhysicalMap } from './physical.ts';

/** What a watch's addresses mean: an address space (by its context id), a local store (by its context's name below /spu, also one that is still to come), or physical addresses. */
export type WatchSpace =
  | { readonly kind: 'ea'; readonly mm: number }
  | { readonly kind: 'ls'; readonly context: string }
  | { readonly kind: 'pa' };

export interface Watch {
  readonly space: WatchSpace;
  readonly start: number;
  /** First byte beyond. */
  readonly end: number;
  readonly read: boolean;
  readonly write: boolean;
}

export type Accessor =
  | { readonly kind: 'ppe' | 'kernel'; readonly cpu: number }
  | { readonly kind: 'mfc' | 'spu'; readonly spe: number };

/** An access, where it is known: `ea` in the address space `mm`, `host` in the machine's memory. */
export interface DataAccess {
  readonly by: Accessor;
  readonly mm: number | undefined;
  readonly ea: number | undefined;
  /** -1 for registers of an SPE. */
  readonly host: number;
  readonly bytes: number;
  readonly store: boolean;
  /** All watched bytes as they were before, where the access has been made. */
  readonly before?: Uint8Array;
}

/** An access to watched bytes. That of an SPU's store has been made; every other is about to be. */
export interface WatchHit {
  readonly watch: Watch;
  readonly by: Accessor;
  readonly store: boolean;
  /** In the space of the watch. */
  readonly address: number;
  readonly bytes: number;
  readonly before: Uint8Array | undefined;
}

/** A watched range of the machine's memory, at this moment. */
interface HostRange {
  readonly watch: Watch;
  readonly from: number;
  readonly to: number;
}

const NO_RANGES: readonly WatchedRange[] = [];
const PAGE_BYTES = 4096;

export class Watches {
  private list: readonly Watch[] = [];
  /** Pages of effective addresses, whatever the address space: those of another one are slow for nothing. */
  private readonly pages = new Set<number>();
  private ranges: readonly HostRange[] | undefined;
  private readonly local = new Map<number, readonly WatchedRange[]>();
  private onHit: (hit: WatchHit) => void = () => undefined;

  constructor(private readonly owner: MmuOwner, private readonly map: PhysicalMap, private readonly memory: Uint8Array) {}

  /** Whether anything is watched at all. */
  get any(): boolean {
    return this.list.length > 0;
  }

  /** Replaces all watches; the TLBs have to be flushed by the caller. */
  set(watches: readonly Watch[], onHit: (hit: WatchHit) => void): void {
    this.list = watches;
    this.onHit = onHit;
    this.ranges = undefined;
    this.local.clear();
    this.pages.clear();
    for (const { space, start, end } of watches) {
      if (space.kind !== 'ea') continue;
      for (let page = Math.floor(start / PAGE_BYTES); page * PAGE_BYTES < end; page += 1) this.pages.add(page);
    }
  }

  /** A context has moved; whether that matters to a watch. */
  moved(): boolean {
    this.ranges = undefined;
    this.local.clear();
    return this.list.some(({ space }) => space.kind === 'ls');
  }

  /** Whether accesses to the page of an address have to be told. */
  isWatched(eaHigh: number, eaLow: number, host: number): boolean {
    if (this.list.length === 0) return false;
    if (this.pages.has(Math.floor(toAddress(eaHigh, eaLow) / PAGE_BYTES))) return true;
    const page = host - (host % PAGE_BYTES);
    return host >= 0 && this.hostRanges().some(({ from, to }) => from < page + PAGE_BYTES && to > page);
  }

  /** Reports an access if it touches a watched range. */
  accessed({ by, mm, ea, host, bytes, store, before }: DataAccess): void {
    for (const watch of this.list) {
      if (!(store ? watch.write : watch.read)) continue;
      const at = watch.space.kind === 'ea' ? inSpace(watch.space.mm, mm, ea) : this.inMemory(watch, host, bytes);
      if (at === undefined || at >= watch.end || at + bytes <= watch.start) continue;
      this.onHit({ watch, by, store, address: at, bytes, before });
      return;
    }
  }

  /** Watched ranges of an SPE's local store, as local-store addresses; the same list until something changes. */
  inLocalStore(spe: number, localStore: number): readonly WatchedRange[] {
    if (this.list.length === 0) return NO_RANGES;
    let found = this.local.get(spe);
    if (!found) {
      const end = localStore + LOCAL_STORE_BYTES;
      found = this.hostRanges().filter(({ from, to }) => from < end && to > localStore).map(({ watch, from, to }) => ({
        start: Math.max(from, localStore) - localStore, end: Math.min(to, end) - localStore, read: watch.read, write: watch.write,
      }));
      this.local.set(spe, found);
    }
    return found;
  }

  /** The watched bytes as they are; empty where they are not in memory. */
  bytesOf(watch: Watch): Uint8Array {
    const range = this.hostRanges().find((r) => r.watch === watch);
    return range ? this.memory.slice(range.from, range.to) : new Uint8Array(0);
  }

  private inMemory(watch: Watch, host: number, bytes: number): number | undefined {
    const range = this.hostRanges().find((r) => r.watch === watch);
    return range && host < range.to && host + bytes > range.from ? watch.start + host - range.from : undefined;
  }

  private hostRanges(): readonly HostRange[] {
    this.ranges ??= this.list.flatMap((watch) => {
      const from = this.hostOf(watch);
      return from < 0 ? [] : [{ watch, from, to: from + watch.end - watch.start }];
    });
    return this.ranges;
  }

  private hostOf({ space, start }: Watch): number {
    switch (space.kind) {
      case 'ea': return -1;
      case 'pa': return this.map.hostOf(start);
      case 'ls': {
        const context = this.owner.state.spufs.contexts.get(space.context);
        if (!context) return -1;
        const frame = context.spe === undefined ? context.imageFrame : localStoreFrame(context.spe);
        return this.map.hostOf(frame * PAGE_BYTES + start);
      }
    }
  }
}

function inSpace(watched: number, mm: number | undefined, ea: number | undefined): number | undefined {
  return mm === watched ? ea : undefined;
}
