/** The instruction forms of VMX, and what their meanings share. */
import { type V128, v128 } from '../../engine/expr.ts';
import type { PpcBuilder } from '../builder.ts';
import { va, vx } from '../encodings.ts';
import { insn, type PpcInstruction } from '../insn.ts';

type OneSource = (vrb: V128, b: PpcBuilder) => V128;
type TwoSources = (vra: V128, vrb: V128, b: PpcBuilder) => V128;
type ThreeSources = (vra: V128, vrb: V128, vrc: V128, b: PpcBuilder) => V128;

/** VX form of one source. */
export function oneSource(mnemonic: string, number: number, doc: string, result: OneSource): PpcInstruction {
  return insn(mnemonic, vx(number), 'vrt vrb', doc, ({ vrt, vrb }, b) => { vrt.set(result(vrb, b)); });
}

/** VX form of two sources. */
export function twoSources(mnemonic: string, number: number, doc: string, result: TwoSources): PpcInstruction {
  return insn(mnemonic, vx(number), 'vrt vra vrb', doc, ({ vrt, vra, vrb }, b) => { vrt.set(result(vra, vrb, b)); });
}

/** VX form of two sources that one WebAssembly operation combines. */
export function operation(mnemonic: string, number: number, doc: string, sub: number): PpcInstruction {
  return twoSources(mnemonic, number, doc, (vra, vrb) => vra.simd(sub, vrb));
}

/** VA form of three sources. */
export function threeSources(mnemonic: string, number: number, doc: string, result: ThreeSources): PpcInstruction {
  return insn(mnemonic, va(number), 'vrt vra vrb vrc', doc, ({ vrt, vra, vrb, vrc }, b) => { vrt.set(result(vra, vrb, vrc, b)); });
}

export const LANES: readonly number[] = Array.from({ length: 16 }, (_, lane) => lane);

/** Constants with one value in all elements. */
export const bytes = (value: number): V128 => v128(LANES.map(() => value & 0xff));
export const halfwords = (value: number): V128 => v128(LANES.map((lane) => (value >>> (8 * (lane % 2))) & 0xff));
export const words = (value: number): V128 => v128(LANES.map((lane) => (value >>> (8 * (lane % 4))) & 0xff));

/** In each lane its own number, to add byte offsets to. */
export const OWN_LANE = v128(LANES);
export const NOTHING = bytes(0);

/** The bytes of two registers by guest number: 0-15 of the first, 16-31 of the second; byte k is lane 15-k. */
export function pick(first: V128, second: V128, byte: (k: number) => number): V128 {
  return first.shuffle(second, LANES.map((lane) => {
    const source = byte(15 - lane);
    return source < 16 ? 15 - source : 47 - source;
  }));
}

/** VSCR[SAT] stays 1 once an element was saturated; `differences` has ones where one was. */
export function recordSaturation(b: PpcBuilder, differences: V128): void {
  b.vscr.set(b.vscr.or(differences.anyTrue()));
}
