/** Lives of a guest: what came from outside and where, and what the machine was at places of it. */
import { createHash } from 'node:crypto';
import { readFaults } from '../../src/sim/kernel/fault/log.ts';
import type { Machine } from '../../src/sim/machine.ts';
import { machineFor, type TestMachine } from './machine.ts';
import type { RandomGuest } from './randomGuest.ts';

/** A life that goes on for longer is cut off there. */
const MOST_PLACES = 30_000;
const SHARED_BYTES = 64;

export type Outside = 'line' | 'end of input' | 'SIGUSR1' | 'SIGALRM' | 'first alone' | 'all' | 'edit';
export const OUTSIDE: readonly Outside[] = ['line', 'line', 'end of input', 'SIGUSR1', 'SIGALRM', 'first alone', 'all', 'edit'];

export interface Given {
  readonly place: number;
  readonly what: Outside;
}

export interface Life {
  readonly given: readonly Given[];
  /** Where it ended, or was cut off. */
  readonly end: number;
  /** Where a fault was decided. */
  readonly faults: readonly number[];
}

export interface Choices {
  readonly guest: RandomGuest;
  readonly kernel: string;
}

export function birth({ guest: { name, source }, kernel }: Choices, historyBytes = 0): TestMachine {
  return machineFor({ name, source, kernel, historyBytes });
}

/**
 * Runs to a place, or as far as the machine comes; `piece` is how far it runs at once.
 * @param onFault called where the machine stops for a fault, which it does only then.
 */
export function runTo(machine: Machine, place: number, piece: number, onFault?: () => void): void {
  const { control } = machine;
  control.stopOnFault = () => onFault !== undefined;
  while (machine.place < place) {
    const { kind } = machine.run(piece, place);
    if (kind === 'fault') onFault?.();
    if (kind === 'exit' || kind === 'deadlock' || kind === 'blocked') break;
  }
  control.stopOnFault = () => false;
}

/** Gives a machine something from outside; whether that began a new future. */
export function give(machine: Machine, what: Outside): boolean {
  const [first] = machine.state.tasks.values();
  switch (what) {
    case 'line': return machine.input({ kind: 'stdin', bytes: new TextEncoder().encode('a line\n') });
    case 'end of input': return machine.input({ kind: 'stdin', bytes: undefined });
    case 'SIGUSR1': return machine.input({ kind: 'signal', signal: 10 });
    case 'SIGALRM': return machine.input({ kind: 'signal', signal: 14 });
    case 'first alone': return machine.input({ kind: 'only', thread: first && { kind: 'task', id: first.tid } });
    case 'all': return machine.input({ kind: 'only', thread: undefined });
    case 'edit': {
      const data = machine.program.symbols.find(({ name }) => name === 'alarms')?.address ?? 0;
      if (first) machine.poke(first, data, new Uint8Array(SHARED_BYTES / 8).fill(machine.place));
      return machine.history?.edited() ?? false;
    }
  }
}

/** Lives a guest's life for the first time. Where it waits for something the next that comes from outside comes at once. */
export function liveOnce(choices: Choices, wishes: readonly Given[]): Life {
  const { machine } = birth(choices);
  const faults: number[] = [];
  const note = (): void => { faults.push(machine.place); };
  const given: Given[] = [];
  for (const { place, what } of wishes) {
    runTo(machine, place, Infinity, note);
    if (machine.state.exit) break;
    given.push({ place: machine.place, what });
    give(machine, what);
  }
  runTo(machine, MOST_PLACES, Infinity, note);
  return { given, end: machine.place, faults };
}

/** Everything that a machine is: the hash of its state, and what says where two machines are different. */
export function whole(machine: Machine): object {
  const { state, kernel, configuration } = machine;
  const hash = machine.hash();
  const bytes = (some: Uint8Array): string => createHash('sha1').update(some).digest('hex');
  const { references } = state.frames;
  const frames = [...references.keys()].filter((frame) => frame < configuration.ramBytes / 4096 && references[frame] !== 0);
  return {
    place: machine.place, cycle: machine.cycle, hash,
    tasks: [...state.tasks.values()].map((task) => `${String(task.tid)} ${task.state} ${task.kernelStack.map(({ path, step }) => `${path}:${String(step)}`).join(' ')}`),
    faults: readFaults(state.faults, 0, state.faults.count).map((fault) => JSON.stringify(fault, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))),
    memory: frames.map((frame) => `${String(frame)} ${bytes(kernel.memory.subarray(kernel.mmu.ram + frame * 4096, kernel.mmu.ram + (frame + 1) * 4096))}`),
    localStores: [...state.spufs.contexts.values()].map((context) => bytes(machine.readLocalStore(context, 0, 1 << 18))),
    registers: [...state.tasks.values()].map((task) => bytes(machine.registers(task).bytes.subarray(0, task.registers.length))),
  };
}

/** What a machine that keeps no history is at places, each reached for the first time. */
export function wholeAt(choices: Choices, { given }: Pick<Life, 'given'>, places: Iterable<number>): Map<number, object> {
  const { machine } = birth(choices);
  const found = new Map<number, object>();
  let next = 0;
  for (const place of [...new Set(places)].sort((a, b) => a - b)) {
    for (let now = given[next]; now && now.place <= place; now = given[next]) {
      runTo(machine, now.place, 977);
      give(machine, now.what);
      next += 1;
    }
    runTo(machine, place, 1999);
    found.set(place, whole(machine));
  }
  return found;
}
