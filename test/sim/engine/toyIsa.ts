/**
 * A made-up instruction set for tests of the engine: opcode in bits 31-24, rt 23-20, ra
 * 19-16, immediate 15-0, rb in the immediate's low four bits. 16 registers of 64 bits.
 */
import { type I64Cell, MmuBuilder } from '../../../src/sim/engine/builder.ts';
import { type I64, i32 } from '../../../src/sim/engine/expr.ts';
import { type Field, type Instruction, instruction, type InstructionSet } from '../../../src/sim/engine/isa.ts';
import type { Slot } from '../../../src/sim/engine/node.ts';

const TOY_PC = 256;
export const TOY_VECTOR = 272;
export const TOY_ILLEGAL = 16;
export const TOY_HALT = 17;
export const TOY_TRAP = 18;

function register(name: string, shift: number): Field<MmuBuilder, I64Cell> {
  const slot: Slot = { name, width: 2, of: (word) => ((word >>> shift) & 15) * 8 };
  return {
    name, kind: 'gpr', range: '0 to 15',
    encode: (value) => (value << shift),
    decode: (word) => (word >>> shift) & 15,
    handle: (b) => b.cell64({ slot, bank: 0 }),
  };
}

const displacement: Slot = { name: 'to', width: 4, of: (word) => (word << 16) >> 16 };
const immediate = (word: number): number => (word << 16) >> 16;

const FIELDS = {
  rt: register('rt', 20),
  ra: register('ra', 16),
  rb: register('rb', 0),
  si: {
    name: 'si', kind: 'immediate', range: '-32768 to 32767',
    encode: (value: number) => value & 0xffff,
    decode: immediate,
    handle: (b: MmuBuilder): I64 => b.constant32('si', immediate).extendS(),
  },
  to: {
    name: 'to', kind: 'target', range: '-32768 to 32764',
    encode: (value: number) => value & 0xffff,
    decode: immediate,
    handle: (): Slot => displacement,
  },
} as const;

function entry<S extends string>(
  mnemonic: string, opcode: number, spec: S,
  meaning?: Parameters<typeof instruction<MmuBuilder, typeof FIELDS, S>>[5],
): Instruction<MmuBuilder> {
  const encoding = { mask: 0xff << 24, match: opcode << 24 };
  return instruction<MmuBuilder, typeof FIELDS, S>(FIELDS, mnemonic, encoding, spec, mnemonic, meaning);
}

const LOADS = ([1, 2, 4, 8] as const).flatMap((bytes, i) => [
  entry(`load${String(bytes)}`, 0x20 + i, 'rt si ra', ({ rt, si, ra }, b) => { rt.set(b.load(ra.plus(si), bytes)); }),
  entry(`load${String(bytes)}s`, 0x24 + i, 'rt si ra', ({ rt, si, ra }, b) => { rt.set(b.load(ra.plus(si), bytes, true)); }),
  entry(`load${String(bytes)}r`, 0x28 + i, 'rt si ra', ({ rt, si, ra }, b) => { rt.set(b.load(ra.plus(si), bytes, false, true)); }),
  entry(`store${String(bytes)}`, 0x30 + i, 'rt si ra', ({ rt, si, ra }, b) => { b.store(ra.plus(si), bytes, rt); }),
  entry(`store${String(bytes)}r`, 0x34 + i, 'rt si ra', ({ rt, si, ra }, b) => { b.store(ra.plus(si), bytes, rt, true); }),
]);

