/** Instruction words from mnemonics and operand values, for tests of the machine without the assembler. */
import { PPC } from '../../src/sim/ppe/instructionSet.ts';

/** `ppc('lwz', 3, 8, 1)` is `lwz r3,8(r1)`: operands in the order of the source text, none left out. */
export function ppc(mnemonic: string, ...operands: readonly number[]): number {
  for (const entry of [...PPC.instructions, ...PPC.aliases]) {
    if (entry.mnemonic !== mnemonic || entry.operands.length !== operands.length) continue;
    const parts = entry.operands.map(({ field }, index) => field.encode(operands[index] ?? 0));
    if (parts.every((part) => part !== undefined)) return parts.reduce((word: number, part) => word | part, entry.encoding.match);
  }
  throw new Error(`No form of ${mnemonic} takes ${operands.join(', ')}.`);
}
