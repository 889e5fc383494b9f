/** rt_sigreturn: everything is as it was before the handler (arch/powerpc/kernel/signal_64.c). */
import { done, next, path, step } from '../path.ts';
import { copyFromUser } from '../syscall/userCopy.ts';
import { setAlternateStack } from './alternateStack.ts';
import { maskOf, restoreRegisters, UCONTEXT, vectorArea, VECTOR_AREA_BYTES } from './frame.ts';
import { SIGNAL } from './numbers.ts';
import { setBlocked } from './pending.ts';
import { forceSignal, kernelSignal } from './send.ts';

declare module '../path.ts' {
  interface PathLocals {
    sys_rt_sigreturn: SignalReturn;
  }
}

export interface SignalReturn {
  readonly ucontext: Uint8Array;
  vectors: Uint8Array | undefined;
}

export function newSignalReturn(): SignalReturn {
  return { ucontext: new Uint8Array(UCONTEXT.bytes), vectors: undefined };
}

/** r1 is where the signal frame begins: the trampoline has taken the handler's own frame off the stack. */
export const sysRtSigreturn = path('sys_rt_sigreturn', 'arch/powerpc/kernel/signal_64.c', [
  step('read the ucontext from the stack', (k, task, f) => copyFromUser(Number(k.registers(task).gpr(1)), f.ucontext)),
  step('read the vector registers from where it says', (k, task, f, { returned }) => {
    if (returned > 0) {
      forceSignal(k, task, kernelSignal(SIGNAL.SIGSEGV));
      return done(0);
    }
    const area = vectorArea(f.ucontext);
    if (area === 0) return next;
    f.vectors = new Uint8Array(VECTOR_AREA_BYTES);
    return copyFromUser(area, f.vectors);
  }),
  step('restore mask, registers and alternate stack', (k, task, f, { returned }) => {
    if (f.vectors && returned > 0) {
      forceSignal(k, task, kernelSignal(SIGNAL.SIGSEGV));
      return done(0);
    }
    setBlocked(task, maskOf(f.ucontext));
    const registers = k.registers(task);
    restoreRegisters(registers, f.ucontext, f.vectors);
    setAlternateStack(task, f.ucontext.subarray(UCONTEXT.stack), Number(registers.gpr(1)));
    task.restartBlock = undefined;
    return done(0);
  }),
]);
