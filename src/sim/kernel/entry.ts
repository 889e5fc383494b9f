/**
 * Into the kernel and out of it: what an interrupt of a user instruction starts, and what a
 * task does on its way back to user mode.
 */
import type { PageFault } from '../mmu/pageFault.ts';
import type { Kernel } from './kernel.ts';
import { newFrame } from './path.ts';
import { nameIllegal } from './task/illegal.ts';
import { FPE_CODE, ILL_CODE, BUS_CODE, SIGNAL, TRAP_CODE } from './signal/numbers.ts';
import { signalPending } from './signal/pending.ts';
import { faultSignal, forceSignal } from './signal/send.ts';
import type { Task } from './state.ts';

/** Why a user instruction entered the kernel. */
export type KernelEntry =
  | { readonly kind: 'systemCall' }
  | { readonly kind: 'pageFault'; readonly fault: PageFault }
  | { readonly kind: 'alignment'; readonly address: bigint }
  | { readonly kind: 'illegal' | 'privileged' | 'trap' };
