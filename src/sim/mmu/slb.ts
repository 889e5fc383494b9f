/** Segment lookaside buffers: EA segments of 256 MiB to virtual segments (facts 6.4). */
export const SEGMENT_BYTES = 0x1000_0000;

export interface SlbGeometry {
  readonly entries: number;
  /** Entries that replacement leaves alone: kernel segments of the PPE, none of an MFC. */
  readonly bolted: number;
}
export const PPE_SLB: SlbGeometry = { entries: 64, bolted: 3 };
export const MFC_SLB: SlbGeometry = { entries: 8, bolted: 0 };

/** Plain data. */
export interface SlbState {
  /** ESID (EA / 256 MiB) by entry; -1 where the entry is not valid. */
  readonly esid: Float64Array;
  readonly vsid: Float64Array;
  /** Entry that the next miss replaces. */
  next: number;
}

export function newSlb({ entries, bolted }: SlbGeometry): SlbState {
  return { esid: new Float64Array(entries).fill(-1), vsid: new Float64Array(entries), next: bolted };
}

/** Entry that translates a segment, or -1. */
export function findSegment(slb: SlbState, esid: number): number {
  return slb.esid.indexOf(esid);
}

/** Round robin over the entries that are not bolted; gives the entry written. */
export function loadSegment(slb: SlbState, { entries, bolted }: SlbGeometry, contextId: number, esid: number): number {
  const entry = slb.next;
  slb.esid[entry] = esid;
  slb.vsid[entry] = vsidOf(contextId, esid);
  slb.next = entry + 1 < entries ? entry + 1 : bolted;
  return entry;
}

/** Invalidates all but the bolted entries and starts again behind them. */
export function flushSlb(slb: SlbState, { bolted }: SlbGeometry): void {
  slb.esid.fill(-1, bolted);
  slb.next = bolted;
}

/** The kernel's own segments, which stay: linear mapping, vmalloc, kernel stack. */
export function boltKernelSegments(slb: SlbState): void {
  // ESIDs of 0xC... and 0xD... as the hardware has them, 36 bits: exact in a number.
  const kernelSegments = [0xc_0000_0000, 0xd_0000_0000, 0xc_0000_0001];
  kernelSegments.forEach((esid, entry) => {
    slb.esid[entry] = esid;
    slb.vsid[entry] = scramble(esid);
  });
}

const USER_ESIDS = 2 ** 16;
const MULTIPLIER = 200730139;
const MODULUS = 2 ** 36 - 1;
const HALF = 2 ** 14;

/** Virtual segment of a user segment (facts 6.4). */
export function vsidOf(contextId: number, esid: number): number {
  return scramble(contextId * USER_ESIDS + esid);
}

/** `proto * MULTIPLIER mod (2^36 - 1)`, in halves of the multiplier so that every product stays exact. */
function scramble(proto: number): number {
  const reduced = proto % MODULUS;
  const high = (reduced * Math.floor(MULTIPLIER / HALF)) % MODULUS;
  return (high * HALF + reduced * (MULTIPLIER % HALF)) % MODULUS;
}
