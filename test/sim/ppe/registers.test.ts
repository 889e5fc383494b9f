import { describe, expect, it } from 'vitest';
import { PPE_STATE, PPE_STATE_BYTES, PPE_USER_BYTES } from '../../../src/sim/ppe/layout.ts';
import { PPE_REGISTER_GROUPS, ppeRegister } from '../../../src/sim/ppe/registerNames.ts';
import { PpeRegisters } from '../../../src/sim/ppe/registers.ts';

const ALL = PPE_REGISTER_GROUPS.flatMap(({ registers }) => registers);

describe('PpeRegisters', () => {
  it('keeps every register apart from all others', () => {
    const registers = new PpeRegisters(new Uint8Array(PPE_USER_BYTES));
    const fields = ALL.filter(({ bits }) => bits > 4);
    const valueOf = (index: number, bits: number): bigint => BigInt.asUintN(bits, BigInt(index + 1) * 0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c834n);
    fields.forEach(({ bits, set }, index) => { set(registers, valueOf(index, bits)); });
    const kept = fields.filter(({ name, bits, get }, index) => name !== 'xer' && get(registers) !== valueOf(index, bits));
    expect(kept).toEqual([]);
    expect(registers.bytes.subarray(PPE_STATE.zero, PPE_STATE.zero + 8)).toEqual(new Uint8Array(8));
  });

  it('keeps of XER what the architecture has', () => {
    const registers = new PpeRegisters(new Uint8Array(PPE_USER_BYTES));
    registers.xer = 0xffff_ffff;
    expect(registers.xer).toBe(0xe000_007f);
  });

  it('shows CR as a word and by fields', () => {
    const registers = new PpeRegisters(new Uint8Array(PPE_USER_BYTES));
    registers.cr = 0x8421_000f;
    expect([0, 1, 2, 3, 7].map((n) => registers.crField(n))).toEqual([8, 4, 2, 1, 15]);
    registers.setCrField(7, 0b0010);
    registers.setSummaryOverflow(true);
    expect(registers.cr).toBe(0x9421_0002);
    registers.setSummaryOverflow(false);
    expect(registers.cr).toBe(0x8421_0002);
  });

  it('works over a part of a larger memory', () => {
    const memory = new Uint8Array(4096).fill(0xff);
    const registers = new PpeRegisters(memory.subarray(1000, 1000 + PPE_STATE_BYTES));
    registers.setGpr(31, -1n);
    registers.setVr(31, 1n << 127n);
    expect(registers.gpr(31)).toBe(0xffff_ffff_ffff_ffffn);
    expect(registers.vr(31)).toBe(1n << 127n);
    expect(memory[1000 + PPE_STATE.vr + 31 * 16 + 15]).toBe(0x80);
  });

  it('refuses a state that is too small', () => {
    expect(() => new PpeRegisters(new Uint8Array(100))).toThrow('The registers of a task have 1120 bytes; these have 100.');
  });
});

describe('register names', () => {
  it.each([['r3', 'r3'], ['$R3', 'r3'], ['%r31', 'r31'], ['sp', 'r1'], ['nip', 'pc'], ['cr6', 'cr6'], ['FPSCR', 'fpscr'], ['v12', 'v12']])('%s is %s', (text, name) => {
    expect(ppeRegister(text)?.name).toBe(name);
  });

  it.each(['r32', 'f', 'x3', '', 'msr'])('%s is none', (text) => {
    expect(ppeRegister(text)).toBeUndefined();
  });

  it('takes values modulo the width', () => {
    const registers = new PpeRegisters(new Uint8Array(PPE_USER_BYTES));
    for (const { bits, name, set, get } of ALL) {
      if (name === 'xer') continue;
      set(registers, -1n);
      expect([name, get(registers)]).toEqual([name, (1n << BigInt(bits)) - 1n]);
    }
  });
});
