import { describe, expect, it } from 'vitest';
import { EXIT } from '../../../src/sim/engine/exits.ts';
import { HEAVY_TOY, toy, TOY_HALT, TOY_TRAP } from './toyIsa.ts';
import { PAGE, ToyMachine } from './toyMachine.ts';

const CODE = 0x10000;
const DATA = 0x2_0000_0000;

describe('instructions that the run function does not execute itself', () => {
  it('are executed once when they change a register before they call', () => {
    const machine = new ToyMachine({ ask: (a = 0) => a + 1 }).map(CODE, 1);
    machine.load(CODE, [toy('countask', 1, 2, 3), toy('li', 2, 0, 9), toy('countask', 1, 2, 3), toy('halt')]);
    machine.engine.pc = CODE;
    expect(machine.engine.run(100)).toBe(TOY_HALT);
    expect(machine.engine.executed).toBe(3);
    expect(machine.registers.slice(1, 4)).toEqual([2n, 9n, 10n]);
  });

  it.each([['cached', false], ['uncached', true]])('load what was there before they stored, %s', (_, uncached) => {
    const machine = new ToyMachine().map(CODE, 1).map(DATA, 2).load(CODE, [toy('swap8', 1, 5, 8), toy('swap8', 2, 5, 8), toy('halt')]);
    if (uncached) machine.uncached.add(BigInt(DATA) >> 12n);
    machine.engine.pc = CODE;
    machine.setRegister(5, BigInt(DATA));
    machine.setRegister(1, 3n);
    machine.setRegister(2, 40n);
    machine.data.setBigUint64(machine.hostOffset(BigInt(DATA + 8)), 1000n);
    expect(machine.engine.run(100)).toBe(TOY_HALT);
    expect(machine.registers.slice(1, 3)).toEqual([1003n, 43n]);
  });
});

describe('a set that is too heavy for one function', () => {
  function machineWith(words: readonly number[]): ToyMachine {
    const machine = new ToyMachine({ ask: () => 0 }, HEAVY_TOY).map(CODE, 1).load(CODE, words);
    machine.engine.pc = CODE;
    return machine;
  }

  it('computes, branches near and far, jumps and leaves all the same', () => {
    const machine = machineWith([toy('li', 1, 0, 5), toy('hadd', 2, 1, 1), toy('hb', 1, 0, 8), toy('halt'), toy('hb', 1, 0, PAGE - 8)]);
    machine.map(CODE + PAGE, 3).load(CODE + PAGE + 8, [toy('hclock', 3, 1), toy('htrap', 0, 1, 4), toy('hjump', 0, 7)]);
    machine.load(CODE + 0x40, [toy('addi', 2, 2, 1), toy('hhalt', 0, 2)]);
    machine.setRegister(7, BigInt(CODE + 0x40));
    expect(machine.engine.run(100)).toBe(TOY_TRAP + 4);
    expect(machine.engine.executed).toBe(6);
    expect(machine.engine.pc).toBe(CODE + PAGE + 16);
    expect(machine.registers.slice(1, 4)).toEqual([5n, 10n, (BigInt(CODE + PAGE + 8) << 8n) + 4n]);
    expect(machine.engine.run(100)).toBe(TOY_HALT);
    expect(machine.engine.executed).toBe(2);
    expect(machine.engine.pc).toBe(CODE + 0x44);
    expect(machine.register(2)).toBe(11n);
  });

  it('keeps the budget exact', () => {
    const words = [toy('hadd', 1, 1, 2), toy('addi', 3, 3, 1), toy('hb', 1, 0, -8)];
    const machine = machineWith(words);
    machine.setRegister(2, 1n);
    for (const budget of [1, 2, 3, 4, 5, 100]) {
      const before = machine.register(1) + machine.register(3);
      expect(machine.engine.run(budget)).toBe(EXIT.budget);
      expect(machine.engine.executed).toBe(budget);
      const left = (machine.engine.pc - CODE) / 4;
      expect(left).toBeLessThan(3);
      expect(machine.register(1) + machine.register(3) - before).toBeGreaterThanOrEqual(BigInt(Math.floor((budget * 2) / 3)));
    }
    expect(machine.register(1)).toBe(39n);
    expect(machine.register(3)).toBe(38n);
  });

  it('stops at breakpoints on them', () => {
    const machine = machineWith([toy('hb', 1, 0, 4), toy('hadd', 1, 1, 2), toy('hb', 1, 0, -8)]);
    machine.engine.setBreakpoints([CODE + 4]);
    expect(machine.engine.run(100)).toBe(EXIT.breakpoint);
    expect(machine.engine.run(100, true)).toBe(EXIT.breakpoint);
    expect([machine.engine.pc, machine.engine.executed]).toEqual([CODE + 4, 3]);
  });
});
