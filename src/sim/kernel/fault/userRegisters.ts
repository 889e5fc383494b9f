/** What the fault paths read from the registers of the task that faulted. */
import { peekWord } from '../mm/peek.ts';
import type { Kernel } from '../kernel.ts';
import type { Task } from '../state.ts';

/** Address of the user instruction that faulted: within a system call the `sc`, which is complete already. */
export function faultingPc(k: Kernel, task: Task): number {
  const pc = Number(k.registers(task).pc);
  return task.kernelStack[0]?.path === 'system_call' ? pc - 4 : pc;
}

export function userStackPointer(k: Kernel, task: Task): number {
  return Number(k.registers(task).gpr(1));
}

/** The word at the program counter; 0 where it cannot be read. */
export function userInstruction(k: Kernel, task: Task): number {
  return peekWord(k, task.mm, Number(k.registers(task).pc)) ?? 0;
}
