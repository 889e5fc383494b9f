/**
 * One PPE hardware thread: runs the user instructions and the kernel steps of the task that
 * the kernel gave it, until its turn ends, and says when the debugger has to look.
 */
import { EXIT } from '../engine/exits.ts';
import type { MmuEngine } from '../engine/mmuEngine.ts';
import { enterKernel, leaveKernel, type KernelEntry } from '../kernel/entry.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { AnyPath } from '../kernel/path.ts';
import { advance } from '../kernel/runtime.ts';
import type { Cpu, Task } from '../kernel/state.ts';
import { leaveCpu, nextTask, putBack, putOn } from '../kernel/task/cpu.ts';
import type { PpeMmu } from '../mmu/ppeMmu.ts';
import { PPE_EXIT } from '../ppe/exits.ts';
import { PPE_STATE, PPE_USER_BYTES } from '../ppe/layout.ts';
import { taskInKernel, taskInUser } from '../timeline/record.ts';
import { type OrderState, placeOf } from './order.ts';
import { type Processor, shareSlice, type Slice } from './slice.ts';
import { type DebugControl, isStepping, kernelPlace, type Runner, type Stop, takePending } from './stop.ts';

const WORD = 2 ** 32;

/** @param state of a hardware thread. */
export function setTimeBase(state: DataView, cycle: number): void {
  state.setUint32(PPE_STATE.timeBase, cycle >>> 0, true);
  state.setUint32(PPE_STATE.timeBase + 4, cycle / WORD, true);
}

/** The hardware of one thread: its engine, its MMU, its state in the machine's memory. */
export interface PpeHardware {
  readonly engine: MmuEngine;
  readonly mmu: PpeMmu;
  readonly state: Uint8Array;
}

export class PpeThread implements Processor {
  private readonly view: DataView;
  private inEngine = false;
  /** What `advance` has found: it can be found again. */
  private readonly knownPaths: AnyPath[] = [];
  /** A kernel step whose breakpoint has been reported: it is taken when the task goes on. */
  private reportedStep: { readonly task: Task; readonly place: string } | undefined;

  constructor(
    private readonly k: Kernel,
    readonly cpu: Cpu,
    readonly hardware: PpeHardware,
    private readonly control: DebugControl,
    private readonly order: OrderState,
  ) {
    const { state } = hardware;
    this.view = new DataView(state.buffer, state.byteOffset, state.byteLength);
  }

  get cycle(): number {
    return this.cpu.current ? this.cpu.cycle : Math.max(this.cpu.cycle, this.firstReady());
  }

  get runnable(): boolean {
    if (this.control.only) return this.canTake(this.control.only);
    return this.cpu.current !== undefined || this.firstReady() < Infinity;
  }

  /** Its time, exact also while its engine runs. */
  get now(): number {
    return this.cpu.cycle + (this.inEngine ? this.hardware.engine.elapsed : 0);
  }

  charge(cycles: number): void {
    this.cpu.cycle += cycles;
  }

  /** A piece of what its engine has to do before it first runs; true while there is more. */
  prepare(): boolean {
    return this.hardware.engine.prepare();
  }

  interruptEngine(): void {
    if (this.inEngine) this.hardware.engine.requestStop();
  }

  /** Runs until the turn ends or `limit`, until there is nothing to do, or until the debugger has to look. */
  run(slice: Slice, limit: number): Stop | undefined {
    for (;;) {
      if (this.untilThere() <= 0) return undefined;
      const task = this.takeTask();
      if (!task || this.cpu.cycle >= Math.min(slice.end, limit) || this.k.state.exit) return undefined;
      const stop = task.kernelStack.length > 0 ? this.kernelSteps(task, slice, limit) : this.userTurn(task, slice, limit);
      if (stop) return stop;
    }
  }

  /** The task that goes on here: the current one, unless its time slice is over or a better one waits. */
  private takeTask(): Task | undefined {
    const { cpu, k, control: { only } } = this;
    if (only) return this.takeOnly(only);
    const { current } = cpu;
    if (current?.kernelStack.length === 0) {
      const isOver = cpu.cycle >= cpu.sliceEnd;
      if ((isOver || cpu.needResched) && this.firstReady() <= cpu.cycle) {
        this.order.actions += 1;
        this.switchOut(current);
        putBack(k, cpu, isOver ? 'sliceEnd' : 'preempted');
      }
    }
    if (cpu.current) return cpu.current;
    const ready = this.firstReady();
    if (ready === Infinity) return undefined;
    cpu.cycle = Math.max(cpu.cycle, ready);
    const next = nextTask(k, cpu.id);
    if (!next) return undefined;
    this.order.actions += 1;
    this.switchIn(next);
    return next;
  }

  /** The one task that may run takes this CPU, wherever another one is in its work. */
  private takeOnly(only: Runner): Task | undefined {
    const { cpu, k } = this;
    if (only.kind === 'context' || !this.canTake(only)) return undefined;
    if (cpu.current === only.task) return only.task;
    this.order.actions += 1;
    if (cpu.current) {
      this.switchOut(cpu.current);
      putBack(k, cpu, 'preempted');
    }
    cpu.cycle = Math.max(cpu.cycle, only.task.share.readyAt);
    putOn(k, cpu, only.task);
    this.switchIn(only.task);
    return only.task;
  }

  private canTake(only: Runner): boolean {
    if (only.kind === 'context') return false;
    const { task } = only;
    return this.cpu.current === task || (task.state === 'ready' && (task.share.allowed & (1 << this.cpu.id)) !== 0);
  }

