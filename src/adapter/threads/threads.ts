/** The debugger's threads: guest tasks by their tid, and SPE contexts behind them. */
import type { SpuContext } from '../../sim/kernel/spufs/state.ts';
import type { Task } from '../../sim/kernel/state.ts';
import { isAlive } from '../../sim/kernel/signal/send.ts';
import type { Machine } from '../../sim/machine.ts';
import type { Runner } from '../../sim/run/stop.ts';

/** Above every tid: Linux gives them up to 32768 (PID_MAX_DEFAULT). */
const FIRST_CONTEXT_THREAD = 100_000;

export function threadIdOf(runner: Runner): number {
  return runner.kind === 'task' ? runner.task.tid : FIRST_CONTEXT_THREAD + runner.context.id;
}

export function threadIdOfContext(context: SpuContext): number {
  return FIRST_CONTEXT_THREAD + context.id;
}

/** Every thread that lives, tasks first. */
export function livingThreads({ state }: Machine): Runner[] {
  const tasks = [...state.tasks.values()].filter(isAlive).map((task): Runner => ({ kind: 'task', task }));
  return [...tasks, ...[...state.spufs.contexts.values()].map((context): Runner => ({ kind: 'context', context }))];
}

export function threadNamed({ state }: Machine, id: number): Runner | undefined {
  if (id < FIRST_CONTEXT_THREAD) {
    const task = state.tasks.get(id);
    return task && isAlive(task) ? { kind: 'task', task } : undefined;
  }
  for (const context of state.spufs.contexts.values()) {
    if (context.id === id - FIRST_CONTEXT_THREAD) return { kind: 'context', context };
  }
  return undefined;
}

/** `retry.s (1)`, `/spu/busy`. */
export function threadName(runner: Runner): string {
  return runner.kind === 'task' ? taskName(runner.task) : runner.context.path;
}

export function taskName({ name, tid }: Pick<Task, 'name' | 'tid'>): string {
  return `${name} (${String(tid)})`;
}
