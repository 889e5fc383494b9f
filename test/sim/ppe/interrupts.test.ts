import { beforeEach, describe, expect, it } from 'vitest';
import { EXIT } from '../../../src/sim/engine/exits.ts';
import { PPE_EXIT } from '../../../src/sim/ppe/exits.ts';
import { ppc } from '../../support/ppcWords.ts';
import { PpeMachine } from '../../support/ppeMachine.ts';

const CODE = 0x10000n;
const DATA = 0x20000n;
const NOWHERE = 0x9000_0000_0000n;

const machine = new PpeMachine();
beforeEach(() => {
  machine.clear();
  machine.write(DATA, new Uint8Array(4096));
});

/** Runs the words, until they end or something stops them. */
function run(...words: readonly number[]): number {
  machine.writeWords(CODE, words);
  machine.registers.pc = CODE;
  return machine.engine.run(words.length);
}

describe('the system call', () => {
  it('is complete when the engine is left', () => {
    expect(run(ppc('li', 0, 4), ppc('sc', 0), ppc('li', 0, 5))).toBe(PPE_EXIT.systemCall);
    expect(machine.registers.pc).toBe(CODE + 8n);
    expect(machine.engine.executed).toBe(2);
    expect(machine.registers.gpr(0)).toBe(4n);
  });
});

describe('instructions that are current again after their interrupt', () => {
  it.each([
    ['a word that is no instruction', 0, PPE_EXIT.illegal],
    ['attn', ppc('attn'), PPE_EXIT.illegal],
    ['mfmsr', ppc('mfmsr', 3), PPE_EXIT.privileged],
    ['mtmsrd', ppc('mtmsrd', 3, 0), PPE_EXIT.privileged],
    ['rfid', ppc('rfid'), PPE_EXIT.privileged],
    ['tlbie', ppc('tlbie', 3), PPE_EXIT.privileged],
    ['slbmte', ppc('slbmte', 3, 4), PPE_EXIT.privileged],
    ['mfpvr, an SPR with the privileged bit', ppc('mfpvr', 3), PPE_EXIT.privileged],
    ['mtspr of a privileged SPR', ppc('mtsrr0', 3), PPE_EXIT.privileged],
    ['mfspr of an SPR that is not there', ppc('mfspr', 3, 0), PPE_EXIT.illegal],
    ['trap', ppc('trap'), PPE_EXIT.trap],
  ])('%s', (_, word, code) => {
    expect(run(ppc('nop'), word)).toBe(code);
    expect(machine.registers.pc).toBe(CODE + 4n);
    expect(machine.engine.executed).toBe(1);
    expect(machine.registers.gpr(3)).toBe(0n);
  });
});

describe('an alignment interrupt', () => {
  it.each([
    ['lwarx', ppc('lwarx', 3, 0, 4), 2n], ['ldarx', ppc('ldarx', 3, 0, 4), 4n],
    ['stwcx.', ppc('stwcx.', 3, 0, 4), 1n], ['stdcx.', ppc('stdcx.', 3, 0, 4), 4n],
  ])('comes from %s off its boundary, with the address in DAR', (_, word, offset) => {
    machine.isReserved = true;
    machine.registers.setGpr(4, DATA + offset);
    expect(run(word)).toBe(PPE_EXIT.alignment);
    expect(machine.dar).toBe(DATA + offset);
    expect(machine.registers.pc).toBe(CODE);
    expect(machine.registers.cr).toBe(0);
    expect(machine.isReserved).toBe(true);
  });
});

describe('a fault', () => {
  it.each([
    ['lwzu', ppc('lwzu', 3, 8, 4)], ['lwzux', ppc('lwzux', 3, 4, 5)], ['ldu', ppc('ldu', 3, 8, 4)], ['stwu', ppc('stwu', 3, 8, 4)],
    ['lfsu', ppc('lfsu', 3, 8, 4)], ['stfdux', ppc('stfdux', 3, 4, 5)], ['lwarx', ppc('lwarx', 3, 0, 4)], ['dcbz', ppc('dcbz', 0, 4)],
    ['dcbf', ppc('dcbf', 0, 4)], ['icbi', ppc('icbi', 0, 4)], ['lmw', ppc('lmw', 20, 0, 4)], ['stmw', ppc('stmw', 20, 0, 4)],
    ['lswi', ppc('lswi', 6, 4, 7)], ['stswi', ppc('stswi', 6, 4, 7)],
  ])('of %s leaves every register as it was', (_, word) => {
    machine.registers.setGpr(3, 7n);
    machine.registers.setGpr(4, NOWHERE);
    machine.registers.setFpr(3, 9n);
    const before = machine.registers.bytes.slice();
    expect(run(word)).toBe(EXIT.memoryFault);
    machine.registers.pc = 0n;
    expect(machine.registers.bytes).toEqual(before);
  });

  it('of stwcx. keeps the reservation, so that it can be repeated', () => {
    machine.registers.setGpr(4, NOWHERE);
    machine.isReserved = true;
    expect(run(ppc('stwcx.', 3, 0, 4))).toBe(EXIT.memoryFault);
    expect(machine.isReserved).toBe(true);
  });

  it('does not come from hints', () => {
    machine.registers.setGpr(4, NOWHERE);
    expect(run(ppc('dcbt', 0, 4, 0), ppc('dcbtst', 0, 4, 0), ppc('dst', 4, 5, 0))).toBe(EXIT.budget);
  });

  it('of a load multiple that ends on a page that is not there loads nothing', () => {
    machine.write(DATA + 4088n, new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8]));
    machine.registers.setGpr(4, DATA + 4088n);
    expect(run(ppc('lmw', 29, 0, 4))).toBe(EXIT.memoryFault);
    expect([29, 30, 31].map((n) => machine.registers.gpr(n))).toEqual([0n, 0n, 0n]);
    machine.write(DATA + 4096n, new Uint8Array([9, 10, 11, 12]));
    machine.registers.pc = CODE;
    expect(machine.engine.run(1)).toBe(EXIT.budget);
    expect([29, 30, 31].map((n) => machine.registers.gpr(n))).toEqual([0x01020304n, 0x05060708n, 0x090a0b0cn]);
  });
});
