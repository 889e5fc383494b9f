import { describe, expect, it } from 'vitest';
import { EXIT } from '../../../src/sim/engine/exits.ts';
import { LOCAL_STORE_BYTES, PAGE_BYTES } from '../../../src/sim/engine/layout.ts';
import { spu, SPU_ILLEGAL, SPU_STOP, ToySpes } from './toySpu.ts';

const LAST = LOCAL_STORE_BYTES - 4;

describe('a processor with a local store', () => {
  it('loads and stores quadwords at addresses taken modulo its size and aligned down', () => {
    const spes = new ToySpes().load(0, [
      spu('lq', 2, 1, 0x107), spu('stq', 2, 1, 0x203), spu('stop'),
    ]).load(0x100, [0x01020304, 0x05060708, 0x090a0b0c, 0x0d0e0f10]);
    spes.setQuad(1, [5 * LOCAL_STORE_BYTES, 0, 0, 0]);
    expect(spes.engine.run(100)).toBe(SPU_STOP);
    expect(spes.engine.executed).toBe(3);
    expect(spes.word(2)).toBe(0x01020304);
    const stored = [0, 4, 8, 12].map((i) => spes.data.getUint32(spes.offset(0x200 + i)));
    expect(stored).toEqual([0x01020304, 0x05060708, 0x090a0b0c, 0x0d0e0f10]);
  });

  it('goes on at address 0 after the last word', () => {
    const spes = new ToySpes().load(LAST, [spu('ai', 1, 1, 1)]).load(0, [spu('where', 2), spu('stop')]);
    spes.engine.pc = LAST;
    expect(spes.engine.run(1)).toBe(EXIT.budget);
    expect(spes.engine.pc).toBe(0);
    spes.engine.pc = LAST;
    expect(spes.engine.run(100)).toBe(SPU_STOP);
    expect(spes.engine.executed).toBe(3);
    expect([spes.word(1), spes.word(2)]).toEqual([2, 0]);
  });

  it('branches around the end of its local store, both ways, and to computed addresses modulo its size', () => {
    const spes = new ToySpes()
      .load(0, [spu('br', 0, 0, -4)])
      .load(LAST, [spu('br', 0, 0, 12)])
      .load(8, [spu('bi', 0, 1)])
      .load(0x3000, [spu('where', 2), spu('stop')]);
    spes.setQuad(1, [7 * LOCAL_STORE_BYTES + 0x3000, 0, 0, 0]);
    expect(spes.engine.run(100)).toBe(SPU_STOP);
    expect(spes.word(2)).toBe(0x3000);
    expect(spes.engine.executed).toBe(5);
    expect(spes.engine.pc).toBe(0x3008);
  });

  it('leaves at a word that is no instruction', () => {
    const spes = new ToySpes().load(0, [spu('il', 1, 0, 1), 0]);
    expect(spes.engine.run(100)).toBe(SPU_ILLEGAL);
    expect([spes.engine.executed, spes.engine.pc]).toEqual([1, 4]);
  });

  it('executes what it stored over decoded code', () => {
    const spes = new ToySpes().load(0, [spu('stq', 2, 3, 0x20), spu('br', 0, 0, 0x1c)]);
    for (const [words, result] of [
      [[spu('il', 4, 0, 7), spu('stop')], 7], [[spu('stop'), 0], 7], [[spu('il', 4, 0, 8), spu('stop')], 8],
    ] as const) {
      spes.setQuad(2, [...words, 0, 0]);
      spes.engine.pc = 0;
      expect(spes.engine.run(100)).toBe(SPU_STOP);
      expect(spes.word(4)).toBe(result);
    }
  });

  it('executes what it stored over the very next instruction', () => {
    const spes = new ToySpes().load(0, [spu('stq', 2, 3, 0), spu('stop'), spu('stop')]);
    spes.engine.pc = 4;
    spes.engine.run(100);
    spes.setQuad(2, [spu('stop'), spu('il', 4, 0, 99), spu('stop'), 0]);
    spes.engine.pc = 0;
    expect(spes.engine.run(100)).toBe(SPU_STOP);
    expect([spes.engine.executed, spes.word(4)]).toEqual([3, 99]);
  });

  it('executes what the host put over decoded code', () => {
    const spes = new ToySpes().load(0x1000, [spu('il', 4, 0, 1), spu('stop')]);
    spes.engine.pc = 0x1000;
    spes.engine.run(100);
    spes.load(0x1000, [spu('il', 4, 0, 2)]);
    spes.engine.invalidateCode(spes.offset(0), LOCAL_STORE_BYTES);
    spes.engine.pc = 0x1000;
    spes.engine.run(100);
    expect(spes.word(4)).toBe(2);
  });

  it('stops at breakpoints, in decoded code too, and passes them when told to', () => {
    const spes = new ToySpes().load(0, [spu('ai', 1, 1, 1), spu('ai', 1, 1, 1), spu('br', 0, 0, -8)]);
    spes.engine.run(6);
    spes.engine.setBreakpoints([4]);
    expect(spes.engine.run(100)).toBe(EXIT.breakpoint);
    expect([spes.engine.pc, spes.engine.executed, spes.word(1)]).toEqual([4, 1, 5]);
    expect(spes.engine.run(100, true)).toBe(EXIT.breakpoint);
    expect([spes.engine.pc, spes.engine.executed, spes.word(1)]).toEqual([4, 3, 7]);
    spes.engine.setBreakpoints([]);
    expect(spes.engine.run(10)).toBe(EXIT.budget);
  });

  it('shares neither state nor code with the others', () => {
    const spes = new ToySpes().load(0, [spu('il', 1, 0, 10), spu('stop')], 0).load(0, [spu('il', 1, 0, 20), spu('stop')], 1);
    for (const engine of spes.engines) expect(engine.run(100)).toBe(SPU_STOP);
    expect([spes.word(1, 0), spes.word(1, 1)]).toEqual([10, 20]);
  });

  it('tells the machine which pages hold its code', () => {
    const spes = new ToySpes().load(0x2000, [spu('stop')]);
    expect(spes.watch.holdsCode(spes.offset(0x2ffc))).toBe(false);
    spes.engine.pc = 0x2000;
    spes.engine.run(1);
    expect(spes.watch.holdsCode(spes.offset(0x2ffc))).toBe(true);
    expect(spes.watch.holdsCode(spes.offset(0x2000 + PAGE_BYTES))).toBe(false);
    spes.engine.reset();
    expect(spes.watch.holdsCode(spes.offset(0x2ffc))).toBe(false);
  });
});
