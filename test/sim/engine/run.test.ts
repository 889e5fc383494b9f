import { describe, expect, it } from 'vitest';
import { EXIT } from '../../../src/sim/engine/exits.ts';
import { TOY, toy, TOY_HALT, TOY_ILLEGAL, TOY_TRAP } from './toyIsa.ts';
import { PAGE, ToyMachine } from './toyMachine.ts';

const CODE = 0x10000;
const SUM_LOOP = [
  toy('li', 1, 0, 0),
  toy('li', 2, 0, 100),
  toy('add', 1, 1, 2),
  toy('addi', 2, 2, -1),
  toy('bnz', 2, 0, -8),
  toy('halt'),
];
/** Instructions before `halt`: two, and three for each of 100 rounds. */
const SUM_LENGTH = 302;

function machineWith(words: readonly number[]): ToyMachine {
  const machine = new ToyMachine().map(CODE, 1).load(CODE, words);
  machine.engine.pc = CODE;
  return machine;
}

describe('running', () => {
  it('executes a loop until an instruction leaves, which is not done', () => {
    const machine = machineWith(SUM_LOOP);
    expect(machine.engine.run(1_000_000)).toBe(TOY_HALT);
    expect(machine.register(1)).toBe(5050n);
    expect(machine.engine.executed).toBe(SUM_LENGTH);
    expect(machine.engine.pc).toBe(CODE + 20);
  });

  it('stops exactly when the budget is used up, for every budget', () => {
    const stepped = machineWith(SUM_LOOP);
    const whole = machineWith(SUM_LOOP);
    for (let budget = 0; budget <= SUM_LENGTH; budget++) {
      for (let n = 0; n < 16; n++) whole.setRegister(n, 0n);
      whole.engine.pc = CODE;
      expect(whole.engine.run(budget)).toBe(EXIT.budget);
      expect(whole.engine.executed).toBe(budget);
      expect(whole.registers).toEqual(stepped.registers);
      expect(whole.engine.pc).toBe(stepped.engine.pc);
      if (budget < SUM_LENGTH) expect(stepped.engine.run(1)).toBe(EXIT.budget);
    }
    expect(stepped.engine.run(1)).toBe(TOY_HALT);
    expect(stepped.engine.executed).toBe(0);
  });

  it('takes a budget of any size', () => {
    expect(machineWith(SUM_LOOP).engine.run(2 ** 40)).toBe(TOY_HALT);
    const machine = machineWith(SUM_LOOP);
    expect(machine.engine.run(-1)).toBe(EXIT.budget);
    expect([machine.engine.executed, machine.engine.pc]).toEqual([0, CODE]);
  });

  it('completes the instruction of an exit that advances', () => {
    const machine = machineWith([toy('li', 1, 0, 7), toy('trap', 0, 0, 3), toy('li', 1, 0, 8)]);
    expect(machine.engine.run(10)).toBe(TOY_TRAP + 3);
    expect(machine.engine.executed).toBe(2);
    expect(machine.engine.pc).toBe(CODE + 8);
    expect(machine.register(1)).toBe(7n);
  });

  it.each([['a word that no entry matches', 0xff000000], ['an instruction without a meaning', toy('someday')]])('leaves at %s', (_, word) => {
    const machine = machineWith([toy('li', 1, 0, 7), word]);
    expect(machine.engine.run(10)).toBe(TOY_ILLEGAL);
    expect(machine.engine.executed).toBe(1);
    expect(machine.engine.pc).toBe(CODE + 4);
  });

  it('knows its address and the instructions completed', () => {
    const machine = machineWith([toy('clock', 1), toy('link', 2), toy('clock', 3), toy('halt')]);
    machine.engine.run(2);
    expect([machine.register(1), machine.register(2)]).toEqual([0n, BigInt(CODE + 4)]);
    machine.engine.run(5);
    expect(machine.register(3)).toBe(0n);
  });

  it('calls helpers with their arguments, program counter and time exact', () => {
    const seen: number[][] = [];
    const machine: ToyMachine = new ToyMachine({
      ask: (a = 0, b = 0) => {
        seen.push([a, b, machine.engine.pc, machine.engine.elapsed]);
        return -5;
      },
    });
    machine.map(CODE, 1).load(CODE, [toy('li', 1, 0, 3), toy('li', 2, 0, -4), toy('ask', 3, 1, 2), toy('halt')]);
    machine.engine.pc = CODE;
    expect(machine.engine.run(100)).toBe(TOY_HALT);
    expect(seen).toEqual([[3, -4, CODE + 8, 2]]);
    expect(machine.register(3)).toBe(BigInt.asUintN(64, -5n));
  });

  it('has completed nothing before its first run', () => {
    expect(new ToyMachine().engine.executed).toBe(0);
  });

  it('stops before the first instruction of a page whose fetch asks for it', () => {
    const machine = machineWith([toy('li', 1, 0, 1), toy('li', 2, 0, 1)]);
    const fetch = machine.fetch.bind(machine);
    machine.fetch = (high, low) => {
      machine.engine.requestStop();
      return fetch(high, low);
    };
    expect(machine.engine.run(10)).toBe(EXIT.stopRequested);
    expect([machine.engine.executed, machine.engine.pc]).toEqual([0, CODE]);
    expect(machine.engine.run(1)).toBe(EXIT.budget);
    expect(machine.engine.executed).toBe(1);
  });

  it('stops after the instruction whose helper asks for it', () => {
    const machine: ToyMachine = new ToyMachine({ ask: () => { machine.engine.requestStop(); return 1; } });
    machine.map(CODE, 1).load(CODE, [toy('li', 1), toy('ask', 3), toy('b', 0, 0, 0)]);
    machine.engine.pc = CODE;
    expect(machine.engine.run(1000)).toBe(EXIT.stopRequested);
    expect(machine.engine.executed).toBe(2);
    expect(machine.register(3)).toBe(1n);
    expect(machine.engine.run(5)).toBe(EXIT.budget);
    expect(machine.engine.executed).toBe(5);
  });
});

