/** Instructions as text, for both instruction sets. The tables are built when they are first needed. */
import { PPC } from '../../sim/ppe/instructionSet.ts';
import { PPC_STYLE } from '../../sim/ppe/style.ts';
import { Disassembler } from '../../sim/program/disassemble.ts';
import { SPU } from '../../sim/spe/instructionSet.ts';
import { SPU_STYLE } from '../../sim/spe/style.ts';
import { type CodeUnit, symbolAt } from './codeUnit.ts';

/** Column in which operands begin, as objdump has it. */
const MNEMONIC_WIDTH = 8;

export class InstructionText {
  private ppc: Disassembler<ReturnType<typeof PPC.newBuilder>> | undefined;
  private spu: Disassembler<ReturnType<typeof SPU.newBuilder>> | undefined;

  /** `stw     r4,12(r28)` */
  of(isa: 'ppc' | 'spu', word: number, address: number, unit: CodeUnit | undefined): string {
    const name = (target: bigint): string | undefined => unit && symbolAt(unit, Number(target));
    const { mnemonic, operands } = this.disassembler(isa).disassemble(word, BigInt(address), name);
    return operands === '' ? mnemonic : `${mnemonic.padEnd(MNEMONIC_WIDTH)}${operands}`;
  }

  private disassembler(isa: 'ppc' | 'spu'): Pick<Disassembler<ReturnType<typeof PPC.newBuilder>>, 'disassemble'> | Pick<Disassembler<ReturnType<typeof SPU.newBuilder>>, 'disassemble'> {
    if (isa === 'ppc') return this.ppc ??= new Disassembler(PPC, PPC_STYLE);
    return this.spu ??= new Disassembler(SPU, SPU_STYLE);
  }
}
