/**
 * One PPE hardware thread: runs the user instructions and the kernel steps of the task that
 * the kernel gave it, until a cycle, and says when the debugger has to look.
 */
import type { Engine } from '../engine/engine.ts';
import { EXIT } from '../engine/exits.ts';
import { enterKernel, leaveKernel, type KernelEntry } from '../kernel/entry.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { advance } from '../kernel/runtime.ts';
import type { Cpu, Task } from '../kernel/state.ts';
import { leaveCpu, nextTask, putBack } from '../kernel/task/cpu.ts';
import type { PpeMmu } from '../mmu/ppeMmu.ts';
import { PPE_EXIT } from '../ppe/exits.ts';
import { PPE_STATE, PPE_USER_BYTES } from '../ppe/layout.ts';
import type { Processor } from './slice.ts';
import { kernelPlace, type DebugControl, type Stop } from './stop.ts';

/** The hardware of one thread: its engine, its address translation, its registers in the machine's memory. */
export interface PpeHardware {
  readonly engine: Engine;
  readonly mmu: PpeMmu;
  readonly state: Uint8Array;
}

export class PpeThread implements Processor {
  private readonly stateView: DataView;
  /** A breakpoint that has been reported: the instruction under it runs when the task goes on. */
  private reported: { readonly task: Task; readonly place: number | string } | undefined;

  constructor(
    private readonly k: Kernel,
    readonly cpu: Cpu,
    readonly hardware: PpeHardware,
    private readonly control: DebugControl,
  ) {
    this.stateView = new DataView(hardware.state.buffer, hardware.state.byteOffset, hardware.state.byteLength);
  }

  get cycle(): number {
    return this.cpu.current ? this.cpu.cycle : Math.max(this.cpu.cycle, this.firstReady());
  }

  get runnable(): boolean {
    return this.cpu.current !== undefined || this.firstReady() < Infinity;
  }

  /** Runs until `end`, until there is nothing to do, or until the debugger has to look. */
  run(end: number): Stop | undefined {
    while (this.cpu.cycle < end || !this.cpu.current) {
      const task = this.takeTask();
      if (!task) return undefined;
      if (this.cpu.cycle >= end) return undefined;
      const stop = task.kernelStack.length > 0 ? this.kernelStep(task) : this.runUser(task, end);
      if (stop) return stop;
    }
    return undefined;
  }

  /** The task that goes on here: the current one, unless its slice is over or a better one waits. */
  private takeTask(): Task | undefined {
    const { cpu, k } = this;
    const { current } = cpu;
    if (current && current.kernelStack.length === 0) {
      const over = cpu.cycle >= cpu.sliceEnd;
      if (cpu.needResched || over) {
        if (k.state.readyQueue.length > 0) {
          this.switchOut(current);
          putBack(k, cpu, over ? 'sliceEnd' : 'preempted');
        } else {
          cpu.sliceEnd = over ? Infinity : cpu.sliceEnd;
          cpu.needResched = false;
        }
      }
    }
    if (cpu.current) return cpu.current;
    cpu.cycle = Math.max(cpu.cycle, this.firstReady());
    const next = nextTask(k, cpu.id);
    if (next) this.switchIn(next);
    return next;
  }

  private runUser(task: Task, end: number): Stop | undefined {
    const { cpu, k, control, hardware: { engine } } = this;
    if (leaveKernel(k, task) === 'kernel') return undefined;
    const single = control.stepping?.kind === 'task' && control.stepping.task === task;
    const budget = single ? 1 : Math.min(end, cpu.sliceEnd) - cpu.cycle;
    this.stateView.setBigUint64(PPE_STATE.timeBase, BigInt(cpu.cycle), true);
    const pass = this.reported?.task === task && this.reported.place === this.pc();
    this.reported = undefined;
    const code = engine.run(Math.max(budget, 1), pass);
    cpu.cycle += engine.executed;
    task.userCycles += engine.executed;
    if (code === EXIT.breakpoint) {
      const address = this.pc();
      this.reported = { task, place: address };
      return { kind: 'breakpoint', runner: { kind: 'task', task }, address };
    }
    const entry = this.entryOf(code);
    if (entry) {
      cpu.cycle += k.profile.cost.entry;
      enterKernel(k, task, entry);
    }
    return single && (engine.executed > 0 || entry) ? { kind: 'step', runner: { kind: 'task', task } } : undefined;
  }

  private entryOf(code: number): KernelEntry | undefined {
    const { hardware: { mmu }, stateView } = this;
    switch (code) {
      case EXIT.budget:
      case EXIT.stopRequested:
        return undefined;
      case EXIT.memoryFault:
      case EXIT.fetchFault:
        return { kind: 'pageFault', fault: mmu.takeFault() };
      case PPE_EXIT.systemCall:
        return { kind: 'systemCall' };
      case PPE_EXIT.alignment:
        return { kind: 'alignment', address: stateView.getBigUint64(PPE_STATE.dar, true) };
      case PPE_EXIT.trap:
        return { kind: 'trap' };
      case PPE_EXIT.privileged:
        return { kind: 'privileged' };
      default:
        return { kind: 'illegal' };
    }
  }

  private kernelStep(task: Task): Stop | undefined {
    const { cpu, k, control } = this;
    const frame = task.kernelStack.at(-1);
    if (frame && control.kernelBreakpoints.size > 0) {
      const place = kernelPlace(frame.path, frame.step);
      if (control.kernelBreakpoints.has(place) && !(this.reported?.task === task && this.reported.place === place)) {
        this.reported = { task, place };
        return { kind: 'kernelBreakpoint', runner: { kind: 'task', task }, path: frame.path, step: frame.step };
      }
    }
    this.reported = undefined;
    cpu.cycle += k.profile.cost.step;
    task.systemCycles += k.profile.cost.step;
    const after = advance(k, task);
    if (after === 'off') {
      this.switchOut(task);
      if (task.state === 'running') putBack(k, cpu, 'yield');
      else leaveCpu(k, cpu);
    } else if (after === 'user') {
      cpu.cycle += k.profile.cost.entry;
    }
    return control.stepping?.kind === 'task' && control.stepping.task === task
      ? { kind: 'step', runner: { kind: 'task', task } }
      : undefined;
  }

  private switchIn(task: Task): void {
    this.hardware.state.set(task.registers.subarray(0, PPE_USER_BYTES));
    this.stateView.setUint8(PPE_STATE.reservationValid, 0);
    this.hardware.mmu.switchTo(task.mm);
  }

  private switchOut(task: Task): void {
    task.registers.set(this.hardware.state.subarray(0, PPE_USER_BYTES));
  }

  private pc(): number {
    return Number(this.stateView.getBigUint64(PPE_STATE.pc, true));
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
