/** Condition-register logic and moves (Book I, section 2.4.3 and 3.3.13). */
import { type I32, i32, type V128, v128 } from '../engine/expr.ts';
import { fieldBits, unsignedBits } from './bits.ts';
import type { PpcBuilder } from './builder.ts';
import { fixed, x } from './encodings.ts';
import { insn, type PpcInstruction } from './insn.ts';
import { PPE_STATE } from './layout.ts';

/** Tells `mtocrf` and `mfocrf` from `mtcrf` and `mfcr`. */
const ONE_FIELD = 1 << 20;

function logic(mnemonic: string, number: number, doc: string, compute: (a: I32, b: I32) => I32): PpcInstruction {
  return insn(mnemonic, x(19, number), 'bt ba bb', doc, ({ bt, ba, bb }) => { bt.set(compute(ba, bb)); });
}

const SIMD_SHL_8 = 107;
const SIMD_EQ_8 = 35;
const SIMD_BITMASK_8 = 100;
const REVERSED = v128(Array.from({ length: 16 }, (_, lane) => 15 - lane));

/** The bits of half of CR (0: fields 0 to 3) as a number of 16 bits, bit 0 of CR the highest. */
function gather(b: PpcBuilder, half: number): I32 {
  const bits = b.cell128({ offset: PPE_STATE.cr + half * 16 });
  return bits.swizzle(REVERSED).simd(SIMD_SHL_8, i32(7)).simdTest(SIMD_BITMASK_8);
}

/** 16 bytes of 0 or 1 from 16 bits: byte k is the bit that `masks[k]` selects of byte `bytes[k]` of the value. */
function spread(value: V128, bytes: readonly number[], masks: readonly number[]): V128 {
  const selected = value.swizzle(v128(bytes)).and(v128(masks));
  return selected.simd(SIMD_EQ_8, v128(masks));
}

const ONES = v128(Array.from({ length: 16 }, () => 1));
const BIT_OF_BYTE = Array.from({ length: 16 }, (_, k) => 0x80 >> (k & 7));
/** Half of CR from a word: two of its bytes, the highest first. */
function bitsOfWord(word: V128, half: number): V128 {
  return spread(word, Array.from({ length: 16 }, (_, k) => 3 - half * 2 - (k >> 3)), BIT_OF_BYTE).and(ONES);
}
/** All ones where the field mask selects the field of a byte. */
function selectedBytes(fxm: V128, half: number): V128 {
  return spread(fxm, Array.from({ length: 16 }, () => 0), Array.from({ length: 16 }, (_, k) => 0x80 >> (half * 4 + (k >> 2))));
}

export const CONDITION_REGISTER: readonly PpcInstruction[] = [
  logic('crand', 257, 'ANDs CR bits.', (a, b) => a.and(b)),
  logic('cror', 449, 'ORs CR bits.', (a, b) => a.or(b)),
  logic('crxor', 193, 'XORs CR bits.', (a, b) => a.xor(b)),
  logic('crnand', 225, 'Complement of AND of CR bits.', (a, b) => a.and(b).xor(1)),
  logic('crnor', 33, 'Complement of OR of CR bits.', (a, b) => a.or(b).xor(1)),
  logic('creqv', 289, 'Complement of XOR of CR bits.', (a, b) => a.xor(b).xor(1)),
  logic('crandc', 129, 'ANDs a CR bit with the complement of another.', (a, b) => a.and(b.xor(1))),
  logic('crorc', 417, 'ORs a CR bit with the complement of another.', (a, b) => a.or(b.xor(1))),
  insn('mcrf', x(19, 0), 'bft bfa', 'Copies a CR field.', ({ bft, bfa }) => { bft.set(bfa); }),
  insn('mcrxr', x(31, 512), 'bft', 'Moves SO, OV and CA to a CR field and clears them.', ({ bft }, b) => {
    bft.set(b.so.or(b.ov.shl(8)).or(b.ca.shl(16)));
    b.so.set(i32(0));
    b.ov.set(i32(0));
    b.ca.set(i32(0));
  }),
  insn('mfcr', fixed(x(31, 19), ONE_FIELD, 0), 'rt', 'Copies CR.', ({ rt }, b) => {
    rt.set(gather(b, 0).shl(16).or(gather(b, 1)).extendU());
  }),
  insn('mfocrf', fixed(x(31, 19), ONE_FIELD, ONE_FIELD), 'rt fxmOne', 'Copies one CR field; the other bits are cleared.', ({ rt }, b) => {
    const mask = b.constant32('fieldBits', (word) => fieldBits(unsignedBits(word, 12, 8)));
    rt.set(gather(b, 0).shl(16).or(gather(b, 1)).and(mask).extendU());
  }),
  insn('mtcrf', fixed(x(31, 144), ONE_FIELD, 0), 'fxm rs', 'Sets the CR fields that a mask selects.', ({ fxm, rs }, b) => {
    const word = b.let(rs.toI32().splat32());
    const mask = b.let(fxm.splat8());
    for (const half of [0, 1]) {
      const bits = b.cell128({ offset: PPE_STATE.cr + half * 16 });
      bits.set(bitsOfWord(word, half).bitSelect(bits, selectedBytes(mask, half)));
    }
  }),
  insn('mtocrf', fixed(x(31, 144), ONE_FIELD, ONE_FIELD), 'fxmOne rs', 'Sets one CR field.', ({ rs }, b) => {
    const shift = b.constant8('fieldShift', (word) => 28 - 4 * selectedField(word));
    const field = b.cell32({ slot: { name: 'field', width: 1, of: (word) => selectedField(word) * 4 }, bank: PPE_STATE.cr });
    field.set(b.conditionsOf(rs.toI32().shrU(shift).and(15)));
  }),
];

/** The field that a one-bit mask selects; of several, which the architecture leaves undefined, the first. */
function selectedField(word: number): number {
  return Math.min(Math.clz32(unsignedBits(word, 12, 8) << 24), 7);
}
