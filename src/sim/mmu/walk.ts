/** The way of an address through segment, virtual address and hashed page table, for whoever looks (facts 6.4). It changes nothing: no entry is marked or loaded. */
import { DATA_TLB_ENTRIES, CODE_TLB_ENTRIES, type PpeLayout } from '../engine/layout.ts';
import { SoftTlb } from '../engine/tlb.ts';
import type { Mm, Pte } from '../kernel/mm/state.ts';
import type { HashTable, HashWay } from './hashtable.ts';
import { findSegment, SEGMENT_BYTES, type SlbState, vsidOf } from './slb.ts';

/** Whose translation: a PPE thread's, or that of an SPE's MFC. */
export type TranslationUnit = { readonly kind: 'ppe'; readonly cpu: number } | { readonly kind: 'mfc'; readonly spe: number };

export interface Walk {
  readonly esid: number;
  /** Entry of the SLB with that segment, where it is loaded. */
  readonly slbEntry: number | undefined;
  readonly vsid: number;
  /** Offset in the segment, and index of its page there. */
  readonly offset: number;
  readonly pageIndex: number;
  readonly hash: HashWay;
  /** Real address, where the hashed page table has one. */
  readonly real: number | undefined;
  /** What the Linux page table has of the page; 0 for nothing. */
  readonly pte: Pte;
  /** Which of a PPE thread's TLBs hold the page. */
  readonly tlb: { readonly read: boolean; readonly write: boolean; readonly fetch: boolean };
}

export interface WalkParts {
  readonly table: HashTable;
  readonly pageBytes: number;
  /** Undefined where the unit has no SLB now: a context that is on no SPE. */
  readonly slb: SlbState | undefined;
  /** Of a PPE thread that is in the address space. */
  readonly tlbs: { readonly layout: PpeLayout; readonly memory: ArrayBufferLike } | undefined;
}

const WORD = 2 ** 32;

export function walk({ table, pageBytes, slb, tlbs }: WalkParts, mm: Mm, ea: number): Walk {
  const esid = Math.floor(ea / SEGMENT_BYTES);
  const offset = ea % SEGMENT_BYTES;
  const vsid = vsidOf(mm.contextId, esid);
  const entry = slb ? findSegment(slb, esid) : -1;
  const hash = table.way(vsid, offset);
  const holds = (place: keyof PpeLayout & `${string}Tlb`, entries: number): boolean =>
    tlbs !== undefined && new SoftTlb(tlbs.memory, tlbs.layout[place], entries).holds(Math.floor(ea / WORD), ea % WORD);
  return {
    esid, slbEntry: entry < 0 ? undefined : entry, vsid, offset, pageIndex: Math.floor(offset / pageBytes), hash,
    real: hash.entry && hash.entry.physical + (ea % pageBytes),
    pte: mm.pages.get(Math.floor(ea / pageBytes)) ?? 0,
    tlb: { read: holds('readTlb', DATA_TLB_ENTRIES), write: holds('writeTlb', DATA_TLB_ENTRIES), fetch: holds('codeTlb', CODE_TLB_ENTRIES) },
  };
}
