/**
 * What kernel code is handed: the state tree and the few things of the machine around it.
 * `machine.ts` makes the one implementation.
 */
import type { PpeRegisters } from '../ppe/registers.ts';
import type { Mmu } from '../mmu/mmu.ts';
import type { Spe } from '../spe/spe.ts';
import type { Program } from '../program/program.ts';
import type { TimelineLog } from '../timeline/log.ts';
import type { FaultRecord } from './fault/state.ts';
import type { EventAction } from './event.ts';
import type { Profile } from './profile/profile.ts';
import type { KernelState, Task } from './state.ts';
import type { ScriptedFailure } from './mm/state.ts';
import type { HostFiles, ScriptedDevice } from './files/state.ts';

export interface MachineConfiguration {
  readonly ramBytes: number;
  readonly pageBytes: 4096 | 65536;
  readonly spes: number;
  readonly ppeThreads: number;
  /** Simulated cycles (and time-base ticks) in a second: 79.8 million by default. */
  readonly cyclesPerSecond: number;
  /** User and group number of the program; 0 is root. */
  readonly uid: number;
  readonly devices: readonly ScriptedDevice[];
  /** Standard streams that are terminals; none where it is not given. */
  readonly terminals?: readonly ('stdin' | 'stdout' | 'stderr')[];
  /** Most bytes that a mapping may have in memory, by its name (`[heap]`, `/tmp/data`); more is OOM. */
  readonly mappingLimits?: ReadonlyMap<string, number>;
  /** Size of the swap device; none by default. */
  readonly swapBytes?: number;
  /** Size of the disk; `DISK_BYTES` by default. */
  readonly diskBytes?: number;
  /** The program is process 1 (facts 2.2 step 9). */
  readonly init?: boolean;
  /** Reads and writes that fail, and first writes that drivers refuse. */
  readonly failures?: readonly ScriptedFailure[];
}

export interface Kernel {
  readonly state: KernelState;
  readonly profile: Profile;
  readonly configuration: MachineConfiguration;
  /** The program that the machine was started with, for execve. */
  readonly program?: Program;
  /** The machine's whole WebAssembly memory; physical frames and local stores lie in it at `mmu`'s host offsets. */
  readonly memory: Uint8Array;
  readonly mmu: Mmu;
  /** The physical SPEs, by number. */
  readonly spes: readonly Spe[];
  /** The host folder that the launch configuration names; empty when there is none. */
  readonly hostFiles: HostFiles;
  /** What happened when; written through `timeline/record.ts`. */
  readonly timeline: TimelineLog;
  /** Cycle of the processor that this kernel code runs on. */
  now(): number;
  /** The kernel code that runs takes this many cycles more (copying, saving an SPE). */
  charge(cycles: number): void;
  /** User registers of a task, on or off its CPU. */
  registers(task: Task): PpeRegisters;
  schedule(cycle: number, action: EventAction): void;
  /** Standard output and standard error of the program, as bytes. */
  output(stream: 'stdout' | 'stderr', bytes: Uint8Array): void;
  /** A sentence for the debug console (an unknown system call, a missing instruction). */
  notice(text: string): void;
  /** The current instruction of a task is none that the machine knows: the debug console hears which. */
  illegalInstruction(task: Task): void;
  /** A fault's outcome is decided and its record complete; the debugger may stop here, before the effect. */
  faultDecided(record: FaultRecord): void;
}
