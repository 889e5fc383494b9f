/**
 * Rows of the fault table (facts, section 7): a guest program, the kernels that the row is
 * about, and the records that it is to leave. Names and numbers are those of facts 1.3 and 3.5.
 */
import { expect, it } from 'vitest';
import type { FaultCounter, FaultRecord } from '../../src/sim/kernel/fault/state.ts';
import { type AssemblyRun, type RunOptions } from '../sim/kernel/assembly.ts';
import { faultsOf, runSpufs } from '../sim/kernel/spufs/programs.ts';

export type KernelName = '2.6.18' | '2.6.18-retry' | '2.6.19' | '2.6.21' | '2.6.23' | '2.6.25' | '2.6.27' | '2.6.30';
export const ALL: readonly KernelName[] = ['2.6.18', '2.6.18-retry', '2.6.19', '2.6.21', '2.6.23', '2.6.25', '2.6.27', '2.6.30'];
/** Kernels whose touch of SPE registers gives the core a page, installs it and asks for the access again, or waits for the scheduler. */
export const GIVES_PAGE: readonly KernelName[] = ['2.6.18', '2.6.18-retry', '2.6.19'];
export const INSTALLS: readonly KernelName[] = ['2.6.21', '2.6.23'];
export const AWAITS: readonly KernelName[] = ['2.6.25', '2.6.27', '2.6.30'];

export interface Expected {
  readonly handlerAnswer: string;
  readonly core: string;
  readonly outcome: FaultRecord['outcome'];
  readonly pte: 'core' | 'handler' | 'nobody';
  readonly counters: readonly FaultCounter[];
  /** Number and si_code. */
  readonly signal?: readonly [number, number];
  readonly interruptedBy?: number;
}

interface Names {
  readonly minor: string;
  readonly major: string;
  readonly sigbus: string;
  readonly oom: string;
  /** Refusal and "again" of handlers of spufs, and of files and devices. */
  readonly spufs: readonly [sigbus: string, again: string];
  readonly file: readonly [sigbus: string, again: string];
  /** The core's answer to "again" of each. */
  readonly spufsAgain: string;
  readonly fileAgain: string;
}

const ENUMERATION = { minor: 'VM_FAULT_MINOR 2', major: 'VM_FAULT_MAJOR 3', sigbus: 'VM_FAULT_SIGBUS 1', oom: 'VM_FAULT_OOM 0', spufsAgain: 'VM_FAULT_MINOR 2', fileAgain: 'VM_FAULT_MINOR 2' } as const;
const FLAGS = { minor: 'VM_FAULT_MINOR 0', major: 'VM_FAULT_MAJOR 4', sigbus: 'VM_FAULT_SIGBUS 2', oom: 'VM_FAULT_OOM 1', fileAgain: 'VM_FAULT_NOPAGE 256' } as const;
const FAULT = ['VM_FAULT_SIGBUS', 'VM_FAULT_NOPAGE'] as const;
const NOPFN = ['NOPFN_SIGBUS', 'NOPFN_REFAULT'] as const;
const PROPOSAL = ['NOPAGE_SIGBUS', 'NOPAGE_RETRY'] as const;
const REFAULT = ['NOPAGE_SIGBUS', 'NOPAGE_REFAULT'] as const;

export const NAMES: Readonly<Record<KernelName, Names>> = {
  '2.6.18': { ...ENUMERATION, spufs: PROPOSAL, file: PROPOSAL },
  '2.6.18-retry': { ...ENUMERATION, spufs: PROPOSAL, file: PROPOSAL },
  '2.6.19': { ...ENUMERATION, spufs: REFAULT, file: REFAULT },
  '2.6.21': { ...ENUMERATION, spufs: NOPFN, file: REFAULT },
  '2.6.23': { ...FLAGS, spufs: NOPFN, file: FAULT, spufsAgain: 'VM_FAULT_MINOR 0' },
  '2.6.25': { ...FLAGS, spufs: NOPFN, file: FAULT, spufsAgain: 'VM_FAULT_MINOR 0' },
  '2.6.27': { ...FLAGS, spufs: FAULT, file: FAULT, spufsAgain: 'VM_FAULT_NOPAGE 256' },
  '2.6.30': { ...FLAGS, spufs: FAULT, file: FAULT, spufsAgain: 'VM_FAULT_NOPAGE 256' },
};

