/** Speed of the execution engine alone: guest loops on one PPE thread and one SPE, without a kernel. */
import type { Builder } from '../src/sim/engine/builder.ts';
import { CodeWatch } from '../src/sim/engine/codeWatch.ts';
import type { Engine } from '../src/sim/engine/engine.ts';
import { FormTable } from '../src/sim/engine/forms.ts';
import { InterpreterModules } from '../src/sim/engine/interpreterModules.ts';
import type { InstructionSet } from '../src/sim/engine/isa.ts';
import { machineLayout, PAGE_BYTES } from '../src/sim/engine/layout.ts';
import { LocalStoreEngine } from '../src/sim/engine/localStoreEngine.ts';
import { MmuEngine } from '../src/sim/engine/mmuEngine.ts';
import { PPC } from '../src/sim/ppe/instructionSet.ts';
import { PPE_STATE } from '../src/sim/ppe/layout.ts';
import { SPU } from '../src/sim/spe/instructionSet.ts';
import { milliseconds, ratePerSecond, report } from './figures.ts';

type Line = readonly [mnemonic: string, ...operands: number[]];
/** Register, displacement and base name their values in source order. */
const [COUNT, SUM, STEP, DATA, COPY] = [5, 6, 7, 8, 9];
const SLICE = 200_000;
const WARM_UP_SLICES = 20;

const INTEGER_LOOP: readonly Line[] = [
  ['addi', SUM, SUM, 77], ['xor', 10, SUM, STEP], ['rldicl', 11, 10, 13, 0], ['add', 12, 11, SUM], ['ori', 13, 12, 5],
  ['subf', 14, 13, STEP], ['mulld', SUM, 14, STEP], ['addi', COUNT, COUNT, 1], ['cmpdi', 7, COUNT, -5], ['bc', 4, 30, -36],
];
const COPY_LOOP: readonly Line[] = [
  ['ldx', 10, DATA, COUNT], ['lwz', 11, 16, DATA], ['add', 10, 10, 11], ['stdx', 10, COPY, COUNT], ['stw', 11, 24, COPY],
  ['addi', COUNT, COUNT, 8], ['andi.', COUNT, COUNT, 0xff8], ['b', -28],
];
const SIEVE_LOOP: readonly Line[] = [
  ['stbx', STEP, DATA, COUNT], ['add', COUNT, COUNT, STEP], ['cmpldi', 7, COUNT, 4000], ['bc', 12, 28, -12], ['addi', COUNT, 0, 0], ['b', -20],
];
const SPU_LOOP: readonly Line[] = [
  ['ila', 3, 0x8000], ['lqx', 10, 3, 4], ['a', 11, 10, 12], ['shufb', 13, 11, 10, 14], ['xor', 15, 13, 11], ['stqx', 15, 3, 4],
  ['ai', 4, 4, 16], ['andi', 4, 4, 0x1f0], ['ai', 5, 5, 1], ['brnz', 5, -32], ['br', -36],
];

function encode<B extends Builder>(isa: InstructionSet<B>, [mnemonic, ...values]: Line): number {
  for (const { mnemonic: name, encoding, operands } of isa.instructions) {
    if (name !== mnemonic || operands.length !== values.length) continue;
    const fields = operands.map(({ field }, i) => field.encode(values[i] ?? 0));
    const word = fields.reduce<number | undefined>((sum, bits) => (sum === undefined || bits === undefined ? undefined : sum | bits), encoding.match);
    if (word !== undefined) return word;
  }
  throw new Error(`The benchmark's ${mnemonic} ${values.join(', ')} cannot be encoded.`);
}

const layout = machineLayout({ ppeThreads: 1, spes: 1, ramBytes: 1 << 20 });
const [ppeLayout] = layout.ppeThreads;
const [speLayout] = layout.spes;
if (!ppeLayout || !speLayout) throw new Error('The layout has no processors.');
const memory = new WebAssembly.Memory({ initial: layout.totalBytes >>> 16 });
const data = new DataView(memory.buffer);

function place<B extends Builder>(isa: InstructionSet<B>, hostOffset: number, lines: readonly Line[]): void {
  lines.forEach((line, i) => { data.setInt32(hostOffset + i * 4, encode(isa, line)); });
}

/** Millions of instructions per second of a loop, once the engine runs at full speed. */
function speed(engine: Engine, start: number): number {
  engine.pc = start;
  for (let i = 0; i < WARM_UP_SLICES; i++) engine.run(SLICE / 10);
  return ratePerSecond(() => {
    engine.run(SLICE);
    return engine.executed;
  }) / 1e6;
}

const watch = new CodeWatch(layout.totalBytes);
const noHelper = (): number => 0;
const helpers = Object.fromEntries([...Object.keys(PPC.helpers), ...Object.keys(SPU.helpers)].map((name) => [name, noHelper]));
const ppe: MmuEngine = new MmuEngine({
  modules: new InterpreterModules(new FormTable(PPC)), memory, watch, helpers, layout: ppeLayout,
  host: {
    fetch: (_, eaLow) => layout.ram + eaLow,
    miss: (eaHigh, eaLow) => {
      ppe.fillRead(eaHigh, eaLow, layout.ram + eaLow);
      ppe.fillWrite(eaHigh, eaLow, layout.ram + eaLow);
      return layout.ram + eaLow;
    },
    commit: () => undefined,
  },
});
const spe = new LocalStoreEngine({ modules: new InterpreterModules(new FormTable(SPU)), memory, watch, helpers, layout: speLayout });

const LOOPS = [['integer loop', INTEGER_LOOP], ['load/store loop', COPY_LOOP], ['sieve loop', SIEVE_LOOP]] as const;
LOOPS.forEach(([, lines], i) => { place(PPC, layout.ram + i * PAGE_BYTES, lines); });
for (const [register, value] of [[STEP, 3n], [DATA, 0x8000n], [COPY, 0xa000n]] as const) {
  data.setBigUint64(ppeLayout.state + PPE_STATE.gpr + register * 8, value, true);
}
place(SPU, speLayout.localStore, SPU_LOOP);

report('PPE: generate, compile, first instruction', milliseconds(() => { ppe.run(1); }), 'ms');
report('SPE: generate, compile, first instruction', milliseconds(() => { spe.run(1); }), 'ms');
LOOPS.forEach(([name], i) => {
  data.setBigUint64(ppeLayout.state + PPE_STATE.gpr + COUNT * 8, 0n, true);
  report(`PPE: ${name}`, speed(ppe, i * PAGE_BYTES), 'M instructions/s');
});
report('SPE: load, add, shuffle, store loop', speed(spe, 0), 'M instructions/s');
ppe.pc = 0;
report('PPE: slices of 1,000 instructions', ratePerSecond(() => {
  ppe.run(1000);
  return 1000;
}) / 1e6, 'M instructions/s');
report('PPE: single steps', ratePerSecond(() => {
  ppe.run(1);
  return 1;
}) / 1e6, 'M steps/s');
ppe.pc = 0;
report('PPE: decoding', ratePerSecond(() => {
  ppe.invalidateCode(layout.ram, INTEGER_LOOP.length * 4);
  ppe.run(INTEGER_LOOP.length);
  return INTEGER_LOOP.length;
}) / 1e6, 'M instructions/s');
