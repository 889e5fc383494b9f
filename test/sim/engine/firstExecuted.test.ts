import { describe, expect, it } from 'vitest';
import { toy, TOY_HALT } from './toyIsa.ts';
import { ToyMachine } from './toyMachine.ts';

const CODE = 0x1000;
const ALIAS = 0x9000;

describe('the first execution of an instruction', () => {
  it('is told once for a loop, and not for what was jumped over', () => {
    const machine = new ToyMachine().map(CODE, 1).load(CODE, [toy('addi', 1, 1, -1), toy('bnz', 1, 0, -4), toy('halt'), toy('halt')]);
    machine.setRegister(1, 5n);
    machine.engine.pc = CODE;
    expect(machine.engine.run(100)).toBe(TOY_HALT);
    expect(machine.firstExecuted).toEqual([CODE, CODE + 4, CODE + 8]);
  });

  it('is told for every address that a page is executed at', () => {
    const machine = new ToyMachine().map(CODE, 1).map(ALIAS, 1).load(CODE, [toy('halt')]);
    for (const address of [CODE, ALIAS, CODE]) {
      machine.engine.pc = address;
      expect(machine.engine.run(100)).toBe(TOY_HALT);
    }
    expect(new Set(machine.firstExecuted)).toEqual(new Set([CODE, ALIAS]));
  });

  it('is not told for an instruction that a breakpoint stops at', () => {
    const machine = new ToyMachine().map(CODE, 1).load(CODE, [toy('addi', 1, 1, 1), toy('halt')]);
    machine.engine.setBreakpoints([CODE + 4]);
    machine.engine.pc = CODE;
    machine.engine.run(100);
    expect(machine.firstExecuted).toEqual([CODE]);
    machine.engine.run(100, true);
    expect(machine.firstExecuted).toEqual([CODE, CODE + 4]);
  });
});
