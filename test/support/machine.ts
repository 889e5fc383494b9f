/** Machines for tests: programs from source or file, and a digest of everything that matters. */
import { readFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { type ProfileChoice, profileOf } from '../../src/sim/kernel/profile/lookup.ts';
import { DEFAULT_CONFIGURATION, Machine } from '../../src/sim/machine.ts';
import type { HostFiles } from '../../src/sim/kernel/files/state.ts';
import type { MachineConfiguration } from '../../src/sim/kernel/kernel.ts';
import { Interpreters } from '../../src/sim/run/interpreters.ts';
import { loadProgram } from '../../src/sim/program/load.ts';
import { readSettings } from '../../src/sim/program/settings.ts';

/** One for all machines of a test file: only the first has to compile. */
const INTERPRETERS = new Interpreters();

export interface TestMachine {
  readonly machine: Machine;
  readonly out: { stdout: string; stderr: string; readonly notices: string[] };
}

export interface TestProgram {
  readonly name: string;
  readonly source: string;
  readonly kernel?: ProfileChoice;
  readonly configuration?: Partial<MachineConfiguration>;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly hostFiles?: HostFiles;
  /** Bytes of history; none is kept by default. */
  readonly historyBytes?: number;
}

/** A machine with a program in assembler source; settings in its comments count. */
export function machineFor({ name, source, kernel, configuration, args = [], env = {}, hostFiles, historyBytes = 0 }: TestProgram): TestMachine {
  const { program } = loadProgram({ name, bytes: new TextEncoder().encode(source) });
  const out = { stdout: '', stderr: '', notices: [] as string[] };
  const machine = new Machine(
    {
      program, args, env, profile: profileOf(kernel), hostFiles, historyBytes,
      configuration: { ...DEFAULT_CONFIGURATION, ramBytes: 4 << 20, ...readSettings([{ path: name, text: source }]), ...configuration },
    },
    {
      output: (stream, bytes) => { out[stream] += new TextDecoder().decode(bytes); },
      notice: (text) => { out.notices.push(text); },
    },
    INTERPRETERS,
  );
  return { machine, out };
}

/** A file of `examples/`. */
export function exampleSource(name: string): string {
  return readFileSync(new URL(`../../examples/${name}`, import.meta.url), 'utf8');
}

/** Everything that a program or a user can see, as one text: equal for equal histories. */
export function digest({ machine, out }: TestMachine): string {
  const { kernel, state } = machine;
  const ram = kernel.memory.subarray(kernel.mmu.ram, kernel.mmu.ram + machine.configuration.ramBytes);
  const tasks = [...state.tasks.values()].map((task) => ({
    tid: task.tid, state: task.state, stack: task.kernelStack.map(({ path, step }) => `${path}:${String(step)}`),
    registers: createHash('sha1').update(machine.registers(task).bytes.subarray(0, task.registers.length)).digest('hex'),
    minFlt: task.minFlt, majFlt: task.majFlt, user: task.userCycles, system: task.systemCycles,
  }));
  return JSON.stringify({
    cycle: machine.cycle, cpus: state.cpus.map(({ cycle }) => cycle), counters: state.counters, instructions: state.instructions,
    faults: state.faults.count, events: state.events.map(({ cycle, action }) => `${String(cycle)} ${action.kind}`),
    exit: state.exit, tasks, out, ram: createHash('sha1').update(ram).digest('hex'),
  });
}
