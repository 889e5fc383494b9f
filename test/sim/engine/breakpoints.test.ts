import { describe, expect, it } from 'vitest';
import { EXIT } from '../../../src/sim/engine/exits.ts';
import { toy, TOY_HALT } from './toyIsa.ts';
import { PAGE, ToyMachine } from './toyMachine.ts';

const CODE = 0x10000;
const LOOP = [toy('li', 1, 0, 3), toy('addi', 2, 2, 1), toy('addi', 1, 1, -1), toy('bnz', 1, 0, -8), toy('halt')];

function machineWith(words: readonly number[]): ToyMachine {
  const machine = new ToyMachine().map(CODE, 1).load(CODE, words);
  machine.engine.pc = CODE;
  return machine;
}

describe('breakpoints', () => {
  it('stop before the instruction, each time round', () => {
    const machine = machineWith(LOOP);
    machine.engine.setBreakpoints([CODE + 8]);
    const stops: unknown[] = [];
    let code = machine.engine.run(100);
    for (let i = 0; code === EXIT.breakpoint && i < 10; i++) {
      stops.push([machine.engine.pc, machine.engine.executed, machine.register(1), machine.register(2)]);
      code = machine.engine.run(100, true);
    }
    expect(stops).toEqual([[CODE + 8, 2, 3n, 1n], [CODE + 8, 3, 2n, 2n], [CODE + 8, 3, 1n, 3n]]);
    expect(code).toBe(TOY_HALT);
  });

  it('hold when a run starts at one, unless it is to be passed', () => {
    const machine = machineWith(LOOP);
    machine.engine.setBreakpoints([CODE]);
    expect(machine.engine.run(100)).toBe(EXIT.breakpoint);
    expect(machine.engine.executed).toBe(0);
    expect(machine.engine.run(1, true)).toBe(EXIT.budget);
    expect(machine.engine.executed).toBe(1);
  });

  it('are passed once by a branch to itself', () => {
    const machine = machineWith([toy('b', 0, 0, 0)]);
    machine.engine.setBreakpoints([CODE]);
    expect(machine.engine.run(100, true)).toBe(EXIT.breakpoint);
    expect(machine.engine.executed).toBe(1);
  });

  it('do not pass one that the first instruction leads to', () => {
    const machine = machineWith([toy('b', 0, 0, 4), toy('halt')]);
    machine.engine.setBreakpoints([CODE + 4]);
    expect(machine.engine.run(100, true)).toBe(EXIT.breakpoint);
    expect(machine.engine.pc).toBe(CODE + 4);
  });

  it('leave the clock and the budget exact when they are passed', () => {
    const words = [toy('clock', 1), toy('clock', 2), toy('clock', 3), toy('clock', 4), toy('halt')];
    const machine = machineWith(words).map(0x9000, 1);
    machine.engine.setBreakpoints([CODE + 4]);
    expect(machine.engine.run(100)).toBe(EXIT.breakpoint);
    expect(machine.engine.run(2, true)).toBe(EXIT.budget);
    expect([machine.engine.executed, machine.engine.pc]).toEqual([2, CODE + 12]);
    expect(machine.registers.slice(1, 4)).toEqual([0n, 0n, 1n]);
    machine.engine.pc = 0x9000;
    for (const budget of [1, 2, 3]) {
      machine.engine.pc = 0x9000;
      expect(machine.engine.run(budget)).toBe(EXIT.budget);
      expect([machine.engine.executed, machine.engine.pc]).toEqual([budget, 0x9000 + 4 * budget]);
    }
    expect(machine.registers.slice(1, 4)).toEqual([0n, 1n, 2n]);
  });

  it('can be set in code that has run, and taken away', () => {
    const machine = machineWith(LOOP);
    machine.engine.run(4);
    machine.engine.setBreakpoints([CODE + 4, CODE + 16]);
    expect(machine.engine.run(100)).toBe(EXIT.breakpoint);
    expect(machine.engine.pc).toBe(CODE + 4);
    machine.engine.setBreakpoints([CODE + 16]);
    expect(machine.engine.run(100)).toBe(EXIT.breakpoint);
    expect(machine.engine.pc).toBe(CODE + 16);
    machine.engine.setBreakpoints([]);
    expect(machine.engine.run(100)).toBe(TOY_HALT);
  });

  it('survive a change of their instruction', () => {
    const machine = machineWith(LOOP);
    machine.engine.setBreakpoints([CODE + 8]);
    machine.engine.run(100);
    machine.load(CODE + 8, [toy('li', 1, 0, 0)]);
    machine.engine.invalidateCode(machine.hostOffset(BigInt(CODE)), PAGE);
    machine.engine.pc = CODE;
    expect(machine.engine.run(100)).toBe(EXIT.breakpoint);
    expect(machine.engine.run(100, true)).toBe(TOY_HALT);
    expect(machine.register(1)).toBe(0n);
  });

  it('survive a flush and a reset', () => {
    const machine = machineWith(LOOP);
    machine.engine.setBreakpoints([CODE + 8]);
    machine.engine.run(100);
    for (const forget of [() => { machine.engine.flushTlb(); }, () => { machine.engine.reset(); }]) {
      forget();
      machine.engine.pc = CODE;
      expect(machine.engine.run(100)).toBe(EXIT.breakpoint);
    }
  });

  it('are at an address, not in memory: another address of the same page is free', () => {
    const alias = 0x5000_0000;
    const machine = machineWith(LOOP).map(alias, 1);
    machine.engine.pc = alias;
    machine.engine.setBreakpoints([CODE + 8]);
    expect(machine.engine.run(100)).toBe(TOY_HALT);
    expect(machine.engine.executed).toBe(10);
    machine.engine.pc = CODE;
    expect(machine.engine.run(100)).toBe(EXIT.breakpoint);
    machine.engine.pc = alias;
    expect(machine.engine.run(100)).toBe(TOY_HALT);
  });
});

