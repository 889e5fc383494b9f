/**
 * The Cell's own accesses to parts of a quadword (CBE Handbook, section A.2): "left" is
 * from an address to the end of its quadword, "right" from the beginning of the quadword to
 * the byte before the address, which is nothing for an aligned one. Registers hold the left
 * part at their left end and the right part at their right end, the rest of it 0.
 */
import { i32, type I32, type I64, type V128 } from '../../engine/expr.ts';
import type { PpcBuilder } from '../builder.ts';
import { x } from '../encodings.ts';
import { insn, type PpcInstruction } from '../insn.ts';
import { NOTHING } from './forms.ts';
import { fromLane, offset } from './loadStore.ts';
import { bytesLeft, bytesRight } from './quadShift.ts';

const QUAD_BYTES = 16;
const SIZES = [1, 2, 4, 8] as const;

function loadLeft(mnemonic: string, number: number, doc: string): PpcInstruction {
  return insn(mnemonic, x(31, number), 'vrt ra0 rb', doc, ({ vrt, ra0, rb }, b) => {
    const ea = b.let(ra0.plus(rb));
    vrt.set(bytesLeft(b.loadQuad(ea), offset(ea)));
  });
}

function loadRight(mnemonic: string, number: number, doc: string): PpcInstruction {
  return insn(mnemonic, x(31, number), 'vrt ra0 rb', doc, ({ vrt, ra0, rb }, b) => {
    const ea = b.let(ra0.plus(rb));
    const count = b.let(offset(ea));
    b.if(count, () => { vrt.set(bytesRight(b.loadQuad(ea), i32(QUAD_BYTES).minus(count))); }, () => { vrt.set(NOTHING); });
  });
}

/** Stores `bytes` of them, from byte `first` of the register on. */
function storePart(b: PpcBuilder, ea: I64, bytes: 1 | 2 | 4 | 8, register: V128, first: I32): void {
  b.store(ea, bytes, fromLane(register, i32(QUAD_BYTES - bytes).minus(first)).lane64(0));
}

/** In parts that are aligned: the smaller ones first on the way to the end of the quadword. */
function storeLeft(mnemonic: string, number: number, doc: string): PpcInstruction {
  return insn(mnemonic, x(31, number), 'vrs ra0 rb', doc, ({ vrs, ra0, rb }, b) => {
    const ea = b.let(ra0.plus(rb));
    const count = b.let(i32(QUAD_BYTES).minus(offset(ea)));
    const value = b.let(vrs);
    b.if(count.eq(QUAD_BYTES), () => { b.storeQuad(ea, value); });
    for (const bytes of SIZES) {
      b.if(count.and(bytes), () => {
        const before = b.let(count.and(bytes - 1));
        storePart(b, ea.plus(before.extendU()), bytes, value, before);
      });
    }
  });
}

/** The larger ones first from the beginning of the quadword. */
function storeRight(mnemonic: string, number: number, doc: string): PpcInstruction {
  return insn(mnemonic, x(31, number), 'vrs ra0 rb', doc, ({ vrs, ra0, rb }, b) => {
    const ea = b.let(ra0.plus(rb));
    const count = b.let(offset(ea));
    const quad = b.let(ea.and(-QUAD_BYTES));
    const value = b.let(vrs);
    for (const bytes of SIZES.toReversed()) {
      b.if(count.and(bytes), () => {
        const before = b.let(count.and(QUAD_BYTES - 2 * bytes));
        storePart(b, quad.plus(before.extendU()), bytes, value, i32(QUAD_BYTES).minus(count).plus(before));
      });
    }
  });
}

export const VMX_PARTIAL_QUAD: readonly PpcInstruction[] = [
  loadLeft('lvlx', 519, 'Loads the bytes from an address to the end of its quadword.'),
  loadLeft('lvlxl', 775, 'Loads the bytes from an address to the end of its quadword, not needed again soon.'),
  loadRight('lvrx', 551, 'Loads the bytes from the beginning of a quadword to an address.'),
  loadRight('lvrxl', 807, 'Loads the bytes from the beginning of a quadword to an address, not needed again soon.'),
  storeLeft('stvlx', 647, 'Stores the bytes from an address to the end of its quadword.'),
  storeLeft('stvlxl', 903, 'Stores the bytes from an address to the end of its quadword, not needed again soon.'),
  storeRight('stvrx', 679, 'Stores the bytes from the beginning of a quadword to an address.'),
  storeRight('stvrxl', 935, 'Stores the bytes from the beginning of a quadword to an address, not needed again soon.'),
];
