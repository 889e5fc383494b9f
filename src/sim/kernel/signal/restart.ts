/** System calls that a signal interrupted: taken again, or EINTR (arch/powerpc/kernel/signal_64.c, syscall_restart). */
import type { PpeRegisters } from '../../ppe/registers.ts';
import type { Task } from '../state.ts';
import { ERRNO, RESTART } from '../syscall/errno.ts';
import { SA } from './numbers.ts';

const RESTART_SYSCALL = 0n;
const INSTRUCTION_BYTES = 4n;

/** A handler with these flags is about to run. */
export function interruptOrRestart(task: Task, registers: PpeRegisters, flags: number): void {
  const code = takeCode(task);
  if (code === 0) return;
  const again = code === RESTART.ERESTARTNOINTR || (code === RESTART.ERESTARTSYS && (flags & SA.RESTART) !== 0);
  if (again) repeat(task, registers);
  else {
    registers.setGpr(3, BigInt(ERRNO.EINTR));
    registers.setSummaryOverflow(true);
  }
}

/** No handler runs: the call is taken again, a sleep by way of restart_syscall. */
export function restartWithoutHandler(task: Task, registers: PpeRegisters): void {
  const code = takeCode(task);
  if (code !== 0) repeat(task, registers);
  if (code === RESTART.ERESTART_RESTARTBLOCK) registers.setGpr(0, RESTART_SYSCALL);
  task.syscall = undefined;
}

function repeat(task: Task, registers: PpeRegisters): void {
  registers.setGpr(3, task.syscall?.args[0] ?? 0n);
  registers.pc -= INSTRUCTION_BYTES;
}

function takeCode(task: Task): number {
  const { syscall } = task;
  if (!syscall) return 0;
  const { restart } = syscall;
  syscall.restart = 0;
  return restart;
}
