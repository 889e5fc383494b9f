/**
 * Into the kernel and out of it: what an interrupt of a user instruction starts, and what a
 * task does before it goes on in user mode.
 */
import type { PageFault } from '../mmu/pageFault.ts';
import { pageFaultLocals } from './fault/doPageFault.ts';
import type { Kernel } from './kernel.ts';
import { newFrame, type Frame } from './path.ts';
import { hasSignalWork, newDoSignal } from './signal/deliver.ts';
import { BUS_CODE, ILL_CODE, SIGNAL, TRAP_CODE } from './signal/numbers.ts';
import { faultSignal, forceSignal } from './signal/send.ts';
import type { Task } from './state.ts';

/** Why a user instruction entered the kernel. */
export type KernelEntry =
  | { readonly kind: 'systemCall' }
  | { readonly kind: 'pageFault'; readonly fault: PageFault }
  | { readonly kind: 'alignment'; readonly address: bigint }
  | { readonly kind: 'illegal' | 'privileged' | 'trap' };

/** Interrupt vectors (Book III of the architecture; facts 2.1). */
const TRAP = { alignment: 0x600, program: 0x700 } as const;

export function enterKernel(k: Kernel, task: Task, entry: KernelEntry): void {
  switch (entry.kind) {
    case 'systemCall':
      enter(task, newFrame('system_call', { number: 0 }));
      break;
    case 'pageFault':
      enter(task, newFrame('do_page_fault', pageFaultLocals(k, task, entry.fault, 'ppe')));
      break;
    case 'alignment':
      forceSignal(k, task, faultSignal(SIGNAL.SIGBUS, BUS_CODE.ADRALN, entry.address, TRAP.alignment, 0));
      break;
    case 'illegal':
      k.illegalInstruction(task);
      programInterrupt(k, task, SIGNAL.SIGILL, ILL_CODE.ILLOPC);
      break;
    case 'privileged':
      programInterrupt(k, task, SIGNAL.SIGILL, ILL_CODE.PRVOPC);
      break;
    case 'trap':
      programInterrupt(k, task, SIGNAL.SIGTRAP, TRAP_CODE.BRKPT);
      break;
  }
}

/** Whether the task may run user instructions now, or has kernel work to do first. */
export function leaveKernel(task: Task): 'user' | 'kernel' {
  if (!hasSignalWork(task)) return 'user';
  enter(task, newFrame('do_signal', newDoSignal()));
  return 'kernel';
}

function programInterrupt(k: Kernel, task: Task, signal: number, code: number): void {
  forceSignal(k, task, faultSignal(signal, code, k.registers(task).pc, TRAP.program, 0));
}

function enter(task: Task, frame: Frame): void {
  task.kernelStack.push(frame);
}
