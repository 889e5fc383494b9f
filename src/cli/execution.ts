/** A program's run on the command line: the process's own streams around it, and sentences for what cannot be. */
import { setImmediate } from 'node:timers/promises';
import { type ProgramRun, runProgram } from '../adapter/comparison/programRun.ts';
import type { Outside } from '../adapter/comparison/runToEnd.ts';
import { Machine, type MachineHost, type MachineSettings } from '../sim/machine.ts';
import type { Interpreters } from '../sim/run/interpreters.ts';
import { CommandError, type Io } from './io.ts';

export type RunWorld = MachineHost & Pick<Outside, 'readInput' | 'nextLine'> & Pick<Io, 'drained'>;

/**
 * Runs a program until it ends or `maxCycles` have passed.
 * @param interpreters shared with other runs, where there are others.
 * @throws CommandError where there can be no such machine, or the program does not fit into it.
 */
export async function execute(settings: MachineSettings, maxCycles: number, world: RunWorld, interpreters?: Interpreters): Promise<ProgramRun> {
  // Signals of the terminal, and the end of whoever reads the output, come between turns.
  const turn = async (): Promise<void> => {
    await setImmediate();
    await world.drained();
  };
  return await runProgram(newMachine(settings, world, interpreters), settings.program, maxCycles, { readInput: () => world.readInput(), nextLine: world.nextLine, turn });
}

function newMachine(settings: MachineSettings, host: MachineHost, interpreters?: Interpreters): Machine {
  try {
    return new Machine(settings, host, interpreters);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    // The host's own words for memory that cannot be had are no sentence.
    throw new CommandError(error.message.endsWith('.') ? error.message : `The machine's memory cannot be had here (${error.message}); give it less with --memory.`);
  }
}