describe('changed code', () => {
  const ADDI = toy('addi', 2, 2, 100);
  /** Stores r6 over the instruction at CODE + 12, and runs it. */
  const PATCH = [toy('store4', 6, 5, 12), toy('addi', 3, 3, 1), toy('addi', 3, 3, 1), toy('addi', 2, 2, 1), toy('halt')];

  it.each([['cached', false], ['through the scratch area', true]])('runs after a store by the processor itself, %s', (_, uncached) => {
    const machine = machineWith(PATCH);
    if (uncached) machine.uncached.add(BigInt(CODE) >> 12n);
    machine.setRegister(5, BigInt(CODE));
    for (const [word, sum] of [[toy('addi', 2, 2, 1), 1n], [ADDI, 101n], [toy('addi', 2, 2, 10), 111n]] as const) {
      machine.setRegister(6, BigInt(word));
      machine.engine.pc = CODE;
      expect(machine.engine.run(100)).toBe(TOY_HALT);
      expect(machine.register(2)).toBe(sum);
    }
  });

  it('runs after a store to a page that was writable before it held code', () => {
    const target = CODE + 4 * PAGE;
    const machine = machineWith([toy('store4', 6, 5, 0), toy('jump', 0, 5), toy('halt')]).map(target, 2).load(target, [0, toy('jump', 0, 7)]);
    machine.setRegister(5, BigInt(target));
    machine.setRegister(7, BigInt(CODE + 8));
    for (const [word, sum] of [[toy('addi', 2, 2, 1), 1n], [ADDI, 101n]] as const) {
      machine.setRegister(6, BigInt(word));
      machine.engine.pc = CODE;
      expect(machine.engine.run(100)).toBe(TOY_HALT);
      expect(machine.register(2)).toBe(sum);
    }
  });

  it('may be the instruction that changes it', () => {
    const machine = machineWith([toy('store4', 6, 5, 0), toy('halt')]);
    machine.setRegister(5, BigInt(CODE));
    machine.setRegister(6, BigInt(ADDI));
    machine.engine.run(100);
    machine.engine.pc = CODE;
    machine.engine.run(1);
    expect(machine.register(2)).toBe(100n);
  });

  it('becomes data after many stores, and code again when it runs', () => {
    const machine = machineWith([toy('store4', 6, 5, 0x100), toy('addi', 1, 1, -1), toy('bnz', 1, 0, -8), toy('halt')]);
    machine.setRegister(5, BigInt(CODE));
    machine.setRegister(6, BigInt(ADDI));
    machine.setRegister(1, 10_000n);
    expect(machine.engine.run(100_000)).toBe(TOY_HALT);
    const asked = machine.log.filter((line) => line.startsWith('store')).length;
    // Its own loop is in the page, so each time it becomes data it is code again at the next instruction.
    expect(asked).toBe(10_000);
    const data = machineWith([toy('jump', 0, 7)]).map(CODE + PAGE, 2).load(CODE + PAGE, [
      toy('store4', 6, 5, 0x100), toy('addi', 1, 1, -1), toy('bnz', 1, 0, -8), toy('halt'),
    ]);
    data.engine.run(1);
    data.setRegister(5, BigInt(CODE));
    data.setRegister(6, BigInt(toy('halt')));
    data.setRegister(1, 10_000n);
    data.engine.pc = CODE + PAGE;
    expect(data.engine.run(100_000)).toBe(TOY_HALT);
    expect(data.log.filter((line) => line.startsWith('store')).length).toBeLessThan(40);
    data.engine.pc = CODE + 0x100;
    expect(data.engine.run(1)).toBe(TOY_HALT);
    expect(data.watch.holdsCode(data.hostOffset(BigInt(CODE)))).toBe(true);
  });
});
