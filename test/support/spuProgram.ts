/** Words of SPU instructions from operand values, for test programs. */
import { SPU } from '../../src/sim/spe/instructionSet.ts';

/** Encodes one instruction; operands in the order in which they are written. */
export function encode(mnemonic: string, ...operands: readonly number[]): number {
  const instruction = [...SPU.instructions, ...SPU.aliases].find((i) => i.mnemonic === mnemonic && i.operands.length === operands.length);
  if (!instruction) throw new Error(`The SPU has no ${mnemonic} with ${String(operands.length)} operands.`);
  return instruction.operands.reduce((word, { field }, i) => {
    const bits = field.encode(operands[i] ?? 0);
    if (bits === undefined) throw new Error(`${mnemonic}: ${String(operands[i])} is not within ${field.range}.`);
    return word | bits;
  }, instruction.encoding.match);
}

export type SpuLine = readonly [mnemonic: string, ...operands: number[]];

export function program(...lines: SpuLine[]): number[] {
  return lines.map(([mnemonic, ...operands]) => encode(mnemonic, ...operands));
}
