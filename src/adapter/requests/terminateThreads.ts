/** Ends threads: one of several as if it had called exit, all threads of a program by SIGKILL. */
import { endThread } from '../../sim/kernel/entry.ts';
import { isAlive, sendSignal, sentSignal } from '../../sim/kernel/signal/send.ts';
import { SI, SIGNAL } from '../../sim/kernel/signal/numbers.ts';
import type { Task } from '../../sim/kernel/state.ts';
import type { Debuggee } from '../session/debuggee.ts';
import { errors } from '../session/errors.ts';
import { request } from '../session/request.ts';
import { debuggeeOf, threadOf } from '../session/session.ts';
import { list, record, whole } from '../session/shape.ts';
import { threadName } from '../threads/threads.ts';
import { edited } from './edited.ts';

export const terminateThreads = request('terminateThreads', record({}, { threadIds: list(whole()) }), (session, { threadIds = [] }): void => {
  const debuggee = debuggeeOf(session, 'terminateThreads');
  if (session.execution.phase === 'ended') throw errors.hasEnded('terminateThreads');
  const tasks = new Set(threadIds.map((id) => taskOf(debuggee, id)));
  const groups = new Set([...tasks].map(({ group }) => group));
  const whole = [...groups].filter((group) => group.tasks.filter(isAlive).every((task) => tasks.has(task)));
  const single = [...tasks].filter(({ group }) => !whole.includes(group));
  for (const task of single) refuseInKernel(task);
  for (const group of whole) sendSignal(debuggee.machine.kernel, group, sentSignal(SIGNAL.SIGKILL, SI.USER, 0));
  for (const task of single) endThread(task);
  if (session.execution.stopped) edited(session);
});

function taskOf(debuggee: Debuggee, id: number): Task {
  const thread = threadOf(debuggee, id);
  if (thread.kind === 'task') return thread.task;
  throw errors.cannotEnd(threadName(thread), 'an SPE context goes when nothing has it open any more; end the task that runs it.');
}

function refuseInKernel(task: Task): void {
  if (task.kernelStack.length > 0) throw errors.cannotEnd(threadName({ kind: 'task', task }), 'it is in the kernel; step out of it first, or end all threads of its program.');
}
