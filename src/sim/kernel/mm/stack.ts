/** Growing the stack, with the rule of 2.6.18's do_page_fault (facts 2.2 step 5). */
import type { FaultOrigin } from '../fault/state.ts';
import { userInstruction, userStackPointer } from '../fault/userRegisters.ts';
import type { Kernel } from '../kernel.ts';
import type { Task } from '../state.ts';
import { RLIMIT, softLimit } from '../task/softLimit.ts';
import { pageBase } from './pages.ts';
import type { Vma } from './state.ts';
import { findVma } from './vma.ts';

/** Below this distance from the stack's end any access lets it grow. */
const FREE_GROWTH = 0x10_0000;
/** How far below r1 a program may reach: the red zone and a signal frame's worth. */
const BELOW_STACK_POINTER = 2048;
/** RLIMIT_STACK that programs begin with. */
export const STACK_LIMIT = 8 << 20;

/** Whether an access this far below a stack may let it grow. */
export function mayGrowTo(k: Kernel, task: Task, stack: Vma, address: number, origin: FaultOrigin): boolean {
  if (address + FREE_GROWTH >= stack.end) return true;
  if (address + BELOW_STACK_POINTER >= userStackPointer(k, task)) return true;
  return origin === 'ppe' && movesStackPointer(userInstruction(k, task));
}

/** Extends a stack down to an address; false when it may not become that large or something is in the way. */
export function growStack(k: Kernel, { mm, group }: Task, stack: Vma, address: number): boolean {
  const start = pageBase(k, address);
  if (stack.end - start > softLimit(group, RLIMIT.STACK, STACK_LIMIT) || findVma(mm, start) !== stack) return false;
  mm.totalPages += (stack.start - start) / k.configuration.pageBytes;
  stack.start = start;
  return true;
}

const OPCODE_OF_STORES_WITH_UPDATE = new Set([37, 39, 45, 53, 55]);
const DS_FORM = 62;
const X_FORM = 31;
const EXTENDED_OF_STORES_WITH_UPDATE = new Set([181, 183, 247, 439, 695, 759]);

/** Whether an instruction is a store with update whose base is r1. */
function movesStackPointer(word: number): boolean {
  if (((word >>> 16) & 0x1f) !== 1) return false;
  const opcode = word >>> 26;
  if (opcode === X_FORM) return EXTENDED_OF_STORES_WITH_UPDATE.has((word >>> 1) & 0x3ff);
  if (opcode === DS_FORM) return (word & 3) === 1;
  return OPCODE_OF_STORES_WITH_UPDATE.has(opcode);
}
