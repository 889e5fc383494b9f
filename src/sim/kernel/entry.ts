/**
 * Into the kernel and out of it: what an interrupt of a user instruction starts, and what a
 * task does before it goes on in user mode.
 */
import type { PageFault } from '../mmu/pageFault.ts';
import { pageFaultLocals } from './fault/doPageFault.ts';
import { lowHashFaultLocals } from './fault/lowHashFault.ts';
import { alignmentFault } from './interrupt/alignment.ts';
import { programInterrupt, type ProgramInterrupt } from './interrupt/program.ts';
import type { Kernel } from './kernel.ts';
import { newFrame, type Frame } from './path.ts';
import { hasSignalWork, newDoSignal } from './signal/deliver.ts';
import type { Task } from './state.ts';
import { exitOf } from './task/exit.ts';

/** Why a user instruction entered the kernel. */
export type KernelEntry =
  | { readonly kind: 'systemCall' }
  | { readonly kind: 'pageFault'; readonly fault: PageFault }
  | { readonly kind: 'alignment'; readonly address: bigint }
  | { readonly kind: ProgramInterrupt };

export function enterKernel(k: Kernel, task: Task, entry: KernelEntry): void {
  switch (entry.kind) {
    case 'systemCall':
      enter(task, newFrame('system_call', { number: 0 }));
      break;
    case 'pageFault':
      enter(task, entry.fault.refused ? newFrame('low_hash_fault', lowHashFaultLocals(k, task, entry.fault, 'ppe')) : newFrame('do_page_fault', pageFaultLocals(k, task, entry.fault, 'ppe')));
      break;
    case 'alignment':
      enter(task, newFrame('alignment_exception', alignmentFault(entry.address)));
      break;
    default:
      programInterrupt(k, task, entry.kind);
  }
}

/** Ends a thread that is in user mode, as its own exit would: its program goes on where it has others. */
export function endThread(task: Task): void {
  enter(task, newFrame('do_exit', exitOf(task, 0)));
}

/** Whether the task may run user instructions now, or has kernel work to do first. */
export function leaveKernel(task: Task): 'user' | 'kernel' {
  if (!hasSignalWork(task)) return 'user';
  enter(task, newFrame('do_signal', newDoSignal()));
  return 'kernel';
}

function enter(task: Task, frame: Frame): void {
  task.kernelStack.push(frame);
}
