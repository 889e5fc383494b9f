import { describe, expect, it } from 'vitest';
import { PPC } from '../../../src/sim/ppe/instructionSet.ts';
import { PPC_STYLE } from '../../../src/sim/ppe/style.ts';
import { Disassembler } from '../../../src/sim/program/disassemble.ts';

const disassembler = new Disassembler(PPC, PPC_STYLE);
const symbolAt = (address: bigint): string | undefined => (address === 0x10010n ? 'loop' : undefined);

describe('Disassembler', () => {
  it('names the target of a branch', () => {
    expect(disassembler.disassemble(0x48000010, 0x10000n, symbolAt)).toMatchObject({ mnemonic: 'b', operands: '0x10010 <loop>', target: 0x10010n });
    expect(disassembler.disassemble(0x4182fff4, 0x10000n, symbolAt)).toMatchObject({ mnemonic: 'beq', operands: '0xfff4', target: 0xfff4n });
  });

  it('knows absolute targets, which extend their sign and are written as 32 bits', () => {
    expect(disassembler.disassemble(0x48010012, 0x5000n, symbolAt)).toMatchObject({ mnemonic: 'ba', operands: '0x10010 <loop>' });
    expect(disassembler.disassemble(0x4bfffffe, 0x5000n)).toMatchObject({ mnemonic: 'ba', operands: '0xfffffffc', target: 0xffff_ffff_ffff_fffcn });
  });

  it('wraps around the end of the address space', () => {
    expect(disassembler.disassemble(0x4bfffffc, 0n).target).toBe(0xffff_ffff_ffff_fffcn);
  });

  it('leaves out operands that say nothing, but not one before another that does', () => {
    const text = (word: number): string => {
      const { mnemonic, operands } = disassembler.disassemble(word, 0n);
      return `${mnemonic} ${operands}`.trim();
    };
    expect(text(0x4d820020)).toBe('beqlr');
    expect(text(0x4d820820)).toBe('beqlr cr0,1');
    expect(text(0x2c030005)).toBe('cmpwi r3,5');
    expect(text(0x2f830005)).toBe('cmpwi cr7,r3,5');
  });

  it('gives words that are no instruction as data', () => {
    expect(disassembler.disassemble(0, 0n)).toEqual({ mnemonic: '.long', operands: '0x0', instruction: undefined, target: undefined });
    expect(disassembler.disassemble(0x07ff_ffff, 0n).operands).toBe('0x7ffffff');
  });

  it('tells which instruction an extended mnemonic spells', () => {
    expect(disassembler.disassemble(0x38600001, 0n).instruction?.aliasOf).toBe('addi');
  });
});
