/** Signals reach a program: on its way back to user mode it takes the next one (arch/powerpc/kernel/signal_64.c). */
import type { Kernel } from '../kernel.ts';
import { call, done, goTo, labelled, next, path, step, type Verdict } from '../path.ts';
import type { Task } from '../state.ts';
import { signalDelivered } from '../../timeline/record.ts';
import { exitGroup, exitOf } from '../task/exit.ts';
import { SIGNAL_TRAMPOLINE } from '../task/vdso.ts';
import { copyFromUser, copyToUser } from '../syscall/userCopy.ts';
import { longAt } from '../syscall/layouts.ts';
import { buildFrame, type SignalFrame } from './frame.ts';
import { defaultAction, SA, SIG_DFL, SIG_IGN, signalBit, signalName } from './numbers.ts';
import { dequeueSignal, fatalSignalPending, setBlocked, signalPending } from './pending.ts';
import { interruptOrRestart, restartWithoutHandler } from './restart.ts';
import { forceSegv } from './send.ts';
import type { SignalAction, SignalInfo } from './state.ts';

declare module '../path.ts' {
  interface PathLocals {
    do_signal: DoSignal;
    setup_rt_frame: SetupFrame;
  }
}

export interface DoSignal {
  info: SignalInfo | undefined;
  action: SignalAction | undefined;
}

export interface SetupFrame {
  readonly info: SignalInfo;
  readonly action: SignalAction;
  frame: SignalFrame | undefined;
  /** The handler's function descriptor: entry, TOC, environment. */
  readonly descriptor: Uint8Array;
}

/** Whether a task has something to do before it runs user instructions: then it is to enter `do_signal`. */
export function hasSignalWork(task: Task): boolean {
  return signalPending(task) || (task.syscall !== undefined && task.syscall.restart !== 0) || task.savedBlocked !== undefined;
}

export function newDoSignal(): DoSignal {
  return { info: undefined, action: undefined };
}

/** Takes one signal: sets up its handler, or does what its default is. */
export const doSignal = path('do_signal', 'arch/powerpc/kernel/signal_64.c', [
  labelled('take', 'take the next signal that is not blocked', (_k, task, f) => {
    if (task.group.exit && fatalSignalPending(task)) return call('do_exit', exitOf(task, 0));
    f.info = dequeueSignal(task);
    if (!f.info) return goTo('none');
    f.action = actionFor(task, f.info.number);
    return next;
  }),
  step('ignored: take the next; default: end the program; handler: call it', (k, task, f) => choose(k, task, f)),
  labelled('handle', 'a system call that it interrupted is restarted or answers EINTR', (k, task, f) => {
    const { info, action } = f;
    if (!info || !action) return goTo('take');
    interruptOrRestart(task, k.registers(task), action.flags);
    if ((action.flags & SA.RESETHAND) !== 0) task.group.handlers.actions.delete(info.number);
    return call('setup_rt_frame', { info, action, frame: undefined, descriptor: new Uint8Array(24) });
  }),
  step('a frame that cannot be written is a SIGSEGV', (k, task, { info, action }, { returned }) => {
    if (!info || !action) return goTo('take');
    if (returned < 0) {
      forceSegv(k, task, info.number);
      return goTo('take');
    }
    blockDuring(task, info.number, action);
    return done(1);
  }),
  labelled('none', 'no signal: restart an interrupted system call, put the mask back', (k, task) => {
    restartWithoutHandler(task, k.registers(task));
    if (task.savedBlocked !== undefined) setBlocked(task, task.savedBlocked);
    task.savedBlocked = undefined;
    return done(0);
  }),
]);

/** Writes the frame and points the registers at the handler: 0, or -1 where user memory cannot be reached. */
export const setupRtFrame = path('setup_rt_frame', 'arch/powerpc/kernel/signal_64.c', [
  step('build the frame below r1, or on the alternate stack', (k, task, f) => {
    const { info, action } = f;
    const mask = task.savedBlocked ?? task.blocked;
    f.frame = buildFrame(task, k.registers(task), info, action.handler, mask, (action.flags & SA.ONSTACK) !== 0);
    return next;
  }),
  step('write it to the stack', (_k, _task, { frame }) => (frame ? copyToUser(frame.stackPointer, frame.bytes) : done(-1))),
  step('read the handler\'s function descriptor', (_k, _task, { action, descriptor }, { returned }) => (
    returned > 0 ? done(-1) : copyFromUser(Number(action.handler), descriptor)
  )),
  step('point the registers at the handler', (k, task, f, { returned }) => {
    if (returned > 0 || !f.frame) return done(-1);
    enterHandler(k, task, f, f.frame);
    return done(0);
  }),
]);

function choose(k: Kernel, task: Task, { info, action }: DoSignal): Verdict {
  if (!info || !action || action.handler === SIG_IGN) return goTo('take');
  signalDelivered(k, task, info.number);
  if (action.handler !== SIG_DFL) return goTo('handle');
  const { number } = info;
  switch (defaultAction(number)) {
    case 'ignore':
    case 'continue':
      return goTo('take');
    case 'stop':
      k.notice(`Thread ${String(task.tid)} got ${signalName(number)}. Stopping and continuing processes is not modelled, so it runs on.`);
      return goTo('take');
    case 'terminate':
    case 'core':
      exitGroup(k, task.group, { kind: 'signal', signal: number }, task);
      return call('do_exit', exitOf(task, number));
  }
}

function actionFor(task: Task, signal: number): SignalAction {
  return task.group.handlers.actions.get(signal) ?? { handler: SIG_DFL, flags: 0, mask: 0n };
}

/** While the handler runs its mask is blocked too, and the signal itself unless SA_NODEFER. */
function blockDuring(task: Task, signal: number, { flags, mask }: SignalAction): void {
  task.savedBlocked = undefined;
  const own = (flags & SA.NODEFER) !== 0 ? 0n : signalBit(signal);
  setBlocked(task, task.blocked | mask | own);
}

function enterHandler(k: Kernel, task: Task, { info, action, descriptor }: SetupFrame, frame: SignalFrame): void {
  const registers = k.registers(task);
  registers.fpscr = 0;
  registers.lr = BigInt(SIGNAL_TRAMPOLINE);
  registers.pc = BigInt.asUintN(64, longAt(descriptor, 0)) & ~3n;
  registers.setGpr(1, BigInt(frame.stackPointer));
  registers.setGpr(2, longAt(descriptor, 8));
  registers.setGpr(3, BigInt(info.number));
  if ((action.flags & SA.SIGINFO) !== 0) {
    registers.setGpr(4, BigInt(frame.siginfo));
    registers.setGpr(5, BigInt(frame.ucontext));
    registers.setGpr(6, BigInt(frame.ucontext));
  } else {
    registers.setGpr(4, BigInt(frame.mcontext));
  }
  task.syscall = undefined;
}
