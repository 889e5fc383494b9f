/** The PowerPC instruction set of the Cell's PPE: 64-bit user architecture 2.02 with VMX. */
import type { InstructionSet } from '../engine/isa.ts';
import { ABSENT } from './absent.ts';
import { ALIASES } from './alias/aliases.ts';
import { BRANCH } from './branch.ts';
import { PpcBuilder } from './builder.ts';
import { CACHE } from './cache.ts';
import { COMMON } from './common.ts';
import { CONDITION_REGISTER } from './cr.ts';
import { PPE_EXIT } from './exits.ts';
import { ARITHMETIC } from './fixed/arithmetic.ts';
import { COMPARE } from './fixed/compare.ts';
import { LOAD_STORE } from './fixed/loadStore.ts';
import { LOGICAL } from './fixed/logical.ts';
import { MULTIPLY } from './fixed/multiply.ts';
import { ROTATE } from './fixed/rotate.ts';
import { SHIFT } from './fixed/shift.ts';
import { STRINGS } from './fixed/strings.ts';
import { FLOAT_ARITHMETIC } from './float/arithmetic.ts';
import { FLOAT_COMPARE } from './float/compare.ts';
import { FLOAT_CONVERSION } from './float/conversion.ts';
import { FLOAT_LOAD_STORE } from './float/loadStore.ts';
import { FLOAT_MOVE } from './float/move.ts';
import { FLOAT_STATUS } from './float/status.ts';
import { PPC_HELPERS } from './helpers.ts';
import { PPE_STATE, PPE_STATE_BYTES } from './layout.ts';
import { PRIVILEGED } from './privileged.ts';
import { RESERVATION } from './reservation.ts';
import { SPECIAL_REGISTERS } from './spr.ts';
import { TRAP } from './trap.ts';
import { VMX } from './vmx/instructions.ts';

/** The primary opcode, and the low bits of the extended ones of opcodes 4, 19, 31, 59 and 63. */
const KEY_BITS = [1, 2, 3, 4, 5, 26, 27, 28, 29, 30, 31];

export const PPC: InstructionSet<PpcBuilder> = {
  name: 'ppc',
  instructions: [
    ...ARITHMETIC, ...MULTIPLY, ...LOGICAL, ...ROTATE, ...SHIFT, ...COMPARE,
    ...LOAD_STORE, ...STRINGS, ...RESERVATION, ...BRANCH, ...CONDITION_REGISTER, ...TRAP, ...SPECIAL_REGISTERS, ...CACHE,
    ...FLOAT_LOAD_STORE, ...FLOAT_MOVE, ...FLOAT_STATUS, ...FLOAT_COMPARE, ...FLOAT_ARITHMETIC, ...FLOAT_CONVERSION,
    ...VMX, ...PRIVILEGED, ...ABSENT,
  ],
  aliases: ALIASES,
  newBuilder: () => new PpcBuilder(),
  stateBytes: PPE_STATE_BYTES,
  pcOffset: PPE_STATE.pc,
  illegal: PPE_EXIT.illegal,
  helpers: PPC_HELPERS,
  common: COMMON,
  keyBits: KEY_BITS,
};
