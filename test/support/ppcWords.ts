/** Instruction words from mnemonics and operand values, for tests of the machine without the assembler. */
import type { PpcInstruction } from '../../src/sim/ppe/insn.ts';
import { PPC } from '../../src/sim/ppe/instructionSet.ts';

type PpcField = PpcInstruction['operands'][number]['field'];

/** `ppc('lwz', 3, 8, 1)` is `lwz r3,8(r1)`: operands in the order of the source text; only optional ones at the end may be left out. */
export function ppc(mnemonic: string, ...operands: readonly number[]): number {
  for (const entry of [...PPC.instructions, ...PPC.aliases]) {
    if (entry.mnemonic !== mnemonic || operands.length > entry.operands.length) continue;
    const values = entry.operands.map(({ optional }, index) => operands[index] ?? optional);
    const parts = entry.operands.map(({ field }, index) => encoded(field, values[index]));
    if (parts.every((part) => part !== undefined)) return parts.reduce((word: number, part) => word | part, entry.encoding.match);
  }
  throw new Error(`No form of ${mnemonic} takes ${operands.join(', ')}.`);
}

function encoded(field: PpcField, value: number | undefined): number | undefined {
  return value === undefined ? undefined : field.encode(value);
}
