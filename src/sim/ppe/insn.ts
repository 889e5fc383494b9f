/** One entry of the PowerPC table. */
import { type Encoding, type Handles, type Instruction, instruction } from '../engine/isa.ts';
import type { PpcBuilder } from './builder.ts';
import { FIELDS, OPTIONAL_FIELDS } from './fields.ts';

export type PpcInstruction = Instruction<PpcBuilder>;
export type Operands<S extends string> = Handles<typeof FIELDS, S>;
export type Meaning<S extends string> = (operands: Operands<S>, builder: PpcBuilder) => void;

/** An instruction; without a meaning it is known by name only and raises the program interrupt. */
export function insn<S extends string>(
  mnemonic: string,
  encoding: Encoding,
  operands: S,
  doc: string,
  meaning?: Meaning<S>,
): PpcInstruction {
  const entry = instruction<PpcBuilder, typeof FIELDS, S>(FIELDS, mnemonic, encoding, operands, doc, meaning);
  return {
    ...entry,
    operands: entry.operands.map((operand) => {
      const optional = OPTIONAL_FIELDS.get(operand.field.name);
      return optional === undefined ? operand : { ...operand, optional };
    }),
  };
}

/** An entry with invalid forms. */
export function refusing(invalid: NonNullable<PpcInstruction['invalid']>, entry: PpcInstruction): PpcInstruction {
  return { ...entry, invalid };
}

/** An extended mnemonic that the disassembler prints for the words that it suits. */
export function alias(
  mnemonic: string,
  aliasOf: string,
  encoding: Encoding,
  operands: string,
  doc: string,
  suits?: (word: number) => boolean,
): PpcInstruction {
  const entry = { ...insn(mnemonic, encoding, operands, doc), aliasOf };
  return suits ? { ...entry, suits } : entry;
}

/** An extended mnemonic that the disassembler never prints. */
export function spelling(mnemonic: string, aliasOf: string, encoding: Encoding, operands: string, doc: string): PpcInstruction {
  return { ...alias(mnemonic, aliasOf, encoding, operands, doc), assembleOnly: true };
}
