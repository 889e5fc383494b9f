/**
 * A machine: hardware, kernel and program together. It owns the whole simulation; two machines
 * know nothing of each other. Everything that matters is in `memory`, `state` and `order`.
 */
import { Decoder } from './engine/isa.ts';
import { DEFAULT_RAM_BYTES, INSTRUCTION_BYTES } from './engine/layout.ts';
import { runnerOf } from './history/checkpoint.ts';
import { stateHash } from './history/hash.ts';
import { History } from './history/history.ts';
import { giveInput, type Input } from './history/input.ts';
import { Pieces } from './history/pieces.ts';
import { addEvent } from './kernel/events.ts';
import type { FaultRecord } from './kernel/fault/state.ts';
import type { HostFiles } from './kernel/files/state.ts';
import { peek, poke } from './kernel/mm/peek.ts';
import type { Mm } from './kernel/mm/state.ts';
import type { Kernel, MachineConfiguration } from './kernel/kernel.ts';
import { newKernelState } from './kernel/newState.ts';
import type { Profile } from './kernel/profile/profile.ts';
import { speOf } from './kernel/spufs/bind.ts';
import { readMemory, writeMemory } from './kernel/spufs/localStore.ts';
import type { SpuContext } from './kernel/spufs/state.ts';
import type { KernelState, Task } from './kernel/state.ts';
import { execProgram } from './kernel/task/exec.ts';
import type { TranslationUnit, Walk } from './mmu/walk.ts';
import type { Accessor, Watch, WatchHit } from './mmu/watches.ts';
import { PPC } from './ppe/instructionSet.ts';
import { PpeRegisters } from './ppe/registers.ts';
import type { Program } from './program/program.ts';
import { startable } from './program/spuLauncher.ts';
import { Hardware } from './run/hardware.ts';
import { Interpreters } from './run/interpreters.ts';
import { describeIllegal } from './run/illegal.ts';
import { RunLoop } from './run/loop.ts';
import { newOrder, type OrderState, placeOf } from './run/order.ts';
import { newDebugControl, type DebugControl, type Runner, type Stop } from './run/stop.ts';
import type { Spe } from './spe/spe.ts';
import { TimelineLog } from './timeline/log.ts';

/** What a machine is made of when nothing else is said. */
export const DEFAULT_CONFIGURATION: MachineConfiguration = {
  ramBytes: DEFAULT_RAM_BYTES, pageBytes: 4096, spes: 8, ppeThreads: 2, cyclesPerSecond: 79_800_000, uid: 1000, devices: [],
};

export interface MachineSettings {
  readonly program: Program;
  /** `argv` after the program's name. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly profile: Profile;
  readonly configuration: MachineConfiguration;
  readonly hostFiles: HostFiles | undefined;
  /** Bytes that the history may take; none is kept where this is 0 or left out. */
  readonly historyBytes?: number;
}

/** What the machine tells the world. Called while `run` is under way. */
export interface MachineHost {
  output(stream: 'stdout' | 'stderr', bytes: Uint8Array): void;
  /** A sentence for the debug console. */
  notice(text: string): void;
}

const NO_FILES: HostFiles = { list: () => undefined, read: () => undefined };

export class Machine {
  readonly control: DebugControl = newDebugControl();
  readonly kernel: Kernel;
  /** What makes it possible to go back; undefined where none is kept. */
  readonly history: History | undefined;
  private readonly hardware: Hardware;
  private readonly loop: RunLoop;
  private readonly order: OrderState = newOrder();
  private readonly parked = new WeakMap<Task, PpeRegisters>();

