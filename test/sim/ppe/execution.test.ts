import { beforeEach, describe, expect, it } from 'vitest';
import { EXIT } from '../../../src/sim/engine/exits.ts';
import { ppc } from '../../support/ppcWords.ts';
import { PpeMachine } from '../../support/ppeMachine.ts';

const CODE = 0x10000n;
const DATA = 0x20000n;

const machine = new PpeMachine();
const { registers } = machine;
beforeEach(() => {
  machine.clear();
  machine.write(DATA, new Uint8Array(8192));
});

function load(...words: readonly number[]): void {
  machine.writeWords(CODE, words);
  registers.pc = CODE;
}

describe('reservations', () => {
  const PAIR = [ppc('lwarx', 3, 0, 4), ppc('stwcx.', 5, 0, 4)];

  it('are lost when the machine takes them away', () => {
    load(...PAIR);
    registers.setGpr(4, DATA);
    registers.setGpr(5, 1n);
    machine.engine.run(1);
    machine.isReserved = false;
    machine.engine.run(1);
    expect(registers.crField(0)).toBe(0);
    expect(machine.read(DATA, 4)).toEqual(new Uint8Array(4));
  });

  it('hold for one store, at any address (a Cell does not compare them)', () => {
    load(ppc('lwarx', 3, 0, 4), ppc('stwcx.', 5, 6, 4), ppc('stwcx.', 5, 0, 4));
    registers.setGpr(4, DATA);
    registers.setGpr(5, 1n);
    registers.setGpr(6, 64n);
    machine.engine.run(2);
    expect(registers.crField(0)).toBe(0b0010);
    machine.engine.run(1);
    expect(registers.crField(0)).toBe(0);
    expect(machine.read(DATA, 4)).toEqual(new Uint8Array(4));
    expect(machine.read(DATA + 64n, 4)).toEqual(new Uint8Array([0, 0, 0, 1]));
  });
});

describe('the time base', () => {
  it('ticks once an instruction from where the run began', () => {
    load(ppc('mftb', 3), ppc('nop'), ppc('nop'), ppc('mftb', 4), ppc('mftbu', 5));
    machine.timeBase = 0x1_ffff_fffen;
    expect(machine.engine.run(5)).toBe(EXIT.budget);
    expect([3, 4, 5].map((n) => registers.gpr(n))).toEqual([0x1_ffff_fffen, 0x2_0000_0001n, 2n]);
  });

  it('is read by the older mftb too (XO 371)', () => {
    load(0x7c6c42e6, 0x7c8d42e6);
    machine.timeBase = 0x5_0000_0000n;
    machine.engine.run(2);
    expect([registers.gpr(3), registers.gpr(4)]).toEqual([0x5_0000_0000n, 5n]);
  });
});

describe('multiple and string accesses', () => {
  it('go around from r31 to r0', () => {
    machine.write(DATA, Uint8Array.from({ length: 12 }, (_, i) => i + 1));
    load(ppc('lswi', 31, 4, 11));
    registers.setGpr(4, DATA);
    machine.engine.run(1);
    expect([31, 0, 1].map((n) => registers.gpr(n))).toEqual([0x01020304n, 0x05060708n, 0x090a0b00n]);
  });

  it('move 32 bytes for a count of 0', () => {
    for (let n = 6; n < 14; n += 1) registers.setGpr(n, BigInt(n));
    load(ppc('stswi', 6, 4, 32));
    registers.setGpr(4, DATA);
    machine.engine.run(1);
    expect([...machine.read(DATA, 36)].filter((byte) => byte !== 0)).toEqual([6, 7, 8, 9, 10, 11, 12, 13]);
  });

  it('cross pages', () => {
    load(ppc('stswi', 6, 4, 6), ppc('lswi', 8, 4, 6));
    registers.setGpr(4, DATA + 4093n);
    registers.setGpr(6, 0x01020304n);
    registers.setGpr(7, 0x05060000n);
    machine.engine.run(2);
    expect(machine.read(DATA + 4093n, 6)).toEqual(new Uint8Array([1, 2, 3, 4, 5, 6]));
    expect([registers.gpr(8), registers.gpr(9)]).toEqual([0x01020304n, 0x05060000n]);
  });

  it('may change code', () => {
    load(ppc('li', 3, 1), ppc('stmw', 31, 0, 4), ppc('b', -8));
    machine.engine.run(1);
    registers.setGpr(4, CODE);
    registers.setGpr(31, BigInt(ppc('li', 3, 2)));
    machine.engine.run(3);
    expect(registers.gpr(3)).toBe(2n);
  });
});

describe('invalid update forms', () => {
  it('leave the address in a base that was the target too', () => {
    load(ppc('lwzu', 4, 8, 4));
    registers.setGpr(4, DATA);
    machine.engine.run(1);
    expect(registers.gpr(4)).toBe(DATA + 8n);
  });

  it('take register 0 itself as base', () => {
    load(ppc('stwu', 5, 8, 0));
    registers.setGpr(0, DATA);
    registers.setGpr(5, 7n);
    machine.engine.run(1);
    expect(registers.gpr(0)).toBe(DATA + 8n);
    expect(machine.read(DATA + 8n, 4)).toEqual(new Uint8Array([0, 0, 0, 7]));
  });
});

describe('words with reserved bits set', () => {
  it.each([
    ['mffscrni is mffs', 0xfc17048e, 0x1234n],
    ['mffs', 0xfc00048e, 0x1234n],
  ])('%s', (_, word, expected) => {
    load(word);
    registers.fpscr = 0x1234;
    machine.engine.run(1);
    expect(registers.fpr(0)).toBe(expected);
  });

  it('mulhw ignores the overflow bit', () => {
    load(ppc('mulhw', 3, 4, 5) | 0x400);
    registers.setGpr(4, 0x8000_0000n);
    registers.setGpr(5, 2n);
    machine.engine.run(1);
    expect(registers.gpr(3)).toBe(0xffff_ffff_ffff_ffffn);
    expect(registers.xer).toBe(0);
  });

  it('lwarx ignores the hint bit of later processors', () => {
    load(ppc('lwarx', 3, 0, 4) | 1);
    registers.setGpr(4, DATA);
    expect(machine.engine.run(1)).toBe(EXIT.budget);
    expect(machine.isReserved).toBe(true);
  });
});

describe('mcrxr', () => {
  it('moves SO, OV and CA to a CR field', () => {
    load(ppc('mcrxr', 5));
    registers.xer = 0xe000_0007;
    registers.setCrField(5, 1);
    machine.engine.run(1);
    expect(registers.crField(5)).toBe(0b1110);
    expect(registers.xer).toBe(7);
  });
});

describe('singles in memory', () => {
  // Book I, section 4.6.2: DOUBLE(word); the bits of a signalling NaN stay.
  it.each([
    [0x3f800000, 0x3ff0000000000000n], [0x80000000, 0x8000000000000000n], [0x7f800000, 0x7ff0000000000000n],
    [0x7f800001, 0x7ff0000020000000n], [0xffc00000, 0xfff8000000000000n], [0xffbfffff, 0xfff7ffffe0000000n],
    [0x00000001, 0x36a0000000000000n], [0x807fffff, 0xb80fffffc0000000n],
  ])('%i becomes %i and goes back', (word, double) => {
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setUint32(0, word);
    machine.write(DATA, bytes);
    load(ppc('lfs', 1, 0, 4), ppc('stfs', 1, 8, 4));
    registers.setGpr(4, DATA);
    machine.engine.run(2);
    expect(registers.fpr(1)).toBe(double);
    expect(machine.read(DATA + 8n, 4)).toEqual(bytes);
  });
});
