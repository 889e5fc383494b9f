/** Disassembly from an instruction table, in the style of GNU objdump. */
import type { Builder } from '../engine/builder.ts';
import { Decoder, type Field, type Instruction, type InstructionSet, type Operand, operandBits } from '../engine/isa.ts';

/** What is peculiar to the written form of an instruction set. */
export interface OperandStyle {
  /** An operand that is not a branch target. */
  readonly operand: (field: Pick<Field<never, unknown>, 'name' | 'kind'>, value: number) => string;
  /** An address to branch to. */
  readonly target: (address: bigint, absolute: boolean) => string;
  /** Address of a relative target; `pc + displacement` where absent. */
  readonly resolve?: (pc: bigint, displacement: number) => bigint;
  /**
   * Reserved bits of an instruction that are not looked at. A word with another one set, or with an operand
   * that the assembler would refuse, is written as data, although processors may execute it. Where absent, all words are spelled.
   */
  readonly unreadBits?: (mnemonic: string) => number;
}

/** The name of an address, such as `main+0x10`. */
export type SymbolLookup = (address: bigint) => string | undefined;

export interface Disassembled<B extends Builder> {
  /** `.long` for words that are no instruction. */
  readonly mnemonic: string;
  /** Operands as written, `r3,8(r1)`; empty where there are none. */
  readonly operands: string;
  /** The table entry whose spelling this is (an extended mnemonic where one suits). */
  readonly instruction: Instruction<B> | undefined;
  /** Where a branch goes, when the instruction alone says so. */
  readonly target: bigint | undefined;
}

export class Disassembler<B extends Builder> {
  private readonly decoder: Decoder<B>;
  private readonly reserved = new Map<Instruction<B>, number>();

  constructor(isa: InstructionSet<B>, private readonly style: OperandStyle) {
    this.decoder = new Decoder(isa);
  }

  /** One word at an address. Targets are followed by their symbol, as in `0x10008 <loop>`. */
  disassemble(word: number, pc: bigint, symbolAt?: SymbolLookup): Disassembled<B> {
    const instruction = this.spelling(word);
    if (!instruction) {
      return { mnemonic: '.long', operands: `0x${(word >>> 0).toString(16)}`, instruction, target: undefined };
    }
    let text = '';
    let target: bigint | undefined;
    instruction.operands.forEach((operand, index) => {
      if (isLeftOut(instruction.operands, index, word)) return;
      const { field, displaced } = operand;
      const value = field.decode(word);
      let written: string;
      if (field.kind === 'target') {
        target = field.absolute ? BigInt.asUintN(64, BigInt(value)) : this.resolve(pc, value);
        const name = symbolAt?.(target);
        written = this.style.target(target, field.absolute === true) + (name === undefined ? '' : ` <${name}>`);
      } else {
        written = this.style.operand(field, value);
      }
      if (displaced) text += `(${written})`;
      else text += text === '' ? written : `,${written}`;
    });
    return { mnemonic: instruction.mnemonic, operands: text, instruction, target };
  }

  private spelling(word: number): Instruction<B> | undefined {
    const instruction = this.decoder.spell(word);
    if (!instruction || !this.style.unreadBits) return instruction;
    if (instruction.invalid?.(word) !== undefined) return undefined;
    if (instruction.operands.some(({ field }) => field.encode(field.decode(word)) === undefined)) return undefined;
    let reserved = this.reserved.get(instruction);
    if (reserved === undefined) {
      reserved = reservedBits(instruction) & ~this.style.unreadBits(instruction.mnemonic);
      this.reserved.set(instruction, reserved);
    }
    return (word & reserved) === 0 ? instruction : undefined;
  }

  private resolve(pc: bigint, displacement: number): bigint {
    return this.style.resolve?.(pc, displacement) ?? BigInt.asUintN(64, pc + BigInt(displacement));
  }
}

/** An optional operand is written only if it, or one after it, is not what it would be without. */
function isLeftOut<B extends Builder>(operands: readonly Operand<B>[], index: number, word: number): boolean {
  if (operands[index]?.optional === undefined) return false;
  return operands.slice(index).every(({ field, optional }) => optional === undefined || field.decode(word) === optional);
}

/** Bits that are neither opcode nor operand. */
function reservedBits<B extends Builder>({ encoding, operands }: Instruction<B>): number {
  const used = operands.reduce((bits, { field }) => bits | operandBits(field), encoding.mask);
  return ~used;
}