  /**
   * @param interpreters machines that share them take less time to begin.
   * @throws RangeError for a configuration that no machine can have.
   */
  constructor(private readonly settings: MachineSettings, private readonly host: MachineHost, interpreters = new Interpreters()) {
    const { configuration, hostFiles } = settings;
    const state = newKernelState(configuration, hostFiles !== undefined);
    this.hardware = new Hardware(configuration, { state }, interpreters, {
      now: () => this.loop.now(),
      schedule: (cycle, action) => { this.schedule(cycle, action); },
      speWoken: (spe) => { this.loop.speWoken(spe); },
      kernel: () => this.kernel,
      firstExecuted: (by, address) => {
        const runner = this.accessor(by);
        if (runner) this.control.firstExecuted(runner, address);
      },
      ...(settings.program.isa === 'spu' && { takesMail: (channel: string, value: number) => { if (!this.isRepeating) host.output('stdout', mailLine(channel, value)); } }),
    });
    this.kernel = this.makeKernel(state);
    const { ppeThreads, speThreads } = this.hardware.processors(this.kernel, this.control, this.order);
    this.loop = new RunLoop(this.kernel, this.order, this.control, ppeThreads, speThreads);
    this.history = settings.historyBytes === undefined || settings.historyBytes === 0 ? undefined : new History({
      kernel: this.kernel, hardware: this.hardware, order: this.order, control: this.control, loop: this.loop,
    }, settings.historyBytes);
    execProgram(this.kernel, startable(settings.program), {
      arguments: [settings.program.name, ...settings.args],
      environment: Object.entries(settings.env).map(([name, value]) => `${name}=${value}`),
    });
  }

  get state(): KernelState { return this.kernel.state; }
  get profile(): Profile { return this.settings.profile; }
  get configuration(): MachineConfiguration { return this.settings.configuration; }
  get program(): Program { return this.settings.program; }
  /** Simulated time: cycle of the latest thing that happened. */
  get cycle(): number { return this.order.cycle; }

  /** One number for everything that matters: machines that have done the same have the same. */
  hash(): string {
    this.hardware.setTimeBases(this.state.cpus);
    return stateHash({ state: this.state, order: this.order, hardware: this.hardware, pieces: new Pieces(this.hardware.layout), memory: this.hardware.bytes });
  }

  /** Does a piece of what the first run would have to do: some milliseconds of work. True while there is more. */
  prepare(): boolean {
    return this.hardware.prepare(this.program.spuImages.length > 0 || this.state.spufs.contexts.size > 0);
  }

  /**
   * Runs for about `cycles` cycles of all processors together, or until there is a reason to stop.
   * @param until a place in the machine's history at which the run ends at the latest.
   */
  run(cycles: number, until = Infinity): Stop {
    if (this.history) return this.history.run(cycles, until);
    this.control.until = until;
    return this.loop.run(cycles);
  }

  /** How much has happened since the machine was switched on: where it is in its history. */
  get place(): number { return placeOf(this.state, this.order); }

  /** Gives the program something from outside. In the past that begins a new future; whether it did. */
  input(input: Input): boolean {
    if (this.history) return this.history.input(input);
    if (input.kind === 'only') this.control.only = input.thread && runnerOf(this, input.thread);
    else giveInput(this.kernel, input);
    return false;
  }

  /** User registers of a task, live: on its CPU or off. */
  registers(task: Task): PpeRegisters {
    const onCpu = task.cpu === undefined ? undefined : this.hardware.registersOf(task.cpu);
    if (onCpu) return onCpu;
    let registers = this.parked.get(task);
    if (!registers) {
      registers = new PpeRegisters(task.registers);
      this.parked.set(task, registers);
    }
    return registers;
  }

  /** An SPE context with its registers, on an SPE or saved. */
  spe(context: SpuContext): Spe {
    return speOf(this.kernel, context);
  }

  /** Effective addresses whose instruction stops the PPE. */
  setBreakpoints(addresses: Iterable<number>): void {
    this.hardware.setBreakpoints(addresses);
  }

  /** Local-store addresses that stop the SPU of a context: always the same set while they do not change. */
  setSpuBreakpoints(of: (context: SpuContext) => ReadonlySet<number>): void {
    this.control.spuBreakpoints = of;
  }

  /** Replaces the data watchpoints: an access to their bytes stops the machine after the instruction that made it. */
  setWatches(watches: readonly Watch[]): void {
    this.hardware.mmu.setWatches(watches, (hit) => { this.watchHit(hit); });
  }

  /** A task in the address space with a context id, where one is left. */
  taskIn(contextId: number): Task | undefined {
    for (const task of this.state.tasks.values()) if (task.mm.contextId === contextId) return task;
    return undefined;
  }

  /** The watched bytes as they are; shorter where some cannot be read. */
  watchedBytes(watch: Watch): Uint8Array {
    const { space, start, end } = watch;
    if (space.kind !== 'ea') return this.hardware.mmu.watches.bytesOf(watch);
    const task = this.taskIn(space.mm);
    return task ? this.peek(task, start, end - start) : new Uint8Array(0);
  }

