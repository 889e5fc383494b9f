/**
 * One PPE hardware thread: runs the user instructions and the kernel steps of the task that
 * the kernel gave it, until a cycle, and says when the debugger has to look.
 */
import type { Engine } from '../engine/engine.ts';
import { EXIT } from '../engine/exits.ts';
import type { PpcBuilder } from '../ppe/builder.ts';
import type { PpeRegisters } from '../ppe/registers.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { advance } from '../kernel/runtime.ts';
import type { Cpu, Task } from '../kernel/state.ts';
import { nextTask, requeue, taskWantsCpu } from '../kernel/task/cpu.ts';
import { enterForExit, returnToUser } from '../kernel/entry.ts';
import type { Processor } from './slice.ts';
import { kernelPlace, type DebugControl, type Stop } from './stop.ts';

export class PpeThread implements Processor {
  /** The instruction at this address has reported its breakpoint and is to run now. */
  private passBreakpoint: { readonly task: Task; readonly address: number } | undefined;

  constructor(
    private readonly k: Kernel,
    readonly cpu: Cpu,
    readonly engine: Engine<PpcBuilder>,
    readonly registers: PpeRegisters,
    private readonly control: DebugControl,
  ) {}

  get cycle(): number {
    return this.cpu.cycle;
  }

  get runnable(): boolean {
    return this.cpu.current !== undefined || taskWantsCpu(this.k, this.cpu.id);
  }
}
