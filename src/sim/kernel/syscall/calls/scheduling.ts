/** System calls on priorities, policies and CPUs. */
import type { Kernel } from '../../kernel.ts';
import { done, newFrame, path, step, yieldCpu } from '../../path.ts';
import type { Task } from '../../state.ts';
import { encodeTimespec, longs, unsignedLongAt, wordAt, words } from '../layouts.ts';
import { timeOf } from '../../task/clock.ts';
import { allCpus } from '../../task/create.ts';
import { isPrivileged } from '../../task/identity.ts';
import { RLIMIT, softLimit } from '../../task/softLimit.ts';
import { fullSlice, isRealtime, reprioritise } from '../../task/cpu.ts';
import { input, int, optionalOutput, output, size } from '../arguments.ts';
import { ERRNO } from '../errno.ts';
import { systemCall, type SystemCall } from '../systemCall.ts';

declare module '../../path.ts' {
  interface PathLocals {
    sys_sched_yield: object;
  }
}

const POLICIES: readonly Task['policy'][] = ['other', 'fifo', 'rr', 'batch'];
const PRIO_PROCESS = 0;
const PRIO_USER = 2;
const HIGHEST_REALTIME = 99;
const CPU_SET_BYTES = 8;

export const sysSchedYield = path('sys_sched_yield', 'kernel/sched.c', [
  step('let the others run', () => yieldCpu),
  step('back again', () => done(0)),
]);

export const SCHEDULING_CALLS: readonly SystemCall[] = [
  systemCall(158, 'sched_yield', [], () => newFrame('sys_sched_yield', {})),
  systemCall(34, 'nice', [int('increment')], (k, task, increment) => {
    const nice = clampNice(task.nice + increment);
    if (increment < 0 && !mayHaveNice(k, task, nice)) return -ERRNO.EPERM;
    return setNice(k, [task], nice);
  }),
  systemCall(96, 'getpriority', [int('which'), int('who')], (k, task, which, who) => {
    const tasks = tasksOf(k, task, which, who);
    // 1 to 40 for nice 19 to -20, so that no result looks like an error.
    return typeof tasks === 'number' ? tasks : Math.max(...tasks.map(({ nice }) => 20 - nice));
  }),
  systemCall(97, 'setpriority', [int('which'), int('who'), int('nice')], (k, task, which, who, nice) => {
    const tasks = tasksOf(k, task, which, who);
    return typeof tasks === 'number' ? tasks : setNice(k, tasks, nice);
  }),
  systemCall(156, 'sched_setscheduler', [int('pid'), int('policy'), input('param', 4)], (k, task, pid, policy, parameter) => {
    const wanted = POLICIES[policy];
    return wanted === undefined ? -ERRNO.EINVAL : setPolicy(k, find(k, task, pid), wanted, wordAt(parameter, 0));
  }),
  systemCall(154, 'sched_setparam', [int('pid'), input('param', 4)], (k, task, pid, parameter) => {
    const target = find(k, task, pid);
    return setPolicy(k, target, target?.policy ?? 'other', wordAt(parameter, 0));
  }),
  systemCall(157, 'sched_getscheduler', [int('pid')], (k, task, pid) => {
    const target = find(k, task, pid);
    return target ? POLICIES.indexOf(target.policy) : -ERRNO.ESRCH;
  }),
  systemCall(155, 'sched_getparam', [int('pid'), output('param')], (k, task, pid, into) => {
    const target = find(k, task, pid);
    if (!target) return -ERRNO.ESRCH;
    into.bytes = words(target.realtimePriority);
    return 0;
  }),
  systemCall(159, 'sched_get_priority_max', [int('policy')], (_k, _task, policy) => limit(policy, HIGHEST_REALTIME)),
  systemCall(160, 'sched_get_priority_min', [int('policy')], (_k, _task, policy) => limit(policy, 1)),
  systemCall(161, 'sched_rr_get_interval', [int('pid'), output('tp')], (k, task, pid, into) => {
    const target = find(k, task, pid);
    if (!target) return -ERRNO.ESRCH;
    into.bytes = encodeTimespec(timeOf(k, target.policy === 'fifo' ? 0 : fullSlice(k, target)));
    return 0;
  }),
  systemCall(222, 'sched_setaffinity', [int('pid'), size('len'), input('mask', maskBytes)], (k, task, pid, bytes, mask) => {
    const target = find(k, task, pid);
    if (!target) return -ERRNO.ESRCH;
    if (bytes < CPU_SET_BYTES) return -ERRNO.EINVAL;
    const allowed = Number(unsignedLongAt(mask, 0) & BigInt(allCpus(k)));
    if (allowed === 0) return -ERRNO.EINVAL;
    target.share.allowed = allowed;
    const cpu = target.cpu === undefined ? undefined : k.state.cpus[target.cpu];
    if (cpu && (allowed & (1 << cpu.id)) === 0) cpu.needResched = true;
    return 0;
  }),
  systemCall(223, 'sched_getaffinity', [int('pid'), size('len'), output('mask')], (k, task, pid, bytes, into) => {
    const target = find(k, task, pid);
    if (!target) return -ERRNO.ESRCH;
    if (bytes < CPU_SET_BYTES || bytes % 8 !== 0) return -ERRNO.EINVAL;
    into.bytes = longs(target.share.allowed);
    return CPU_SET_BYTES;
  }),
  systemCall(302, 'getcpu', [optionalOutput('cpu'), optionalOutput('node')], (_k, task, cpu, node) => {
    cpu.bytes = words(task.cpu ?? 0);
    node.bytes = words(0);
    return 0;
  }),
];

