/**
 * Where everything lies in the one `WebAssembly.Memory` of a machine. Offsets are bytes from
 * its start; engines bake them into their code.
 */

/** Host offsets below this are never guest memory; 0 means "no address". */
export const SCRATCH_END = 4096;
/** Size of a code page and of a TLB's page, whatever page size the guest's kernel uses. */
export const PAGE_BYTES = 4096;
export const INSTRUCTION_BYTES = 4;
export const RECORD_BYTES = 16;
/** Records of one code page, and the sentinel after the last. */
export const PAGE_RECORDS_BYTES = (PAGE_BYTES / INSTRUCTION_BYTES + 1) * RECORD_BYTES;
export const TLB_ENTRY_BYTES = 16;
export const DATA_TLB_ENTRIES = 1024;
export const CODE_TLB_ENTRIES = 256;
export const LOCAL_STORE_BYTES = 0x40000;
/** One byte of an SPE's code map stands for this many bytes of its local store. */
export const CODE_BLOCK_BYTES = 128;
/** What a byte of the code map says of its block: it holds decoded code; stores to it, or loads from it, are watched. */
export const BLOCK = { code: 1, watchedStores: 2, watchedLoads: 4 } as const;
/** Room for one processor's registers and cells. */
export const STATE_BYTES = 8192;

const CELLS_BYTES = 32;
const SCRATCH_OFFSET = 256;
/** Predecoded code pages of one PPE thread: 1 MiB of guest code. */
const PPE_RECORD_PAGES = 256;
const WASM_PAGE_BYTES = 0x10000;
const LARGEST_MEMORY = 0x1_0000_0000 - WASM_PAGE_BYTES;

/** What every engine needs. */
export interface ProcessorLayout {
  /** Registers and cells, as the instruction set places them. */
  readonly state: number;
  /** The engine's own cells (`CELL`). */
  readonly cells: number;
  readonly records: number;
}

/** One PPE hardware thread. */
export interface PpeLayout extends ProcessorLayout {
  readonly readTlb: number;
  readonly writeTlb: number;
  readonly codeTlb: number;
  readonly recordPages: number;
}

export interface SpeLayout extends ProcessorLayout {
  readonly localStore: number;
  readonly codeMap: number;
}

/** Offsets in a processor's `cells`. */
export const CELL = {
  /** i32: budget left, while the host is called and after a run. */
  left: 0,
  /** i32: `bias - left` is the number of instructions that a run has completed before the current one. */
  bias: 4,
  /** i32: the current record, while the host is called. */
  record: 8,
  /** i64: EA of the current code page minus a quarter of the offset of its records. */
  pageBase: 16,
  /** i64: where the step function's instruction branched to. */
  target: 24,
} as const;

export interface MachineSize {
  readonly ppeThreads: number;
  readonly spes: number;
  /** A multiple of 64 KiB. */
  readonly ramBytes: number;
}

export interface MachineLayout {
  /** Bytes on their way to or from what is not plain memory (MMIO, watched pages, page crossings). */
  readonly scratch: number;
  readonly ppeThreads: readonly PpeLayout[];
  readonly spes: readonly SpeLayout[];
  readonly htab: number;
  readonly htabBytes: number;
  readonly ram: number;
  readonly ramBytes: number;
  /** Size of the memory, a multiple of 64 KiB. */
  readonly totalBytes: number;
}

/** As much as a PlayStation 3 has. */
export const DEFAULT_RAM_BYTES = 256 << 20;

/** Places a machine's memory; throws a `RangeError` for sizes that no memory can have. */
export function machineLayout({ ppeThreads, spes, ramBytes }: MachineSize): MachineLayout {
  if (!Number.isInteger(ramBytes / WASM_PAGE_BYTES) || ramBytes <= 0) {
    throw new RangeError(`The machine's memory must be a positive multiple of 64 KiB; ${String(ramBytes)} bytes is not.`);
  }
  const arena = new Arena(SCRATCH_END);
  const threads = Array.from({ length: ppeThreads }, (): PpeLayout => ({
    state: arena.take(STATE_BYTES),
    cells: arena.take(CELLS_BYTES),
    readTlb: arena.take(DATA_TLB_ENTRIES * TLB_ENTRY_BYTES),
    writeTlb: arena.take(DATA_TLB_ENTRIES * TLB_ENTRY_BYTES),
    codeTlb: arena.take(CODE_TLB_ENTRIES * TLB_ENTRY_BYTES),
    records: arena.take(PPE_RECORD_PAGES * PAGE_RECORDS_BYTES),
    recordPages: PPE_RECORD_PAGES,
  }));
  const synergistic = Array.from({ length: spes }, (): SpeLayout => ({
    state: arena.take(STATE_BYTES),
    cells: arena.take(CELLS_BYTES),
    codeMap: arena.take(LOCAL_STORE_BYTES / CODE_BLOCK_BYTES),
    records: arena.take((LOCAL_STORE_BYTES / INSTRUCTION_BYTES + 1) * RECORD_BYTES),
    localStore: arena.take(LOCAL_STORE_BYTES, WASM_PAGE_BYTES),
  }));
  const htabBytes = hashTableBytes(ramBytes);
  const htab = arena.take(htabBytes, htabBytes);
  const ram = arena.take(ramBytes, WASM_PAGE_BYTES);
  if (arena.end > LARGEST_MEMORY) {
    throw new RangeError(`A machine with ${String(ramBytes)} bytes of memory needs ${String(arena.end)} bytes in all; at most ${String(LARGEST_MEMORY)} can be had.`);
  }
  return {
    scratch: SCRATCH_OFFSET, ppeThreads: threads, spes: synergistic,
    htab, htabBytes, ram, ramBytes, totalBytes: arena.end,
  };
}

/** Linux's choice: one PTEG of 128 bytes for two pages, at least 2,048 PTEGs (facts 6.4). */
function hashTableBytes(ramBytes: number): number {
  const pages = 2 ** Math.ceil(Math.log2(ramBytes / PAGE_BYTES));
  return Math.max(pages / 2, 2048) * 128;
}

class Arena {
  constructor(public end: number) {}

  take(bytes: number, alignment = 64): number {
    const offset = Math.ceil(this.end / alignment) * alignment;
    this.end = offset + bytes;
    return offset;
  }
}