describe('an engine that cannot be made', () => {
  it('says which helper is missing', () => {
    const machine = new ToyMachine({}).map(CODE, 1);
    expect(() => machine.engine.run(1)).toThrow('The instruction set ppc needs a helper "ask", and the engine was given none.');
  });

  it('says which helper the instruction set does not declare', () => {
    const machine = new ToyMachine({}, { ...TOY, helpers: {} }).map(CODE, 1);
    expect(() => machine.engine.run(1)).toThrow('A meaning calls the helper "ask", which its instruction set does not declare.');
  });

  it('says when the state is too large', () => {
    expect(() => new ToyMachine({}, { ...TOY, stateBytes: 8208 })).toThrow('The state of ppc takes 8208 bytes; the layout has 8192.');
  });
});

describe('code pages', () => {
  it('go on at the next page, wherever that is in memory', () => {
    const machine = new ToyMachine().map(CODE, 9).map(CODE + PAGE, 3);
    machine.load(CODE + PAGE - 4, [toy('li', 1, 0, 1), toy('addi', 1, 1, 1), toy('halt')]);
    machine.engine.pc = CODE + PAGE - 4;
    expect(machine.engine.run(1)).toBe(EXIT.budget);
    expect(machine.engine.pc).toBe(CODE + PAGE);
    expect(machine.engine.run(9)).toBe(TOY_HALT);
    expect(machine.engine.executed).toBe(1);
    expect(machine.register(1)).toBe(2n);
    expect(machine.engine.pc).toBe(CODE + PAGE + 4);
  });

  it('branch within, out of and back into a page', () => {
    const machine = new ToyMachine().map(CODE, 1).map(CODE + PAGE, 2);
    machine.load(CODE, [toy('li', 1, 0, 3), toy('b', 0, 0, PAGE), toy('halt')]);
    machine.load(CODE + PAGE, [toy('halt'), toy('addi', 1, 1, -1), toy('bnz', 1, 0, -4), toy('b', 0, 0, 4 - PAGE)]);
    machine.load(CODE + PAGE + 16, [toy('halt')]);
    machine.load(CODE + 16, [toy('halt')]);
    machine.engine.pc = CODE;
    expect(machine.engine.run(100)).toBe(TOY_HALT);
    expect(machine.register(1)).toBe(0n);
    expect(machine.engine.pc).toBe(CODE + 16);
    expect(machine.engine.executed).toBe(2 + 3 * 2 + 1);
  });

  it('jump to computed addresses above 4 GiB', () => {
    const far = 0x123_4567_8000;
    const machine = new ToyMachine().map(CODE, 1).map(far, 2).load(CODE, [toy('jump', 0, 5)]).load(far + 8, [toy('link', 6), toy('halt')]);
    machine.engine.pc = CODE;
    machine.setRegister(5, BigInt(far + 8));
    expect(machine.engine.run(100)).toBe(TOY_HALT);
    expect(machine.register(6)).toBe(BigInt(far + 8));
    expect(machine.engine.pc).toBe(far + 12);
  });

  it('fault when they are not mapped, with the branch done', () => {
    const machine = machineWith([toy('li', 1, 0, 1), toy('b', 0, 0, 2 * PAGE)]);
    expect(machine.engine.run(100)).toBe(EXIT.fetchFault);
    expect(machine.engine.executed).toBe(2);
    expect(machine.engine.pc).toBe(CODE + 4 + 2 * PAGE);
    expect(machine.log).toContain(`fetch ${(CODE + 4 + 2 * PAGE).toString(16)} after 2`);
    machine.map(CODE + 2 * PAGE, 5).load(CODE + 4 + 2 * PAGE, [toy('halt')]);
    expect(machine.engine.run(100)).toBe(TOY_HALT);
  });

  it('are evicted when there are too many', () => {
    const pages = 600;
    const machine = new ToyMachine();
    for (let i = 0; i < pages; i++) {
      const ea = CODE + i * PAGE;
      machine.map(ea, i).load(ea, [toy('addi', 1, 1, i + 1), toy('b', 0, 0, i === pages - 1 ? 8 : PAGE - 4), toy('halt')]);
    }
    machine.load(CODE + (pages - 1) * PAGE + 12, [toy('jump', 0, 7)]);
    machine.setRegister(7, BigInt(CODE));
    machine.engine.pc = CODE;
    const round = pages * (pages + 1) / 2;
    for (let times = 1; times <= 3; times++) {
      expect(machine.engine.run(pages * 2 + 1)).toBe(EXIT.budget);
      expect(machine.register(1)).toBe(BigInt(round * times));
    }
  });
});
