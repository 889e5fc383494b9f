/** The SPU's instruction set: everything that GNU as knows for spu-elf. */
import type { InstructionSet } from '../engine/isa.ts';
import { SPU_HELPERS, SpuBuilder } from './builder.ts';
import { SPU_EXIT } from './exits.ts';
import { ALIASES } from './instructions/aliases.ts';
import { BRANCH, BRANCH_HINT } from './instructions/branch.ts';
import { CHANNEL } from './instructions/channel.ts';
import { COMPARE } from './instructions/compare.ts';
import { CONSTANTS } from './instructions/constants.ts';
import { CONTROL } from './instructions/control.ts';
import { FLOAT } from './instructions/float.ts';
import { INTEGER } from './instructions/integer.ts';
import { LOAD_STORE } from './instructions/loadStore.ts';
import { LOGICAL } from './instructions/logical.ts';
import { MULTIPLY } from './instructions/multiply.ts';
import { QUAD_SHIFT } from './instructions/quadShift.ts';
import { SHIFT } from './instructions/shift.ts';
import { SHUFFLE } from './instructions/shuffle.ts';
import { SPU_STATE, SPU_STATE_BYTES } from './layout.ts';

/** Opcodes stand in the top 11 bits. */
const OPCODE_BITS = [21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31];

export const SPU: InstructionSet<SpuBuilder> = {
  name: 'spu',
  instructions: [
    ...CONSTANTS, ...LOAD_STORE, ...INTEGER, ...MULTIPLY, ...LOGICAL, ...SHIFT, ...QUAD_SHIFT, ...SHUFFLE,
    ...COMPARE, ...BRANCH, ...BRANCH_HINT, ...CHANNEL, ...CONTROL, ...FLOAT,
  ],
  aliases: ALIASES,
  newBuilder: () => new SpuBuilder(),
  stateBytes: SPU_STATE_BYTES,
  pcOffset: SPU_STATE.pc,
  illegal: SPU_EXIT.illegalInstruction,
  helpers: SPU_HELPERS,
  keyBits: OPCODE_BITS,
};
