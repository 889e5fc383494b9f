/**
 * The CPU scheduler, for the PPE's hardware threads: static priorities, SCHED_FIFO and
 * SCHED_RR, time slices by nice value, and the two rounds (active and expired) of the
 * O(1) scheduler of that time. Interactivity bonuses are left out: a priority is what
 * setpriority and sched_setscheduler made it. One ready queue serves all hardware threads.
 */
import type { Kernel } from '../kernel.ts';
import type { Cpu, Task } from '../state.ts';
import { taskOn, taskReady } from '../../timeline/record.ts';

/** Milliseconds: DEF_TIMESLICE and MIN_TIMESLICE. */
const DEFAULT_SLICE_MS = 100;
const MINIMUM_SLICE_MS = 5;
const NICE_ZERO = 120;
const MAX_PRIORITY = 140;

type Why = 'sliceEnd' | 'preempted' | 'yield';

/** Linux priority (0-139, smaller is better) of a policy, its real-time priority and a nice value. */
export function linuxPriority(policy: Task['policy'], realtimePriority: number, nice: number): number {
  return isRealtime(policy) ? 99 - realtimePriority : NICE_ZERO + nice;
}

export function isRealtime(policy: Task['policy']): boolean {
  return policy === 'fifo' || policy === 'rr';
}

/** Cycles of a full time slice: 100 ms at nice 0, 5 ms at nice 19, 800 ms at nice -20; SCHED_FIFO has no end. */
export function fullSlice(k: Kernel, task: Task): number {
  if (task.policy === 'fifo') return Infinity;
  const priority = isRealtime(task.policy) ? NICE_ZERO + task.nice : task.priority;
  const base = priority < NICE_ZERO ? DEFAULT_SLICE_MS * 4 : DEFAULT_SLICE_MS;
  const milliseconds = Math.max(Math.floor((base * (MAX_PRIORITY - priority)) / 20), MINIMUM_SLICE_MS);
  return Math.floor((milliseconds * k.configuration.cyclesPerSecond) / 1000);
}

/** A task became ready: it queues up, and the CPU that should take it is asked to. */
export function enqueue(k: Kernel, task: Task): void {
  task.state = 'ready';
  task.share.readyAt = k.now();
  taskReady(k, task, task.share.readyAt);
  k.state.readyQueue.push(task);
  const cpu = cpuToPreempt(k, task);
  if (cpu) cpu.needResched = true;
}

/** Whether a task that became ready should take a CPU from the one that runs there. */
export function shouldPreempt(current: Task | undefined, task: Task): boolean {
  return current === undefined || task.priority < current.priority;
}

/**
 * Takes the task that a CPU runs next off the ready queue and puts it on the CPU. The best
 * priority goes first; tasks that have used up their slice wait for those that have not.
 */
export function nextTask(k: Kernel, cpuId: number): Task | undefined {
  const cpu = k.state.cpus[cpuId];
  if (!cpu) return undefined;
  let chosen = bestReady(k, cpu);
  if (!chosen) return undefined;
  if (chosen.share.expired) {
    for (const task of k.state.readyQueue) task.share.expired = false;
    chosen = bestReady(k, cpu) ?? chosen;
  }
  putOn(k, cpu, chosen);
  return chosen;
}

/** Takes a task off the ready queue and puts it on a CPU, which has none. */
export function putOn(k: Kernel, cpu: Cpu, task: Task): void {
  k.state.readyQueue.splice(k.state.readyQueue.indexOf(task), 1);
  task.state = 'running';
  task.cpu = cpu.id;
  cpu.current = task;
  cpu.needResched = false;
  cpu.sliceEnd = cpu.cycle + task.share.slice;
  taskOn(k, task, cpu.id, cpu.cycle);
}

/** A CPU's task leaves it: what is left of the slice is kept. Whether it sleeps or waits is the caller's matter. */
export function leaveCpu(k: Kernel, cpu: Cpu): Task | undefined {
  const task = cpu.current;
  if (!task) return undefined;
  const left = cpu.sliceEnd - cpu.cycle;
  task.share.slice = left > 0 ? left : fullSlice(k, task);
  task.cpu = undefined;
  cpu.current = undefined;
  return task;
}

/** A task that could run on leaves its CPU and queues up again. */
export function putBack(k: Kernel, cpu: Cpu, why: Why): void {
  const used = cpu.sliceEnd <= cpu.cycle;
  const task = leaveCpu(k, cpu);
  if (!task) return;
  task.state = 'ready';
  task.share.readyAt = cpu.cycle;
  taskReady(k, task, cpu.cycle);
  task.share.expired = !isRealtime(task.policy) && (used || why === 'yield');
  // A preempted task keeps its place: it goes on before others of its priority.
  if (why === 'preempted' && !used) k.state.readyQueue.unshift(task);
  else k.state.readyQueue.push(task);
}

/** A task's policy or nice value has changed: its priority follows, and a better one may take a CPU. */
export function reprioritise(k: Kernel, task: Task): void {
  task.priority = linuxPriority(task.policy, task.realtimePriority, task.nice);
  const { cpu: id } = task;
  const cpu = id === undefined ? undefined : k.state.cpus[id];
  if (!cpu) task.share.slice = fullSlice(k, task);
  else if ((task.policy === 'fifo') !== (cpu.sliceEnd === Infinity)) cpu.sliceEnd = cpu.cycle + fullSlice(k, task);
  if (cpu) cpu.needResched ||= k.state.readyQueue.some((other) => shouldPreempt(task, other));
  else if (task.state === 'ready') {
    const victim = cpuToPreempt(k, task);
    if (victim) victim.needResched = true;
  }
}

function bestReady(k: Kernel, cpu: Cpu): Task | undefined {
  let best: Task | undefined;
  for (const task of k.state.readyQueue) {
    if ((task.share.allowed & (1 << cpu.id)) === 0 || task.share.readyAt > cpu.cycle) continue;
    if (!best || before(task, best)) best = task;
  }
  return best;
}

function before(a: Task, b: Task): boolean {
  if (a.share.expired !== b.share.expired) return b.share.expired;
  return a.priority < b.priority;
}

/** An idle CPU that the task may use, or else the one whose task is worst, when it is worse. */
function cpuToPreempt(k: Kernel, task: Task): Cpu | undefined {
  let worst: Cpu | undefined;
  for (const cpu of k.state.cpus) {
    if ((task.share.allowed & (1 << cpu.id)) === 0) continue;
    if (!cpu.current) return cpu;
    if (!worst?.current || cpu.current.priority > worst.current.priority) worst = cpu;
  }
  return worst && shouldPreempt(worst.current, task) ? worst : undefined;
}