/** 0 is the calling thread. */
function find(k: Kernel, task: Task, pid: number): Task | undefined {
  return pid === 0 ? task : k.state.tasks.get(pid);
}

/** Threads of PRIO_PROCESS, PRIO_PGRP and PRIO_USER: one thread, or all that there are. */
function tasksOf(k: Kernel, task: Task, which: number, who: number): readonly Task[] | number {
  if (which < PRIO_PROCESS || which > PRIO_USER) return -ERRNO.EINVAL;
  if (which !== PRIO_PROCESS) return [...k.state.tasks.values()];
  const target = find(k, task, who);
  return target ? [target] : -ERRNO.ESRCH;
}

/** The answer is the error of the last thread that could not be set; the others are. */
function setNice(k: Kernel, tasks: readonly Task[], wanted: number): number {
  const nice = clampNice(wanted);
  let error = 0;
  for (const task of tasks) {
    if (nice < task.nice && !mayHaveNice(k, task, nice)) {
      error = -ERRNO.EACCES;
      continue;
    }
    task.nice = nice;
    reprioritise(k, task);
  }
  return error;
}

function clampNice(nice: number): number {
  return Math.min(Math.max(nice, -20), 19);
}

/** can_nice: RLIMIT_NICE counts from 1 for nice 19 to 40 for nice -20. */
function mayHaveNice(k: Kernel, { group }: Task, nice: number): boolean {
  return isPrivileged(k) || 20 - nice <= softLimit(group, RLIMIT.NICE, 0);
}

/** Without privilege: real-time priorities up to RLIMIT_RTPRIO, or the one that the thread has. */
function mayHavePolicy(k: Kernel, { group, realtimePriority: now }: Task, policy: Task['policy'], realtimePriority: number): boolean {
  if (isPrivileged(k) || !isRealtime(policy)) return true;
  return realtimePriority <= Math.max(now, softLimit(group, RLIMIT.RTPRIO, 0));
}

function setPolicy(k: Kernel, task: Task | undefined, policy: Task['policy'], realtimePriority: number): number {
  if (!task) return -ERRNO.ESRCH;
  const valid = isRealtime(policy) ? realtimePriority >= 1 && realtimePriority <= HIGHEST_REALTIME : realtimePriority === 0;
  if (!valid) return -ERRNO.EINVAL;
  if (!mayHavePolicy(k, task, policy, realtimePriority)) return -ERRNO.EPERM;
  task.policy = policy;
  task.realtimePriority = realtimePriority;
  reprioritise(k, task);
  return 0;
}

function limit(policy: number, realtime: number): number {
  const known = POLICIES[policy];
  if (known === undefined) return -ERRNO.EINVAL;
  return isRealtime(known) ? realtime : 0;
}

/** Longer masks than a word are cut; shorter ones are refused by the call. */
function maskBytes(args: readonly bigint[]): number {
  return BigInt.asUintN(64, args[1] ?? 0n) >= BigInt(CPU_SET_BYTES) ? CPU_SET_BYTES : 0;
}
