/**
 * VMX loads, stores and permute controls (AltiVec PEM, chapter 6). What an element load
 * leaves in the other elements is undefined; here it is what memory has there.
 */
import { type I32, i32, type I64, type V128, v128 } from '../../engine/expr.ts';
import { x } from '../encodings.ts';
import { insn, type PpcInstruction } from '../insn.ts';
import { LANES, OWN_LANE } from './forms.ts';
import { I8X16 } from '../../engine/lanes.ts';

const LAST = 15;
const LEFT = v128(LANES.map((lane) => LAST - lane));
const RIGHT = v128(LANES.map((lane) => 2 * LAST + 1 - lane));

function load(mnemonic: string, number: number, doc: string): PpcInstruction {
  return insn(mnemonic, x(31, number), 'vrt ra0 rb', doc, ({ vrt, ra0, rb }, b) => { vrt.set(b.loadQuad(ra0.plus(rb))); });
}

function store(mnemonic: string, number: number, doc: string): PpcInstruction {
  return insn(mnemonic, x(31, number), 'vrs ra0 rb', doc, ({ vrs, ra0, rb }, b) => { b.storeQuad(ra0.plus(rb), vrs); });
}

/** The register with the lane `lowest` moved to lane 0. */
export function fromLane(register: V128, lowest: I32): V128 {
  return register.swizzle(OWN_LANE.simd(I8X16.add, lowest.splat8()));
}

function storeElement(mnemonic: string, number: number, bytes: 1 | 2 | 4, doc: string): PpcInstruction {
  return insn(mnemonic, x(31, number), 'vrs ra0 rb', doc, ({ vrs, ra0, rb }, b) => {
    const ea = b.let(ra0.plus(rb).and(-bytes));
    // Lanes are in reverse: the element's last byte is the lowest of its lanes.
    const lowest = i32(LAST + 1 - bytes).minus(offset(ea));
    b.store(ea, bytes, fromLane(vrs, lowest).lane32(0).extendU());
  });
}

/** Of an address in its quadword. */
export function offset(ea: I64): I32 {
  return ea.toI32().and(LAST);
}

export const VMX_LOAD_STORE: readonly PpcInstruction[] = [
  load('lvx', 103, 'Loads a quadword.'),
  load('lvxl', 359, 'Loads a quadword that is not needed again soon.'),
  load('lvebx', 7, 'Loads a byte into its place.'),
  load('lvehx', 39, 'Loads a halfword into its place.'),
  load('lvewx', 71, 'Loads a word into its place.'),
  store('stvx', 231, 'Stores a quadword.'),
  store('stvxl', 487, 'Stores a quadword that is not needed again soon.'),
  storeElement('stvebx', 135, 1, 'Stores the byte of an address.'),
  storeElement('stvehx', 167, 2, 'Stores the halfword of an address.'),
  storeElement('stvewx', 199, 4, 'Stores the word of an address.'),
  insn('lvsl', x(31, 6), 'vrt ra0 rb', 'Makes the permute control that shifts left by an address.', ({ vrt, ra0, rb }) => {
    vrt.set(LEFT.simd(I8X16.add, offset(ra0.plus(rb)).splat8()));
  }),
  insn('lvsr', x(31, 38), 'vrt ra0 rb', 'Makes the permute control that shifts right by an address.', ({ vrt, ra0, rb }) => {
    vrt.set(RIGHT.simd(I8X16.sub, offset(ra0.plus(rb)).splat8()));
  }),
];
