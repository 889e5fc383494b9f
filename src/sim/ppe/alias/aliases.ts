/** Extended mnemonics: other spellings of instructions, for the assembler and the disassembler. */
import type { PpcInstruction } from '../insn.ts';
import { BRANCH_ALIASES } from './branch.ts';
import { FIXED_ALIASES } from './fixed.ts';
import { REGISTER_ALIASES } from './registers.ts';
import { ROTATE_ALIASES } from './rotate.ts';
import { STORAGE_ALIASES } from './storage.ts';
import { TRAP_ALIASES } from './trap.ts';

export const ALIASES: readonly PpcInstruction[] = [
  ...FIXED_ALIASES, ...ROTATE_ALIASES, ...BRANCH_ALIASES, ...TRAP_ALIASES, ...REGISTER_ALIASES, ...STORAGE_ALIASES,
];