  /**
   * Bytes of a task's address space, without fault and without trace in the machine. Bytes of
   * pages that are mapped and not yet touched are those that a touch would bring.
   * @returns as many bytes as can be read from `ea` on.
   */
  peek(task: Task, ea: number, length: number): Uint8Array {
    return peek(this.kernel, task.mm, ea, length);
  }

  /** Number of bytes written, from `ea` on; pages that were never touched cannot be written. */
  poke(task: Task, ea: number, bytes: Uint8Array): number {
    return poke(this.kernel, task.mm, ea, bytes);
  }

  /** How an address is translated, looked at without a trace; without a unit, for a context that is on no SPE. */
  walk(unit: TranslationUnit | undefined, mm: Mm, ea: number): Walk {
    return this.hardware.mmu.walk(unit, mm, ea);
  }

  readLocalStore(context: SpuContext, address: number, length: number): Uint8Array {
    return readMemory(this.kernel, context, address, length);
  }

  writeLocalStore(context: SpuContext, address: number, bytes: Uint8Array): number {
    return Math.max(writeMemory(this.kernel, context, address, bytes), 0);
  }

  /** The program does what it has done before: what it prints has been printed. */
  private get isRepeating(): boolean {
    return this.history?.isRepeating === true;
  }

  private makeKernel(state: KernelState): Kernel {
    const { settings, host, hardware } = this;
    const decoder = new Decoder(PPC);
    return {
      state,
      profile: settings.profile,
      program: settings.program,
      configuration: settings.configuration,
      memory: hardware.bytes,
      mmu: hardware.mmu,
      spes: hardware.spes,
      hostFiles: settings.hostFiles ?? NO_FILES,
      timeline: new TimelineLog(),
      now: () => this.loop.now(),
      charge: (cycles) => { this.loop.charge(cycles); },
      registers: (task) => this.registers(task),
      schedule: (cycle, action) => { this.schedule(cycle, action); },
      output: (stream, bytes) => { if (!this.isRepeating) host.output(stream, bytes); },
      notice: (text) => { if (!this.isRepeating) host.notice(text); },
      illegalInstruction: (task) => {
        const { pc } = this.registers(task);
        const bytes = this.peek(task, Number(pc), 4);
        const word = bytes.length === 4 ? new DataView(bytes.buffer, bytes.byteOffset).getInt32(0) : undefined;
        if (!this.isRepeating) host.notice(describeIllegal(decoder, word, pc));
      },
      faultDecided: (record) => { this.faultDecided(record); },
    };
  }

  private schedule(cycle: number, action: Parameters<Kernel['schedule']>[1]): void {
    addEvent(this.kernel.state, cycle, action);
    this.loop.eventScheduled(cycle);
  }

  private watchHit(hit: WatchHit): void {
    const runner = this.accessor(hit.by);
    if (!runner || this.control.pending) return;
    const pc = runner.kind === 'task' ? this.instructionOf(runner.task) : this.spe(runner.context).registers.pc;
    this.control.pending = { kind: 'watch', runner, access: { ...hit, pc, before: hit.before ?? this.watchedBytes(hit.watch) } };
    this.loop.interrupt();
  }

  /** The instruction that a task is at, or the system call that it is in. */
  private instructionOf(task: Task): number {
    const pc = Number(this.registers(task).pc);
    return task.kernelStack[0]?.path === 'system_call' ? pc - INSTRUCTION_BYTES : pc;
  }

  private accessor(by: Accessor): Runner | undefined {
    if ('cpu' in by) {
      const task = this.state.cpus[by.cpu]?.current;
      return task && { kind: 'task', task };
    }
    const context = this.state.spufs.slots[by.spe]?.context;
    return context && { kind: 'context', context };
  }

  private faultDecided(record: FaultRecord): void {
    const task = this.state.tasks.get(record.task);
    if (!task || !this.control.stopOnFault(record)) return;
    this.control.pending = { kind: 'fault', runner: { kind: 'task', task }, record };
  }
}

/** A word that a standalone SPU program writes to a mailbox. */
function mailLine(channel: string, value: number): Uint8Array {
  return new TextEncoder().encode(`${channel} 0x${value.toString(16).padStart(8, '0')}\n`);
}
