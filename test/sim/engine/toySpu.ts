/**
 * A made-up instruction set with a local store, for tests of the engine: opcode in bits
 * 31-24, rt 23-20, ra 19-16, immediate 15-0. 16 registers of 128 bits; word 0 counts.
 */
import { LocalStoreBuilder, type V128Cell } from '../../../src/sim/engine/builder.ts';
import { CodeWatch } from '../../../src/sim/engine/codeWatch.ts';
import type { I32 } from '../../../src/sim/engine/expr.ts';
import { FormTable } from '../../../src/sim/engine/forms.ts';
import { InterpreterModules } from '../../../src/sim/engine/interpreterModules.ts';
import { type Field, type Instruction, instruction, type InstructionSet } from '../../../src/sim/engine/isa.ts';
import { LOCAL_STORE_BYTES, machineLayout } from '../../../src/sim/engine/layout.ts';
import { LocalStoreEngine } from '../../../src/sim/engine/localStoreEngine.ts';
import type { Slot } from '../../../src/sim/engine/node.ts';

export const SPU_STOP = 16;
export const SPU_ILLEGAL = 17;
const PC = 256;
/** Lane of word 0 in a byte-reversed register. */
const WORD_0 = 3;

function register(name: string, shift: number): Field<LocalStoreBuilder, V128Cell> {
  const slot: Slot = { name, width: 2, of: (word) => ((word >>> shift) & 15) * 16 };
  return {
    name, kind: 'spuRegister', range: '0 to 15',
    encode: (value) => value << shift,
    decode: (word) => (word >>> shift) & 15,
    handle: (b) => b.cell128({ slot, bank: 0 }),
  };
}

const immediate = (word: number): number => (word << 16) >> 16;
const displacement: Slot = { name: 'to', width: 4, of: immediate };
const number = { encode: (value: number) => value & 0xffff, decode: immediate, range: '-32768 to 32767' };

const FIELDS = {
  rt: register('rt', 20),
  ra: register('ra', 16),
  si: { ...number, name: 'si', kind: 'immediate', handle: (b: LocalStoreBuilder): I32 => b.constant32('si', immediate) },
  to: { ...number, name: 'to', kind: 'target', handle: (): Slot => displacement },
} as const;

function entry<S extends string>(
  mnemonic: string, opcode: number, spec: S,
  meaning: Parameters<typeof instruction<LocalStoreBuilder, typeof FIELDS, S>>[5],
): Instruction<LocalStoreBuilder> {
  return instruction<LocalStoreBuilder, typeof FIELDS, S>(FIELDS, mnemonic, { mask: 0xff << 24, match: opcode << 24 }, spec, mnemonic, meaning);
}

const TOY_SPU: InstructionSet<LocalStoreBuilder> = {
  name: 'spu',
  instructions: [
    entry('il', 1, 'rt si', ({ rt, si }) => { rt.set(si.splat32()); }),
    entry('ai', 2, 'rt ra si', ({ rt, ra, si }) => { rt.set(ra.lane32(WORD_0).plus(si).splat32()); }),
    entry('lq', 3, 'rt si ra', ({ rt, si, ra }, b) => { rt.set(b.lsLoad(ra.lane32(WORD_0).plus(si))); }),
    entry('stq', 4, 'rt si ra', ({ rt, si, ra }, b) => { b.lsStore(ra.lane32(WORD_0).plus(si), rt); }),
    entry('br', 5, 'to', ({ to }, b) => { b.jumpBy(to); }),
    entry('bi', 6, 'ra', ({ ra }, b) => { b.jumpTo(ra.lane32(WORD_0).extendU()); }),
    entry('where', 7, 'rt', ({ rt }, b) => { rt.set(b.pc().toI32().splat32()); }),
    entry('stop', 8, '', (_, b) => { b.exitAfter(SPU_STOP); }),
  ],
  aliases: [],
  newBuilder: () => new LocalStoreBuilder(),
  stateBytes: 512,
  pcOffset: PC,
  illegal: SPU_ILLEGAL,
  helpers: {},
  keyBits: [24, 25, 26, 27],
};

/** The word of `mnemonic rt ra immediate`. */
export function spu(mnemonic: string, rt = 0, ra = 0, low = 0): number {
  const found = TOY_SPU.instructions.find((i) => i.mnemonic === mnemonic);
  if (!found) throw new Error(`The toy instruction set has no ${mnemonic}.`);
  return (found.encoding.match | (rt << 20) | (ra << 16) | (low & 0xffff)) >>> 0;
}

/** Two SPEs and one PPE thread's worth of memory. */
export class ToySpes {
  readonly layout = machineLayout({ ppeThreads: 1, spes: 2, ramBytes: 1 << 16 });
  readonly memory = new WebAssembly.Memory({ initial: this.layout.totalBytes >>> 16 });
  readonly watch = new CodeWatch(this.layout.totalBytes);
  readonly data = new DataView(this.memory.buffer);
  private readonly modules = new InterpreterModules(new FormTable(TOY_SPU));
  readonly engines = this.layout.spes.map((layout) => (
    new LocalStoreEngine({ modules: this.modules, memory: this.memory, watch: this.watch, helpers: {}, layout })
  ));

  /** The first SPE's. */
  get engine(): LocalStoreEngine {
    const [first] = this.engines;
    if (!first) throw new Error('The layout has no SPE.');
    return first;
  }

  /** Host offset of a local-store address. */
  offset(address: number, spe = 0): number {
    return (this.layout.spes[spe]?.localStore ?? 0) + (address & (LOCAL_STORE_BYTES - 1));
  }

  load(address: number, words: readonly number[], spe = 0): this {
    words.forEach((word, i) => { this.data.setUint32(this.offset(address + i * 4, spe), word); });
    return this;
  }

  /** Word 0 of a register. */
  word(register: number, spe = 0): number {
    return this.data.getUint32((this.layout.spes[spe]?.state ?? 0) + register * 16 + 4 * WORD_0, true);
  }

  setQuad(register: number, words: readonly number[]): void {
    words.forEach((word, i) => { this.data.setUint32((this.layout.spes[0]?.state ?? 0) + register * 16 + 4 * (3 - i), word, true); });
  }
}
