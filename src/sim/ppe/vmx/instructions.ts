/** The VMX table (AltiVec PEM, chapter 6). */
import type { PpcInstruction } from '../insn.ts';
import { VMX_ADD } from './add.ts';
import { VMX_FLOAT_ARITHMETIC } from './float/arithmetic.ts';
import { VMX_FLOAT_COMPARE } from './float/compare.ts';
import { VMX_FLOAT_CONVERT } from './float/convert.ts';
import { VMX_FLOAT_HELPED } from './float/helped.ts';
import { VMX_LOAD_STORE } from './loadStore.ts';
import { VMX_LOGICAL } from './logical.ts';
import { VMX_MULTIPLY } from './multiply.ts';
import { VMX_ORDER } from './order.ts';
import { VMX_PACK } from './pack.ts';
import { VMX_PARTIAL_QUAD } from './partialQuad.ts';
import { VMX_PERMUTE } from './permute.ts';
import { VMX_QUAD_SHIFT } from './quadShift.ts';
import { VMX_SHIFT } from './shift.ts';
import { VMX_STATUS } from './status.ts';
import { VMX_SUM_ACROSS } from './sumAcross.ts';

export const VMX: readonly PpcInstruction[] = [
  ...VMX_ADD, ...VMX_ORDER, ...VMX_MULTIPLY, ...VMX_SUM_ACROSS, ...VMX_LOGICAL, ...VMX_SHIFT, ...VMX_QUAD_SHIFT,
  ...VMX_FLOAT_ARITHMETIC, ...VMX_FLOAT_COMPARE, ...VMX_FLOAT_CONVERT, ...VMX_FLOAT_HELPED,
  ...VMX_PERMUTE, ...VMX_PACK, ...VMX_STATUS, ...VMX_LOAD_STORE, ...VMX_PARTIAL_QUAD,
];
