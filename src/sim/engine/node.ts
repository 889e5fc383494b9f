/**
 * The expression tree that instruction meanings are written in (through `expr.ts` and
 * `builder.ts`) and that the lowering turns into WebAssembly. Plain data, no behaviour:
 * a tree does not know whether operands come from a predecoded record (tier 1) or are
 * constants (tier 2).
 */

/** WebAssembly value types. */
export type ValueType = 'i32' | 'i64' | 'f32' | 'f64' | 'v128';

/** How a register or state cell is kept in memory: `u8` and `u16` read and write as `i32`. */
export type CellType = ValueType | 'u8' | 'u16';

/**
 * A number known once the instruction word is known: an immediate, a mask, the byte
 * offset of a register. Tier 1 stores it in the predecoded record, tier 2 folds it.
 */
export interface Slot {
  /** Slots of one instruction that have the same name are one slot. */
  readonly name: string;
  /** Bytes that it takes in a record. 1, 2: unsigned; 4: i32; 8: i64. */
  readonly width: 1 | 2 | 4 | 8;
  /** Value for an instruction word; `bigint` exactly when `width` is 8. */
  readonly of: (word: number) => number | bigint;
}

/** Where a cell lies: a byte offset from the processor's state base, or a slot that holds one. */
export type CellPlace = { readonly offset: number } | { readonly slot: Slot; readonly bank: number };

export type Node =
  | { readonly kind: 'const'; readonly type: 'i32' | 'f32' | 'f64'; readonly value: number }
  | { readonly kind: 'const'; readonly type: 'i64'; readonly value: bigint }
  /** 16 bytes in lane order (byte 0 is the least significant lane). */
  | { readonly kind: 'const'; readonly type: 'v128'; readonly bytes: readonly number[] }
  /** A wasm operation. SIMD opcodes are written 0xfd0000 | sub-opcode. */
  | {
      readonly kind: 'op';
      readonly type: ValueType;
      readonly opcode: number;
      readonly args: readonly Node[];
      /** Lane index, or the 16 lane indices of `i8x16.shuffle`. */
      readonly lanes?: readonly number[];
    }
  /** `condition ? yes : no`, both evaluated. */
  | { readonly kind: 'select'; readonly type: ValueType; readonly condition: Node; readonly yes: Node; readonly no: Node }
  | { readonly kind: 'cell'; readonly type: ValueType; readonly cell: CellType; readonly place: CellPlace }
  | { readonly kind: 'slot'; readonly type: 'i32' | 'i64'; readonly slot: Slot }
  | { readonly kind: 'local'; readonly type: ValueType; readonly index: number }
  /** Address of the current instruction. */
  | { readonly kind: 'pc'; readonly type: 'i64' }
  /** Instructions that this run has completed before the current one. */
  | { readonly kind: 'elapsed'; readonly type: 'i32' };

export type Statement =
  | { readonly kind: 'let'; readonly local: number; readonly type: ValueType; readonly value: Node }
  | { readonly kind: 'write'; readonly cell: CellType; readonly place: CellPlace; readonly value: Node }
  | { readonly kind: 'if'; readonly condition: Node; readonly then: readonly Statement[]; readonly otherwise: readonly Statement[] }
  /** Guest memory through the MMU. `local` receives an i64 (1 to 8 bytes) or a v128 (16 bytes). */
  | {
      readonly kind: 'load';
      readonly local: number;
      readonly ea: Node;
      readonly bytes: 1 | 2 | 4 | 8 | 16;
      readonly signed: boolean;
      /** Little-endian (byte-reversed) access. */
      readonly reversed: boolean;
    }
  | {
      readonly kind: 'store';
      readonly ea: Node;
      readonly bytes: 1 | 2 | 4 | 8 | 16;
      readonly value: Node;
      readonly reversed: boolean;
    }
  /** A quadword of the local store; the address is taken modulo its size and aligned down to 16. */
  | { readonly kind: 'lsLoad'; readonly local: number; readonly address: Node }
  | { readonly kind: 'lsStore'; readonly address: Node; readonly value: Node }
  /** Branch to the current instruction's address plus a displacement known at decode time (bytes). */
  | { readonly kind: 'jumpBy'; readonly displacement: Slot }
  /** Branch to a computed address (i64). */
  | { readonly kind: 'jumpTo'; readonly target: Node }
  /** Leave the engine. `advance`: the current instruction is complete and counts, else it is current again. */
  | { readonly kind: 'exit'; readonly code: Node; readonly advance: boolean }
  /** Call a host helper: arguments and result are i32. */
  | { readonly kind: 'call'; readonly helper: string; readonly args: readonly Node[]; readonly local: number };
