/** System calls on processes, threads and what they are allowed. */
import { call, done, newFrame, path, step } from '../../path.ts';
import { isAlive } from '../../signal/send.ts';
import { CLONE, type DoFork } from '../../task/clone.ts';
import { PR, setFloatInterruptMode } from '../../task/prctl.ts';
import { newExecve } from '../../task/execve.ts';
import { exitGroup, exitOf } from '../../task/exit.ts';
import { startFutexCall } from '../../task/futexCall.ts';
import { userId } from '../../task/identity.ts';
import { limitOf, setLimit } from '../../task/limits.ts';
import { encodeUsage, usageOfGroup, usageOfTask } from '../../task/usage.ts';
import { address, flags, input, int, optionalInput, optionalOutput, output, pathname, size, word } from '../arguments.ts';
import { ERRNO } from '../errno.ts';
import { longs, unsignedLongAt, words } from '../layouts.ts';
import { systemCall, type SystemCall } from '../systemCall.ts';

declare module '../../path.ts' {
  interface PathLocals {
    sys_exit_group: { readonly code: number };
  }
}

const SIGCHLD = 17;
const ROBUST_HEAD_BYTES = 24;
/** Options of prctl that copy something, and how many bytes: a word, the name of a thread. */
const PRCTL_BYTES: ReadonlyMap<number, number> = new Map([[PR.GET_FPEXC, 4], [PR.SET_NAME, 16], [PR.GET_NAME, 16]]);
const RUSAGE_THREAD = 1;
const RUSAGE_CHILDREN = -1;
const RLIMIT_BYTES = 16;
/** The parent of the program, which lives outside the machine. */
const OUTER_PARENT = 1;

export const sysExitGroup = path('sys_exit_group', 'kernel/exit.c', [
  step('SIGKILL for all other threads', (k, task, { code }) => {
    exitGroup(k, task.group, { kind: 'exit', code }, task);
    return call('do_exit', exitOf(task, 0));
  }),
  step('never reached', () => done(0)),
]);

