import { describe, expect, it } from 'vitest';
import { ACCESS } from '../../../src/sim/engine/access.ts';
import { FormTable } from '../../../src/sim/engine/forms.ts';
import { InterpreterModules } from '../../../src/sim/engine/interpreterModules.ts';
import { MmuEngine } from '../../../src/sim/engine/mmuEngine.ts';
import { TOY, toy, TOY_HALT } from './toyIsa.ts';
import { spu, SPU_STOP, ToySpes } from './toySpu.ts';

const STORES = 0x4000;

/** A PPE thread that sees the first SPE's local store at address 0 and stores r6 at r5, r1 times. */
function machine(): { spes: ToySpes; ppe: MmuEngine; set: (register: number, value: bigint) => void; asked: () => number } {
  const spes = new ToySpes();
  const [layout] = spes.layout.ppeThreads;
  if (!layout) throw new Error('The layout has no PPE thread.');
  let misses = 0;
  const ppe: MmuEngine = new MmuEngine({
    modules: new InterpreterModules(new FormTable(TOY)), memory: spes.memory, watch: spes.watch, helpers: { ask: () => 0 }, layout,
    host: {
      fetch: (_, eaLow) => spes.offset(eaLow),
      miss: (eaHigh, eaLow, access) => {
        misses++;
        if (access & ACCESS.store) ppe.fillWrite(eaHigh, eaLow, spes.offset(eaLow));
        return spes.offset(eaLow);
      },
      commit: () => undefined,
    },
  });
  spes.load(STORES, [toy('store4', 6, 5), toy('addi', 1, 1, -1), toy('bnz', 1, 0, -8), toy('halt')]);
  const set = (register: number, value: bigint): void => { spes.data.setBigUint64(layout.state + register * 8, value, true); };
  return { spes, ppe, set, asked: () => misses };
}

function store(parts: ReturnType<typeof machine>, address: number, word: number, times: number): void {
  parts.set(5, BigInt(address));
  parts.set(6, BigInt(word));
  parts.set(1, BigInt(times));
  parts.ppe.pc = STORES;
  expect(parts.ppe.run(10_000)).toBe(TOY_HALT);
}

describe('code that another processor stores to', () => {
  it('is decoded again, whether the page was in the write TLB before or not', () => {
    const parts = machine();
    const { spes } = parts;
    for (const value of [1, 2, 3]) {
      store(parts, 0, spu('il', 4, 0, value), 1);
      store(parts, 4, spu('stop'), 1);
      spes.engine.pc = 0;
      expect(spes.engine.run(10)).toBe(SPU_STOP);
      expect(spes.word(4)).toBe(value);
    }
  });

  it('does not make stores slow for long', () => {
    const parts = machine();
    parts.spes.load(0, [spu('stop')]);
    parts.spes.engine.run(1);
    store(parts, 0x800, 5, 1000);
    expect(parts.asked()).toBeLessThan(40);
    store(parts, 0, spu('il', 4, 0, 9), 1);
    parts.spes.load(4, [spu('stop')]);
    parts.spes.engine.pc = 0;
    expect(parts.spes.engine.run(10)).toBe(SPU_STOP);
    expect(parts.spes.word(4)).toBe(9);
  });
});
