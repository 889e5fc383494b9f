/** One entry of the SPU's instruction table. */
import { type Encoding, type Handles, type Instruction, instruction } from '../engine/isa.ts';
import type { SpuBuilder } from './builder.ts';
import { FIELDS } from './fields.ts';

export type SpuInstruction = Instruction<SpuBuilder>;

/** An instruction; without a meaning it is known by name only and raises the illegal-instruction interrupt. */
export function insn<S extends string>(
  mnemonic: string,
  encoding: Encoding,
  operands: S,
  doc: string,
  meaning?: (operands: Handles<typeof FIELDS, S>, builder: SpuBuilder) => void,
): SpuInstruction {
  return instruction<SpuBuilder, typeof FIELDS, S>(FIELDS, mnemonic, encoding, operands, doc, meaning);
}

/** Another spelling of an instruction, which the assembler knows and the disassembler never prints. */
export function spelling(mnemonic: string, aliasOf: string, encoding: Encoding, operands: string, doc: string): SpuInstruction {
  return { ...insn(mnemonic, encoding, operands, doc), aliasOf, assembleOnly: true };
}