const COUNTED: readonly FaultCounter[] = ['min_flt', 'pgfault'];

/** A page that the core has installed, from a handler or of its own. */
export function served(kernel: KernelName, handlerAnswer: 'page' | 'none'): Expected {
  return { handlerAnswer, core: NAMES[kernel].minor, outcome: 'MINOR', pte: 'core', counters: COUNTED };
}

/** A page of an SPE as the kernel's handlers serve it. */
export function spufsServed(kernel: KernelName): Expected {
  const { spufs: [, again], spufsAgain } = NAMES[kernel];
  return GIVES_PAGE.includes(kernel) ? served(kernel, 'page') : { handlerAnswer: again, core: spufsAgain, outcome: 'RETRY', pte: 'handler', counters: COUNTED };
}

/** The access is to be made again, and nothing was installed. */
export function sentBack(kernel: KernelName, interruptedBy?: number): Expected {
  const { spufs: [, again], spufsAgain } = NAMES[kernel];
  return { handlerAnswer: again, core: spufsAgain, outcome: 'RETRY', pte: 'nobody', counters: COUNTED, ...(interruptedBy === undefined ? {} : { interruptedBy }) };
}

const SIGBUS = 7;
const BUS_ADRERR = 2;

export function refused(kernel: KernelName, handler: 'file' | 'spufs'): Expected {
  return { handlerAnswer: NAMES[kernel][handler][0], core: NAMES[kernel].sigbus, outcome: 'SIGBUS', pte: 'nobody', counters: ['pgfault'], signal: [SIGBUS, BUS_ADRERR] };
}

/** A program that takes longer is stuck: 100 ms. */
const MOST_CYCLES = 8_000_000;

/** Defines one test a kernel. */
export function row(
  number: number, title: string, kernels: readonly KernelName[], program: string,
  check: (run: AssemblyRun, kernel: KernelName) => void, options: Omit<RunOptions, 'kernel'> = {},
): void {
  it.each(kernels)(`row ${String(number)} (${title}) under %s`, (kernel) => {
    check(runSpufs(program, { cycles: MOST_CYCLES, ...options, kernel, configuration: { ramBytes: 8 << 20, ...options.configuration } }), kernel);
  });
}

/** Faults in a mapping, in order. */
export function faultsIn({ machine }: AssemblyRun, mapping: string): FaultRecord[] {
  return faultsOf(machine).filter((record) => record.mapping === mapping);
}

export function expectFaults(records: readonly FaultRecord[], expected: readonly Expected[]): void {
  expect(records.map(brief)).toEqual(expected.map((wanted) => ({ signal: undefined, interruptedBy: undefined, ...wanted })));
}

function brief({ handlerAnswer, coreAnswer, outcome, effect, interruptedBy }: FaultRecord): object {
  return {
    handlerAnswer, core: coreAnswer ? `${coreAnswer.name} ${String(coreAnswer.value)}` : '', outcome, pte: effect.pte,
    counters: [...effect.counters], signal: effect.signal && [effect.signal.number, effect.signal.code], interruptedBy,
  };
}

/** How the run ended, in a word. */
export function endOf({ stop }: AssemblyRun): string {
  if (stop.kind !== 'exit') return stop.kind;
  return stop.exit.kind === 'exit' ? `exit ${String(stop.exit.code)}` : `signal ${String(stop.exit.signal)}`;
}

export function minFlt({ machine }: AssemblyRun): number {
  return [...machine.state.tasks.values()].reduce((sum, task) => sum + task.minFlt, 0);
}
