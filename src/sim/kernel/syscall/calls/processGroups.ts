/** System calls on process groups and sessions. There is no terminal that they could belong to. */
import type { Kernel } from '../../kernel.ts';
import { isAlive } from '../../signal/send.ts';
import type { Task, ThreadGroup } from '../../state.ts';
import { int } from '../arguments.ts';
import { ERRNO } from '../errno.ts';
import { systemCall, type SystemCall } from '../systemCall.ts';

export const PROCESS_GROUP_CALLS: readonly SystemCall[] = [
  systemCall(65, 'getpgrp', [], (_k, { group }) => group.processGroup),
  systemCall(132, 'getpgid', [int('pid')], (k, task, pid) => find(k, task, pid)?.processGroup ?? -ERRNO.ESRCH),
  systemCall(147, 'getsid', [int('pid')], (k, task, pid) => find(k, task, pid)?.session ?? -ERRNO.ESRCH),
  systemCall(57, 'setpgid', [int('pid'), int('pgid')], setProcessGroup),
  systemCall(66, 'setsid', [], (k, { group }) => {
    if (groupsOf(k).some(({ processGroup }) => processGroup === group.tgid)) return -ERRNO.EPERM;
    group.session = group.tgid;
    group.processGroup = group.tgid;
    return group.tgid;
  }),
];

function setProcessGroup(k: Kernel, task: Task, pid: number, wanted: number): number {
  const target = find(k, task, pid);
  if (wanted < 0) return -ERRNO.EINVAL;
  if (!target || (target !== task.group && target.parent !== task.group)) return -ERRNO.ESRCH;
  if (target.session !== task.group.session || target.session === target.tgid) return -ERRNO.EPERM;
  const id = wanted === 0 ? target.tgid : wanted;
  const exists = groupsOf(k).some(({ processGroup, session }) => processGroup === id && session === target.session);
  if (id !== target.tgid && !exists) return -ERRNO.EPERM;
  target.processGroup = id;
  return 0;
}

/** 0 is the calling process. */
function find(k: Kernel, { group }: Task, pid: number): ThreadGroup | undefined {
  return pid === 0 ? group : groupsOf(k).find(({ tgid }) => tgid === pid);
}

function groupsOf(k: Kernel): ThreadGroup[] {
  return [...new Set([...k.state.tasks.values()].filter(isAlive).map(({ group }) => group))];
}
