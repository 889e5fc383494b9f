/** System calls on signals. */
import { setAlternateStack } from '../../signal/alternateStack.ts';
import { encodeStack } from '../../signal/frame.ts';
import { LAST_SIGNAL, SI, SIG_DFL, SIG_IGN, SIGNAL, signalBit } from '../../signal/numbers.ts';
import { removeSignals, setBlocked, signalPendingSets } from '../../signal/pending.ts';
import { newSignalReturn } from '../../signal/return.ts';
import { ignoredByAction, isAlive, sendSignal, sentSignal } from '../../signal/send.ts';
import { newSigtimedwait } from '../../signal/wait.ts';
import type { Kernel } from '../../kernel.ts';
import { newFrame } from '../../path.ts';
import type { Task, ThreadGroup } from '../../state.ts';
import { cyclesOf } from '../../task/clock.ts';
import { input, int, optionalInput, optionalOutput, type OutBuffer, output, signal, size } from '../arguments.ts';
import { ERRNO } from '../errno.ts';
import { decodeSigaction, decodeTimespec, encodeSigaction, longAt, longs, SIGACTION_BYTES, unsignedLongAt, wordAt } from '../layouts.ts';
import { type Answer, systemCall, type SystemCall } from '../systemCall.ts';

const SIGSET_BYTES = 8;
const SIGINFO_BYTES = 128;
const HOW = { BLOCK: 0, UNBLOCK: 1, SETMASK: 2 } as const;

export const SIGNAL_CALLS: readonly SystemCall[] = [
  systemCall(37, 'kill', [int('pid'), signal()], kill),
  systemCall(208, 'tkill', [int('tid'), signal()], (k, task, tid, number) => killThread(k, task, undefined, tid, number)),
  systemCall(250, 'tgkill', [int('tgid'), int('tid'), signal()], killThread),
  systemCall(177, 'rt_sigqueueinfo', [int('tgid'), signal(), input('uinfo', SIGINFO_BYTES)], (k, _task, tgid, number, info) => {
    const code = wordAt(info, 8);
    if (code >= 0) return -ERRNO.EPERM;
    const group = groupOf(k, tgid);
    return send(k, group, number, () => ({ ...sentSignal(number, code, wordAt(info, 16)), value: longAt(info, 24) }));
  }),
  systemCall(173, 'rt_sigaction', [signal(), optionalInput('act', SIGACTION_BYTES), optionalOutput('oldact'), size('sigsetsize')], setAction),
  systemCall(174, 'rt_sigprocmask', [int('how'), optionalInput('set', SIGSET_BYTES), optionalOutput('oldset'), size('sigsetsize')], setMask),
  systemCall(175, 'rt_sigpending', [output('set'), size('sigsetsize')], (_k, task, set, bytes) => {
    if (bytes > SIGSET_BYTES) return -ERRNO.EINVAL;
    const { pending, shared } = signalPendingSets(task);
    set.bytes = longs((pending | shared) & task.blocked).subarray(0, bytes);
    return 0;
  }),
  systemCall(176, 'rt_sigtimedwait', [input('set', SIGSET_BYTES), optionalOutput('info'), optionalInput('timeout', 16), size('sigsetsize')], timedWait),
  systemCall(178, 'rt_sigsuspend', [input('mask', SIGSET_BYTES), size('sigsetsize')], (_k, task, mask, bytes) => {
    if (bytes !== SIGSET_BYTES) return -ERRNO.EINVAL;
    task.savedBlocked = task.blocked;
    setBlocked(task, unsignedLongAt(mask, 0));
    return newFrame('sigsuspend', {});
  }),
  systemCall(29, 'pause', [], () => newFrame('sigsuspend', {})),
  systemCall(185, 'sigaltstack', [optionalInput('ss', 24), optionalOutput('oldss')], (k, task, stack, old) => {
    const stackPointer = Number(k.registers(task).gpr(1));
    old.bytes = encodeStack(task, stackPointer);
    return stack ? setAlternateStack(task, stack, stackPointer) : 0;
  }),
  systemCall(172, 'rt_sigreturn', [], () => newFrame('sys_rt_sigreturn', newSignalReturn())),
];

