/** Refault's own requests about memory: what the memory view and the view of the address space show. */
/** `refault/memoryPlace`: where an expression points. Its errors are those of `evaluate` and `readMemory`. */
export const MEMORY_PLACE_REQUEST = 'refault/memoryPlace';
/** `refault/findMemory`: the next occurrence of some bytes; behind the end of the memory the search goes on at its beginning. */
export const FIND_MEMORY_REQUEST = 'refault/findMemory';
/** `refault/translate`: the way of an address to its real address, step by step, as the hardware and the kernel would go it; nothing is changed by looking. */
export const TRANSLATE_REQUEST = 'refault/translate';
/** `refault/mappings`: the address space of a task, or of the owner of an SPE context. */
export const MAPPINGS_REQUEST = 'refault/mappings';
/** `refault/pages`: the pages of a mapping that the Linux page table has an entry for, in order. */
export const PAGES_REQUEST = 'refault/pages';

export interface MemoryPlaceArguments {
  /** A reference (`ls:worker:0x100`), an expression (`$r3 + 8`, `buffer`), or an expression in a space (`pa:$r4`). */
  readonly expression: string;
  /** Where the expression is looked at: a frame, else a thread. */
  readonly frameId?: number;
  readonly threadId?: number;
}

export interface MemoryPlaceResponse {
  readonly memoryReference: string;
  readonly address: number;
}

export interface FindMemoryArguments {
  /** Where the search begins. */
  readonly memoryReference: string;
  /** `de ad be ef`; a text, in UTF-8; words of 32 bits: `0xdeadbeef 7 -1`. */
  readonly form: 'bytes' | 'text' | 'words';
  readonly pattern: string;
}

export interface FindMemoryResponse {
  /** Absent where there is no occurrence. */
  readonly memoryReference?: string;
  readonly address?: number;
  /** Bytes of what was searched for. */
  readonly length: number;
}

export interface TranslateArguments {
  /** A number, or an expression that is looked at in the frame or thread. */
  readonly ea: string;
  /** A task: its PPE thread translates. An SPE context: its MFC does. The first task where there is none. */
  readonly threadId?: number;
  readonly frameId?: number;
}

/** Addresses and entries are `0x...`; group numbers count from 0. */
export interface TranslateResponse {
  readonly ea: string;
  /** Whose tables: `number` is that of the PPE thread or SPE, absent while the thread or context is on none. */
  readonly unit: { readonly kind: 'ppe' | 'mfc'; readonly number?: number };
  readonly mapping?: string;
  readonly esid: string;
  /** Entry of the SLB, where the segment is loaded. */
  readonly slbEntry?: number;
  readonly contextId: number;
  readonly vsid: string;
  readonly virtual: string;
  readonly pageBytes: number;
  readonly pageIndex: string;
  readonly hash: string;
  readonly primaryGroup: number;
  readonly secondaryGroup: number;
  readonly entry?: HashEntry;
  /** Linux's entry for the page, which the hashed one is made from. */
  readonly pte?: PteRow;
  readonly tlb: readonly ('read' | 'write' | 'fetch')[];
  /** Where the bytes are, if the hashed page table says so. */
  readonly real?: string;
  readonly memoryReference?: string;
  /** What the next access there meets first. */
  readonly next: 'translated' | 'segment miss' | 'hash-table miss' | 'page fault';
}

export interface HashEntry {
  readonly group: number;
  readonly slot: number;
  readonly isSecondary: boolean;
  readonly v: string;
  readonly r: string;
}

export interface PteRow {
  readonly value: string;
  readonly isPresent: boolean;
  /** `PRESENT`, `DIRTY`: names of the flags that are set. */
  readonly flags: readonly string[];
  readonly real: string;
}

export interface MappingsArguments {
  readonly threadId?: number;
}

export interface MappingsResponse {
  /** Task whose addresses these are; absent where there is none left. */
  readonly task?: number;
  readonly pageBytes: number;
  readonly mappings: readonly MappingRow[];
}

export interface MappingRow {
  readonly start: string;
  /** First byte beyond. */
  readonly end: string;
  /** `rw-s`. */
  readonly access: string;
  readonly name: string;
  readonly offset: string;
  readonly handler: string;
  readonly pages: number;
  /** Pages with an entry in the Linux page table, and those of them that are in memory. */
  readonly entries: number;
  readonly present: number;
  readonly memoryReference: string;
}

export interface PagesArguments extends MappingsArguments {
  /** Start of the mapping. */
  readonly mapping: string;
  /** Rows to skip, and most rows wanted; never more than 1000 come. */
  readonly start: number;
  readonly count: number;
}

export interface PagesResponse {
  readonly total: number;
  readonly pages: readonly PageRow[];
}

export interface PageRow {
  readonly ea: string;
  readonly pte: PteRow;
  readonly entry?: HashEntry;
  readonly tlb: TranslateResponse['tlb'];
  readonly memoryReference: string;
}
