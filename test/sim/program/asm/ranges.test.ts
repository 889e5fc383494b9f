/** Every operand of every instruction refuses what does not fit, and says what does. */
import { describe, expect, it } from 'vitest';
import { InstructionAssembler } from '../../../../src/sim/program/asm/instruction.ts';
import type { InstructionTable, TableEntry, TableOperand } from '../../../../src/sim/program/asm/table.ts';
import { PPC } from '../../../../src/sim/ppe/instructionSet.ts';
import { SPU } from '../../../../src/sim/spe/instructionSet.ts';
import { errorsOf } from '../../../support/assembly.ts';

/** No field has room for these, and none is a bit more than 32 bits wide. */
const TOO_LARGE = 2 ** 40;
const CANDIDATES = [8, 16, 4, 2, 1, 0, 128, 268, 0xff00];

function fitting({ field }: TableOperand): number {
  const value = CANDIDATES.find((candidate) => field.encode(candidate) !== undefined);
  if (value === undefined) throw new Error(`No value fits ${field.name}.`);
  return value;
}

/** The instruction in source text: all operands fit but the one at `index`. */
function textOf({ mnemonic, operands }: TableEntry, index: number, value: number): string {
  const written = operands.reduce((text, operand, at) => {
    const number = String(at === index ? value : fitting(operand));
    if (operand.displaced) return `${text}(${number})`;
    return text === '' ? number : `${text},${number}`;
  }, '');
  return `${mnemonic} ${written}`;
}

/** Texts that were not refused with a range, and what was said of them. */
function unrefused(table: InstructionTable, value: number): string[] {
  const assembler = new InstructionAssembler(table);
  return [...table.instructions, ...table.aliases].flatMap((entry) => entry.operands.flatMap((_, index) => {
    const text = textOf(entry, index, value);
    const said = errorsOf(() => assembler.assemble(text, 0)).map(({ message }) => message);
    return said.length === 1 && /; it must be .*\d/.test(said[0] ?? '') ? [] : [`${text}: ${said.join(' ')}`];
  }));
}

describe.each([['PowerPC', PPC], ['SPU', SPU]] as const)('%s operands', (_, table) => {
  it('refuse what is too large, with the permitted range', () => { expect(unrefused(table, TOO_LARGE)).toEqual([]); });
  it('refuse what is too small, with the permitted range', () => { expect(unrefused(table, -TOO_LARGE)).toEqual([]); });
});