/** A positive number names a process, by the number of any of its threads, a negative one a process group; 0 is the caller's group, -1 everybody else. */
function kill(k: Kernel, task: Task, pid: number, number: number): number {
  if (pid > 0) return send(k, groupOf(k, pid), number, () => sentSignal(number, SI.USER, task.group.tgid));
  const id = pid === 0 ? task.group.processGroup : -pid;
  const all = new Set([...k.state.tasks.values()].filter(isAlive).map(({ group }) => group));
  const groups = [...all].filter((group) => (pid === -1 ? group !== task.group : group.processGroup === id));
  let result: number = -ERRNO.ESRCH;
  for (const group of groups) {
    const answer = send(k, group, number, () => sentSignal(number, SI.USER, task.group.tgid));
    if (answer === 0 || result === -ERRNO.ESRCH) result = answer;
  }
  return result;
}

function killThread(k: Kernel, task: Task, tgid: number | undefined, tid: number, number: number): number {
  if (tid <= 0 || (tgid !== undefined && tgid <= 0)) return -ERRNO.EINVAL;
  const target = k.state.tasks.get(tid);
  const found = target && isAlive(target) && (tgid === undefined || target.group.tgid === tgid) ? target : undefined;
  return send(k, found, number, () => sentSignal(number, SI.TKILL, task.group.tgid));
}

function send(k: Kernel, target: Task | ThreadGroup | undefined, number: number, info: () => ReturnType<typeof sentSignal>): number {
  if (number < 0 || number > LAST_SIGNAL) return -ERRNO.EINVAL;
  if (!target) return -ERRNO.ESRCH;
  // Signal 0 only asks whether the target is there.
  return number > 0 ? sendSignal(k, target, info()) : 0;
}

function groupOf(k: Kernel, pid: number): ThreadGroup | undefined {
  return k.state.tasks.get(pid)?.group;
}

function setAction(_k: Kernel, task: Task, number: number, act: Uint8Array | undefined, old: OutBuffer, bytes: number): number {
  if (bytes !== SIGSET_BYTES || number < 1 || number > LAST_SIGNAL) return -ERRNO.EINVAL;
  if (act && (number === SIGNAL.SIGKILL || number === SIGNAL.SIGSTOP)) return -ERRNO.EINVAL;
  const { group } = task;
  old.bytes = encodeSigaction(group.handlers.actions.get(number) ?? { handler: SIG_DFL, flags: 0, mask: 0n });
  if (!act) return 0;
  group.handlers.actions.set(number, decodeSigaction(act));
  // POSIX: what is ignored from now on is no longer pending either.
  if (ignoredByAction(group, number) || decodeSigaction(act).handler === SIG_IGN) {
    removeSignals(group.pending, signalBit(number));
    for (const { pending } of group.tasks) removeSignals(pending, signalBit(number));
  }
  return 0;
}

function setMask(_k: Kernel, task: Task, how: number, set: Uint8Array | undefined, old: OutBuffer, bytes: number): number {
  if (bytes !== SIGSET_BYTES) return -ERRNO.EINVAL;
  old.bytes = longs(BigInt.asIntN(64, task.blocked));
  if (!set) return 0;
  const mask = unsignedLongAt(set, 0);
  if (how === HOW.BLOCK) setBlocked(task, task.blocked | mask);
  else if (how === HOW.UNBLOCK) setBlocked(task, task.blocked & ~mask);
  else if (how === HOW.SETMASK) setBlocked(task, mask);
  else return -ERRNO.EINVAL;
  return 0;
}

function timedWait(k: Kernel, _task: Task, set: Uint8Array, info: OutBuffer, timeout: Uint8Array | undefined, bytes: number): Answer {
  if (bytes !== SIGSET_BYTES) return -ERRNO.EINVAL;
  const time = timeout && decodeTimespec(timeout);
  if (timeout && !time) return -ERRNO.EINVAL;
  const due = time ? k.now() + cyclesOf(k, time) : Infinity;
  return newFrame('rt_sigtimedwait', newSigtimedwait(unsignedLongAt(set, 0), due, info));
}
