/** The kernel's state in a machine that has just been switched on. */
import { newMmuState } from '../mmu/state.ts';
import { newFaultLog } from './fault/log.ts';
import { newFilesState } from './files/tree.ts';
import type { MachineConfiguration } from './kernel.ts';
import { newFrames } from './mm/frames.ts';
import { newSpufsState } from './spufs/context.ts';
import type { KernelState } from './state.ts';
import { firstTid } from './task/create.ts';

/** Seed of what the program gets as random bytes. */
const RANDOM_SEED = 0x2006_0915;

export function newKernelState(configuration: MachineConfiguration, hasHostFolder: boolean): KernelState {
  return {
    tasks: new Map(),
    cpus: Array.from({ length: configuration.ppeThreads }, (_, id) => ({
      id, cycle: 0, current: undefined, needResched: false, sliceEnd: 0,
    })),
    readyQueue: [],
    events: [],
    eventSequence: 0,
    nextTid: firstTid(configuration),
    frames: newFrames(configuration),
    files: newFilesState(configuration.devices, hasHostFolder),
    spufs: newSpufsState(configuration.spes),
    faults: newFaultLog(),
    timelineEntries: 0,
    mmu: newMmuState(configuration),
    counters: { pgfault: 0, pgmajfault: 0, slbMiss: 0, hashRefill: 0, mfcSlbMiss: 0, mfcHashRefill: 0 },
    instructions: { ppe: 0, spu: 0 },
    futexes: new Map(),
    random: RANDOM_SEED,
    unknownSyscalls: new Set(),
    firstExit: undefined,
    exit: undefined,
  };
}
