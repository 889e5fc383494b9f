/** Priority, policy and time slice of a context: whose they are depends on the kernel (facts 4.3, 4.4). */
import type { Kernel } from '../../kernel.ts';
import type { Task } from '../../state.ts';
import type { ContextSchedule, SpuContext } from '../state.ts';
import { addToRunQueue, removeFromRunQueue } from './contextQueue.ts';
import { sliceTicks } from './timeslice.ts';

/** A new context has those of the thread that makes it (from memory for 2.6.21). The CPU scheduler gives no bonuses here: a priority is a static one. */
export function newSchedule(k: Kernel, task: Task): ContextSchedule {
  return {
    priority: task.priority, policy: task.policy, tid: keepsTid(k) ? task.tid : 0, timeSlice: sliceTicks(task.priority, k.profile.hz),
    inSpuRun: false, wasActive: false, waiting: { wanted: 0, since: undefined, total: 0, longest: 0 },
  };
}

/** spu_update_sched_info: from 2.6.23 on the thread that enters spu_run decides. */
export function updateSchedule(k: Kernel, task: Task, context: SpuContext): void {
  if (!keepsTid(k)) return;
  const { schedule } = context;
  const queued = k.state.spufs.runQueue.contexts.includes(context);
  if (queued) removeFromRunQueue(k, context);
  schedule.priority = task.priority;
  schedule.policy = task.policy;
  schedule.tid = task.tid;
  if (context.state === 'SAVED') schedule.timeSlice = sliceTicks(schedule.priority, k.profile.hz);
  if (queued) addToRunQueue(k, context);
}

function keepsTid({ profile: { scheduler } }: Kernel): boolean {
  return scheduler === 'timeslice' || scheduler === 'async';
}
