/** What the assembler reads of the instruction tables: nothing of meanings. */
import type { Instruction, InstructionSet } from '../../engine/isa.ts';
import type { InstructionSetName } from '../program.ts';

/** Any instruction set is one of these. */
export type InstructionTable = Pick<InstructionSet<never>, 'name' | 'instructions' | 'aliases'>;
export type TableEntry = Instruction<never>;
export type TableOperand = TableEntry['operands'][number];
export type InstructionTables = Readonly<Record<InstructionSetName, InstructionTable>>;