  private userTurn(task: Task, slice: Slice, limit: number): Stop | undefined {
    const { k, cpu, control } = this;
    const left = this.untilThere();
    if (left <= 0) return undefined;
    if (leaveKernel(task) === 'kernel') {
      taskInKernel(k, task, cpu.id, cpu.cycle);
      this.order.actions += 1;
      return undefined;
    }
    const isSingle = isStepping(control, task);
    const end = Math.min(slice.end, limit, cpu.cycle + left, cpu.sliceEnd > cpu.cycle ? cpu.sliceEnd : Infinity);
    const { code, executed } = this.runEngine(task, isSingle ? 1 : end - cpu.cycle);
    if (code === EXIT.breakpoint) {
      const address = this.pc;
      control.reported.set(task, address);
      return { kind: 'breakpoint', runner: { kind: 'task', task }, address };
    }
    const entry = this.entryOf(code);
    if (entry) {
      taskInKernel(k, task, cpu.id, cpu.cycle);
      cpu.cycle += k.profile.cost.entry;
      enterKernel(k, task, entry);
      this.order.actions += 1;
    }
    const pending = takePending(control);
    if (pending) return pending;
    return isSingle && (executed > 0 || entry) ? { kind: 'step', runner: { kind: 'task', task } } : undefined;
  }

  private runEngine(task: Task, budget: number): { readonly code: number; readonly executed: number } {
    const { cpu, hardware: { engine } } = this;
    const { reported } = this.control;
    const passes = reported.get(task) === this.pc;
    setTimeBase(this.view, cpu.cycle);
    this.inEngine = true;
    const code = engine.run(budget, passes);
    this.inEngine = false;
    this.hardware.mmu.publishReservation();
    const { executed } = engine;
    if (executed > 0) reported.delete(task);
    cpu.cycle += executed;
    task.userCycles += executed;
    this.k.state.instructions.ppe += executed;
    return { code, executed };
  }

  private entryOf(code: number): KernelEntry | undefined {
    switch (code) {
      case EXIT.budget:
      case EXIT.stopRequested:
        return undefined;
      case EXIT.memoryFault:
      case EXIT.fetchFault:
        return { kind: 'pageFault', fault: this.hardware.mmu.takeFault() };
      case PPE_EXIT.systemCall:
        return { kind: 'systemCall' };
      case PPE_EXIT.alignment:
        return { kind: 'alignment', address: this.view.getBigUint64(PPE_STATE.dar, true) };
      case PPE_EXIT.trap:
        return { kind: 'trap' };
      case PPE_EXIT.floatException:
        return { kind: 'floatException' };
      case PPE_EXIT.privileged:
        return { kind: 'privileged' };
      default:
        return { kind: 'illegal' };
    }
  }

  /** Steps of the task's kernel paths, until it is back in user mode or off its CPU, or the turn ends. */
  private kernelSteps(task: Task, slice: Slice, limit: number): Stop | undefined {
    const { cpu, k } = this;
    for (;;) {
      const stop = this.kernelStep(task, slice);
      if (stop) return stop;
      if (cpu.current !== task || task.kernelStack.length === 0 || cpu.cycle >= slice.end || cpu.cycle >= limit || k.state.exit || this.untilThere() <= 0) return undefined;
    }
  }

  /** How much may happen before the machine is where it was to run to. */
  private untilThere(): number {
    return this.control.until - placeOf(this.k.state, this.order);
  }

  private kernelStep(task: Task, slice: Slice): Stop | undefined {
    const { cpu, k, control } = this;
    const stopBefore = this.kernelBreakpoint(task);
    if (stopBefore) return stopBefore;
    cpu.cycle += k.profile.cost.step;
    task.systemCycles += k.profile.cost.step;
    const after = advance(k, task, this.knownPaths);
    this.order.actions += 1;
    if (after === 'user') {
      cpu.cycle += k.profile.cost.entry;
      if (cpu.current === task) taskInUser(k, task, cpu.id, cpu.cycle);
    }
    if (after === 'off' || task.state !== 'running') {
      this.switchOut(task);
      if (task.state === 'running') putBack(k, cpu, 'yield');
      else leaveCpu(k, cpu);
    }
    if (k.state.readyQueue.length > 0) shareSlice(slice, cpu.cycle);
    const pending = takePending(control);
    if (pending) return pending;
    return isStepping(control, task) ? { kind: 'step', runner: { kind: 'task', task } } : undefined;
  }

  private kernelBreakpoint(task: Task): Stop | undefined {
    const { reportedStep, control: { kernelBreakpoints } } = this;
    this.reportedStep = undefined;
    if (kernelBreakpoints.size === 0) return undefined;
    const frame = task.kernelStack.at(-1);
    if (!frame) return undefined;
    const place = kernelPlace(frame.path, frame.step);
    if (!kernelBreakpoints.has(place) || (reportedStep?.task === task && reportedStep.place === place)) return undefined;
    this.reportedStep = { task, place };
    return { kind: 'kernelBreakpoint', runner: { kind: 'task', task }, path: frame.path, step: frame.step };
  }

  private switchIn(task: Task): void {
    this.hardware.state.set(task.registers);
    this.view.setUint8(PPE_STATE.reservationValid, 0);
    this.hardware.mmu.switchTo(task.mm);
  }

  private switchOut(task: Task): void {
    task.registers.set(this.hardware.state.subarray(0, PPE_USER_BYTES));
  }

  private get pc(): number {
    return this.hardware.engine.pc;
  }

  /** Cycle from which a ready task can run here; Infinity when none waits. */
  private firstReady(): number {
    let first = Infinity;
    for (const { share } of this.k.state.readyQueue) {
      if ((share.allowed & (1 << this.cpu.id)) !== 0 && share.readyAt < first) first = share.readyAt;
    }
    return first;
  }
}
