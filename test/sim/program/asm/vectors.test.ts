/** Single instructions: what GNU as made of a text, and round trips with the disassembler. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Builder } from '../../../../src/sim/engine/builder.ts';
import type { Instruction, InstructionSet } from '../../../../src/sim/engine/isa.ts';
import { PPC } from '../../../../src/sim/ppe/instructionSet.ts';
import { PPC_STYLE } from '../../../../src/sim/ppe/style.ts';
import { InstructionAssembler } from '../../../../src/sim/program/asm/instruction.ts';
import { Disassembler, type OperandStyle } from '../../../../src/sim/program/disassemble.ts';
import { SPU } from '../../../../src/sim/spe/instructionSet.ts';
import { SPU_STYLE } from '../../../../src/sim/spe/style.ts';
import { errorsOf } from '../../../support/assembly.ts';
import { plainName, readVectors, vectorFiles } from '../../../support/vectors.ts';

const FOLDER = fileURLToPath(new URL('../../../vectors/', import.meta.url));
const ppc = new InstructionAssembler(PPC);
const spu = new InstructionAssembler(SPU);

describe.each(vectorFiles(FOLDER))('%s', (file) => {
  const assembler = plainName(file).startsWith('spu') ? spu : ppc;

  it('assembles to the words that GNU as gives', () => {
    const wrong: string[] = [];
    for (const { source, pc = 0n, words } of readVectors(join(FOLDER, file))) {
      const mistakes = errorsOf(() => {
        const ours = assembler.assemble(source, Number(pc)).map((word) => word | 0);
        if (ours.join() !== words.join()) wrong.push(`${source}: ${hex(ours)}, not ${hex(words)}`);
      });
      wrong.push(...mistakes.map(({ message }) => `${source}: ${message}`));
    }
    expect(wrong).toEqual([]);
  });
});

/** As the SPU's objdump, but with numbers that read as numbers. */
const SPU_SOURCE_STYLE: OperandStyle = { ...SPU_STYLE, target: (address) => `0x${address.toString(16)}` };

/** objdump does not print the code of a stop; of the two encodings of `mftb`, which it prints alike, GNU as makes the newer. */
const NOT_WHOLE: ReadonlySet<string> = new Set(['stop', 'mftb']);

describe('a word disassembled and assembled again is the same', () => {
  it('for PowerPC', () => { roundTrips(PPC, PPC_STYLE, ppc); });
  it('for the SPU', () => { roundTrips(SPU, SPU_SOURCE_STYLE, spu); });
});

function roundTrips<B extends Builder>(isa: InstructionSet<B>, style: OperandStyle, assembler: InstructionAssembler): void {
  const disassembler = new Disassembler(isa, style);
  fc.assert(
    fc.property(fc.nat(isa.instructions.length - 1), fc.integer(), (index, bits) => {
      const word = legalWord(isa.instructions[index], bits);
      if (word === undefined || NOT_WHOLE.has(isa.instructions[index]?.mnemonic ?? '')) return;
      const pc = 0x8000;
      const { mnemonic, operands } = disassembler.disassemble(word, BigInt(pc));
      const text = `${mnemonic} ${operands}`.trim();
      expect(hex(assembler.assemble(text, pc)), text).toBe(hex([word]));
    }),
    { numRuns: 20_000 },
  );
}

/** A word of this instruction with operands from `bits` and the rest as the table has it; undefined where the operands are illegal. */
function legalWord<B extends Builder>(entry: Instruction<B> | undefined, bits: number): number | undefined {
  if (!entry) return undefined;
  const { encoding, operands } = entry;
  let word = encoding.match;
  for (const { field } of operands) {
    const operand = field.encode(field.decode((bits & ~encoding.mask) | encoding.match));
    if (operand === undefined) return undefined;
    word |= operand;
  }
  return word;
}

describe('an instruction on its own', () => {
  it('finds symbols by name', () => {
    const symbols = new Map([['loop', 0x1000_0000], ['table', 0x1001_8004]]);
    const at = (name: string): number | undefined => symbols.get(name);
    expect(hex(ppc.assemble('b loop', 0x1000_0010, at))).toBe('4bfffff0');
    expect(hex(ppc.assemble('addis 3,0,table@ha; lwz r4,table@l(3)', 0, at))).toBe('3c601002 80838004');
  });

  it('takes a plain branch target for an address, as the disassembler prints it', () => {
    expect(hex(ppc.assemble('b 0x10000000', 0x1000_0010))).toBe('4bfffff0');
  });

  it('says what is wrong, and where', () => {
    const mistake = (text: string): string[] => errorsOf(() => ppc.assemble(text, 0)).map(({ column, message }) => `${String(column)} ${message}`);
    expect(mistake('addi 3,4')).toEqual(['6 There are 2 operands here, but this instruction is written "addi rt,ra,si".']);
    expect(mistake('li 3,40000')).toEqual(['6 This operand of "li" is 40000; it must be -32768 to 32767.']);
    expect(mistake('nop; frob 3')).toEqual(['6 "frob" is no instruction of this processor.']);
    expect(mistake('b nowhere')).toEqual(['3 There is no symbol "nowhere".']);
  });
});

function hex(words: readonly number[]): string {
  return words.map((word) => (word >>> 0).toString(16).padStart(8, '0')).join(' ');
}