export const TOY: InstructionSet<MmuBuilder> = {
  name: 'ppc',
  instructions: [
    entry('li', 0x01, 'rt si', ({ rt, si }) => { rt.set(si); }),
    entry('addi', 0x02, 'rt ra si', ({ rt, ra, si }) => { rt.set(ra.plus(si)); }),
    entry('add', 0x03, 'rt ra rb', ({ rt, ra, rb }) => { rt.set(ra.plus(rb)); }),
    entry('xor', 0x04, 'rt ra rb', ({ rt, ra, rb }) => { rt.set(ra.xor(rb)); }),
    entry('shli', 0x05, 'rt ra si', ({ rt, ra, si }) => { rt.set(ra.shl(si)); }),
    entry('b', 0x10, 'to', ({ to }, b) => { b.jumpBy(to); }),
    entry('bnz', 0x11, 'rt to', ({ rt, to }, b) => { b.if(rt.ne(0n), () => { b.jumpBy(to); }); }),
    entry('blt', 0x12, 'rt ra to', ({ rt, ra, to }, b) => { b.if(rt.ltS(ra), () => { b.jumpBy(to); }); }),
    entry('jump', 0x13, 'ra', ({ ra }, b) => { b.jumpTo(ra); }),
    entry('link', 0x14, 'rt', ({ rt }, b) => { rt.set(b.pc()); }),
    entry('clock', 0x15, 'rt', ({ rt }, b) => { rt.set(b.elapsed().extendU()); }),
    entry('halt', 0x16, '', (_, b) => { b.exit(TOY_HALT); }),
    entry('trap', 0x17, 'si', ({ si }, b) => { b.exitAfter(si.toI32().plus(i32(TOY_TRAP))); }),
    entry('ask', 0x18, 'rt ra rb', ({ rt, ra, rb }, b) => { rt.set(b.call('ask', ra.toI32(), rb.toI32()).extendS()); }),
    ...LOADS,
    entry('loadq', 0x2c, 'si ra', ({ si, ra }, b) => { b.cell128({ offset: TOY_VECTOR }).set(b.loadQuad(ra.plus(si))); }),
    entry('storeq', 0x38, 'si ra', ({ si, ra }, b) => { b.storeQuad(ra.plus(si), b.cell128({ offset: TOY_VECTOR })); }),
    /** Loads with update: what it reads from its record after a slow load must still be there. */
    entry('load8u', 0x2d, 'rt si ra', ({ rt, si, ra }, b) => {
      const ea = b.let(ra.plus(si));
      rt.set(b.load(ea, 8));
      ra.set(ea);
    }),
    /** Changes a register before it calls, loads or stores: it must not be begun twice. */
    entry('countask', 0x19, 'rt ra rb', ({ rt, ra, rb }, b) => {
      rt.set(rt.plus(1n));
      b.if(ra.ne(0n), () => { rb.set(b.call('ask', ra.toI32(), 0).extendS()); });
    }),
    entry('swap8', 0x2e, 'rt si ra', ({ rt, si, ra }, b) => {
      const ea = b.let(ra.plus(si));
      const old = b.let(b.load(ea, 8));
      b.store(ea, 8, rt);
      rt.set(old.plus(b.load(ea, 8)));
    }),
    entry('someday', 0x40, 'rt'),
  ],
  aliases: [],
  newBuilder: () => new MmuBuilder(),
  stateBytes: 512,
  pcOffset: TOY_PC,
  illegal: TOY_ILLEGAL,
  helpers: { ask: 2 },
  keyBits: [24, 25, 26, 27, 28, 29, 30, 31],
};

/** A value of 0 that takes much code to compute. */
function heavyZero(value: I64): I64 {
  return Array.from({ length: 150 }, () => 0).reduce<I64>((sum) => sum.xor(value).xor(value), value.xor(value));
}

/** The same set with forms that are too heavy for the run function to execute, and many to fill that up. */
export const HEAVY_TOY: InstructionSet<MmuBuilder> = {
  ...TOY,
  instructions: [
    ...TOY.instructions,
    entry('hadd', 0x50, 'rt ra rb', ({ rt, ra, rb }) => { rt.set(ra.plus(rb).plus(heavyZero(ra))); }),
    entry('hb', 0x51, 'rt to', ({ rt, to }, b) => { b.if(heavyZero(rt).eqz(), () => { b.jumpBy(to); }); }),
    entry('hjump', 0x52, 'ra', ({ ra }, b) => { b.jumpTo(ra.plus(heavyZero(ra))); }),
    entry('htrap', 0x53, 'ra si', ({ ra, si }, b) => { b.exitAfter(si.plus(heavyZero(ra)).toI32().plus(i32(TOY_TRAP))); }),
    entry('hhalt', 0x54, 'ra', ({ ra }, b) => { b.exit(heavyZero(ra).toI32().plus(i32(TOY_HALT))); }),
    entry('hclock', 0x55, 'rt ra', ({ rt, ra }, b) => { rt.set(b.pc().shl(8).plus(b.elapsed().extendU()).plus(heavyZero(ra))); }),
    ...Array.from({ length: 16 }, (_, i) => entry(`filler${String(i)}`, 0x60 + i, 'rt ra', ({ rt, ra }) => { rt.set(heavyZero(ra)); })),
  ],
};

/** The word of `mnemonic rt ra immediate`; `rb` goes in the place of the immediate. */
export function toy(mnemonic: string, rt = 0, ra = 0, low = 0): number {
  const found = HEAVY_TOY.instructions.find((i) => i.mnemonic === mnemonic);
  if (!found) throw new Error(`The toy instruction set has no ${mnemonic}.`);
  return (found.encoding.match | (rt << 20) | (ra << 16) | (low & 0xffff)) >>> 0;
}
