/** Entries of the timeline, from where tasks and contexts change what they do. */
import { canExecute } from '../spe/run.ts';
import { SPU_STATUS, type Spe } from '../spe/spe.ts';
import type { MfcCommand } from '../spe/state.ts';
import type { FaultRecord } from '../kernel/fault/state.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { isAlive } from '../kernel/signal/send.ts';
import type { SpuContext } from '../kernel/spufs/state.ts';
import type { Task, WaitQueue } from '../kernel/state.ts';
import { commandDetail, ENTRY, laneOf, LOW_BITS } from './entry.ts';

export function taskNamed(k: Kernel, { tid, name }: Task): void {
  write(k, k.now(), laneOf('task', tid), ENTRY.named, k.timeline.intern(name));
}

/** The task goes on on a hardware thread. */
export function taskOn(k: Kernel, { tid, kernelStack }: Task, cpu: number, at: number): void {
  write(k, at, laneOf('task', tid), kernelStack.length > 0 ? ENTRY.kernel : ENTRY.user, cpu);
}

export function taskInKernel(k: Kernel, { tid }: Task, cpu: number, at: number): void {
  write(k, at, laneOf('task', tid), ENTRY.kernel, cpu);
}

export function taskInUser(k: Kernel, { tid }: Task, cpu: number, at: number): void {
  write(k, at, laneOf('task', tid), ENTRY.user, cpu);
}

export function taskReady(k: Kernel, { tid }: Task, at: number): void {
  write(k, at, laneOf('task', tid), ENTRY.ready, 0);
}

export function taskWaits(k: Kernel, task: Task, queue: WaitQueue): void {
  write(k, k.now(), laneOf('task', task.tid), ENTRY.waits, waitText(k, task, queue));
}

export function taskEnded(k: Kernel, { tid }: Task): void {
  write(k, k.now(), laneOf('task', tid), ENTRY.ended, 0);
}

export function signalDelivered(k: Kernel, { tid }: Task, signal: number): void {
  write(k, k.now(), laneOf('task', tid), ENTRY.signal, signal);
}

export function contextCreated(k: Kernel, context: SpuContext): void {
  write(k, k.now(), laneOf('context', context.id), ENTRY.created, k.timeline.intern(context.name));
  contextChanged(k, context);
}

/** What a context does has changed, or may have. */
export function contextChanged(k: Kernel, context: SpuContext): void {
  const kind = kindOfContext(k, context);
  write(k, k.now(), laneOf('context', context.id), kind, detailOfContext(k, context, kind));
}

export function contextGone(k: Kernel, { id }: SpuContext): void {
  write(k, k.now(), laneOf('context', id), ENTRY.gone, 0);
}

/** What an SPE's SPU does has changed; nothing where no context is on it. */
export function speChanged(k: Kernel, spe: number): void {
  const context = k.state.spufs.slots[spe]?.context;
  if (context?.spe === spe) contextChanged(k, context);
}

export function commandDone(k: Kernel, spe: number, command: MfcCommand): void {
  const context = k.state.spufs.slots[spe]?.context;
  if (context) write(k, k.now(), laneOf('context', context.id), ENTRY.dma, commandDetail(command), command.enteredAt, command.eaHigh, command.eaLow);
}

export function faultDecided(k: Kernel, { id, cycle, task, origin, context }: FaultRecord): void {
  const owner = origin === 'mfc' && context !== undefined ? k.state.spufs.contexts.get(context) : undefined;
  write(k, k.now(), owner ? laneOf('context', owner.id) : laneOf('task', task), ENTRY.fault, id, cycle);
}

/**
 * The machine was put back. Where that is before everything that the timeline knows, it begins anew there: with what tasks and
 * contexts do, as nobody will say so again.
 */
export function timelineWentBack(k: Kernel): void {
  const { timeline, state: { timelineEntries, tasks, spufs } } = k;
  if (!timeline.hasForgotten(timelineEntries)) return;
  timeline.beginAt(timelineEntries, k.now());
  for (const task of tasks.values()) {
    if (!isAlive(task)) continue;
    const kind = kindOfTask(task);
    const detail = kind === ENTRY.waits && task.waitingOn ? waitText(k, task, task.waitingOn) : task.cpu ?? 0;
    timeline.know(laneOf('task', task.tid), { name: timeline.intern(task.name), kind, detail });
  }
  for (const context of spufs.contexts.values()) {
    const kind = kindOfContext(k, context);
    timeline.know(laneOf('context', context.id), { name: timeline.intern(context.name), kind, detail: detailOfContext(k, context, kind) });
  }
}

function kindOfTask({ cpu, waitingOn, kernelStack }: Task): number {
  if (waitingOn) return ENTRY.waits;
  if (cpu === undefined) return ENTRY.ready;
  return kernelStack.length > 0 ? ENTRY.kernel : ENTRY.user;
}

function waitText(k: Kernel, { kernelStack }: Task, { name }: WaitQueue): number {
  const path = kernelStack.at(-1)?.path;
  return k.timeline.intern(path === undefined ? `for ${name}` : `in ${path}, for ${name}`);
}

function kindOfContext(k: Kernel, { spe: number, schedule, saved }: SpuContext): number {
  const spe = number === undefined ? undefined : k.spes[number];
  if (!spe) return schedule.waiting.since !== undefined || ((saved?.state.run.status ?? 0) & SPU_STATUS.running) !== 0 ? ENTRY.wantsSpe : ENTRY.saved;
  if (canExecute(spe.state)) return ENTRY.spuRuns;
  return (spe.state.run.status & SPU_STATUS.waitingForChannel) !== 0 ? ENTRY.spuWaits : ENTRY.spuStopped;
}

function detailOfContext(k: Kernel, { spe: number = 0 }: SpuContext, kind: number): number {
  const spe = kind === ENTRY.spuWaits ? k.spes[number] : undefined;
  return spe ? number | (channelOf(spe) << LOW_BITS) : number;
}

function write(k: Kernel, at: number, lane: number, kind: number, detail: number, begun = at, eaHigh = 0, eaLow = 0): void {
  const { state } = k;
  k.timeline.write(state.timelineEntries, at, lane, kind, detail, begun, eaHigh, eaLow);
  state.timelineEntries += 1;
}

/** Channel of the instruction that the SPU waits at: bits 18 to 24. */
function channelOf({ registers: { pc }, ports: { memory, localStore } }: Spe): number {
  const at = localStore + pc;
  return (((memory[at + 2] ?? 0) << 1) | ((memory[at + 3] ?? 0) >>> 7)) & 0x7f;
}