export const PROCESS_CALLS: readonly SystemCall[] = [
  systemCall(1, 'exit', [int('status')], (_k, _task, status) => newFrame('do_exit', { status: (status & 0xff) << 8 })),
  systemCall(234, 'exit_group', [int('status')], (_k, _task, status) => newFrame('sys_exit_group', { code: status & 0xff })),
  systemCall(120, 'clone', [flags('flags'), address('stack'), address('parent_tid'), address('tls'), address('child_tid')],
    (_k, _task, how, stack, parentTid, tls, childTid) => newFrame('do_fork', fork(how, stack, parentTid, tls, childTid))),
  systemCall(2, 'fork', [], () => newFrame('do_fork', fork(SIGCHLD))),
  systemCall(189, 'vfork', [], () => newFrame('do_fork', fork(CLONE.VFORK | CLONE.VM | SIGCHLD))),
  systemCall(221, 'futex', [
    address('uaddr'), flags('op'), int('val'), word('timeout'), address('uaddr2'), int('val3'),
  ], startFutexCall),
  systemCall(232, 'set_tid_address', [address('tidptr')], (_k, task, at) => {
    task.clearChildTid = at;
    return task.tid;
  }),
  systemCall(300, 'set_robust_list', [address('head'), size('len')], (_k, task, head, bytes) => {
    if (bytes !== ROBUST_HEAD_BYTES) return -ERRNO.EINVAL;
    task.robustList = head;
    return 0;
  }),
  systemCall(299, 'get_robust_list', [int('pid'), output('head'), output('len')], (k, task, pid, head, bytes) => {
    const target = pid === 0 ? task : k.state.tasks.get(pid);
    if (!target) return -ERRNO.ESRCH;
    head.bytes = longs(target.robustList);
    bytes.bytes = longs(ROBUST_HEAD_BYTES);
    return 0;
  }),
  systemCall(11, 'execve', [pathname(), address('argv'), address('envp')], (_k, _task, name, argv, envp) =>
    (name === '' ? -ERRNO.ENOENT : newFrame('do_execve', newExecve(name, argv, envp)))),
  systemCall(20, 'getpid', [], (_k, task) => task.group.tgid),
  systemCall(207, 'gettid', [], (_k, task) => task.tid),
  systemCall(64, 'getppid', [], (_k, task) => task.group.parent?.tgid ?? OUTER_PARENT),
  ...([[24, 'getuid'], [49, 'geteuid'], [47, 'getgid'], [50, 'getegid']] as const).map(([number, name]) => systemCall(number, name, [], userId)),
  ...([[165, 'getresuid'], [170, 'getresgid']] as const).map(([number, name]) =>
    systemCall(number, name, [output('real'), output('effective'), output('saved')], (k, _task, ...ids) => {
      for (const id of ids) id.bytes = words(userId(k));
      return 0;
    })),
  systemCall(80, 'getgroups', [int('size'), output('list')], () => 0),
  systemCall(60, 'umask', [int('mask', 'octal')], (_k, { group }, mask) => {
    const old = group.umask;
    group.umask = mask & 0o777;
    return old;
  }),
  systemCall(136, 'personality', [word('persona')], () => 0),
  systemCall(171, 'prctl', [int('option'), address('arg')], (k, task, option, at) => {
    if (option === PR.SET_FPEXC) return setFloatInterruptMode(k, task, at);
    const length = PRCTL_BYTES.get(option);
    return length === undefined ? -ERRNO.EINVAL : newFrame('sys_prctl', { option, address: at, bytes: new Uint8Array(length) });
  }),
  systemCall(77, 'getrusage', [int('who'), output('usage')], (k, task, who, into) => {
    if (who < RUSAGE_CHILDREN || who > RUSAGE_THREAD) return -ERRNO.EINVAL;
    if (who === RUSAGE_CHILDREN) into.bytes = encodeUsage(k, task.group.childrenUsage);
    else into.bytes = encodeUsage(k, who === RUSAGE_THREAD ? usageOfTask(task) : usageOfGroup(task.group));
    return 0;
  }),
  ...([[76, 'getrlimit'], [190, 'ugetrlimit']] as const).map(([number, name]) =>
    systemCall(number, name, [int('resource'), output('rlim')], (k, { group }, resource, into) => {
      const limit = limitOf(k, group, resource);
      if (!limit) return -ERRNO.EINVAL;
      into.bytes = longs(BigInt.asIntN(64, limit.soft), BigInt.asIntN(64, limit.hard));
      return 0;
    })),
  systemCall(75, 'setrlimit', [int('resource'), input('rlim', RLIMIT_BYTES)], (k, { group }, resource, bytes) =>
    setLimit(k, group, resource, { soft: unsignedLongAt(bytes, 0), hard: unsignedLongAt(bytes, 8) })),
  systemCall(325, 'prlimit64', [int('pid'), int('resource'), optionalInput('new', RLIMIT_BYTES), optionalOutput('old')],
    (k, task, pid, resource, bytes, old) => {
      const target = pid === 0 ? task : k.state.tasks.get(pid);
      if (!target || !isAlive(target)) return -ERRNO.ESRCH;
      const limit = limitOf(k, target.group, resource);
      if (!limit) return -ERRNO.EINVAL;
      old.bytes = longs(BigInt.asIntN(64, limit.soft), BigInt.asIntN(64, limit.hard));
      return bytes ? setLimit(k, target.group, resource, { soft: unsignedLongAt(bytes, 0), hard: unsignedLongAt(bytes, 8) }) : 0;
    }),
];

function fork(how: number, stack = 0, parentTid = 0, tls = 0, childTid = 0): DoFork {
  return { flags: how, stack, parentTid, tls, childTid, space: { copy: undefined }, child: undefined };
}
