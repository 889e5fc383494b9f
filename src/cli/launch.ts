/** From the command line to a machine: the options of `run` and `compare`. */
import { readHostFolder } from '../adapter/launch/hostFolder.ts';
import type { CheckedLaunch } from '../adapter/launch/arguments.ts';
import { LaunchError, prepareLaunch, type PreparedLaunch } from '../adapter/launch/prepare.ts';
import { ShapeError } from '../adapter/session/shape.ts';
import { type ParsedArgs, parseChoice, parseNumber } from './args.ts';
import { CommandError, type Io } from './io.ts';
import { nodeHost } from './nodeHost.ts';
import type { RUN } from './specs.ts';

type MachineOptions = Omit<ParsedArgs<(typeof RUN)['options']>['options'], 'kernel'>;

type LaunchArgs = Pick<ParsedArgs<(typeof RUN)['options']>, 'operands' | 'ahead'> & { readonly options: MachineOptions };

const MOST_CYCLES = Number.MAX_SAFE_INTEGER;

/** Reads the program and everything that it needs. @throws CommandError or ProgramErrors */
export async function launchFrom({ operands, ahead, options }: LaunchArgs, kernel: string | undefined, io: Io): Promise<PreparedLaunch> {
  const files = programFiles(operands, ahead);
  const args = operands.slice(files.length);
  const program = files.length === 1 ? operands[0] ?? '' : files;
  const { spes, memory, devices } = options;
  const pageSize = options['page-size'];
  const hostFolder = options['host-folder'];
  const launch: CheckedLaunch = {
    program, args,
    machine: {
      ...(spes === undefined ? {} : { spes: parseNumber('--spes', spes, 0, 16) }),
      ...(memory === undefined ? {} : { memory }),
      ...(pageSize === undefined ? {} : { pageSize: parseChoice('--page-size', pageSize.toUpperCase(), ['4K', '64K']) }),
    },
    ...(kernel === undefined ? {} : { kernel }),
    ...(devices === undefined ? {} : { devices }),
    ...(hostFolder === undefined ? {} : { hostFolder }),
  };
  try {
    return await prepareLaunch(launch, {
      readFile: (path) => io.readFile(path),
      hostFiles: (folder) => readHostFolder(nodeHost(io), folder),
    });
  } catch (error) {
    throw error instanceof LaunchError || error instanceof ShapeError ? new CommandError(sentence(error.message)) : error;
  }
}

const SOURCE = /\.s$/i;

/** A program is one file; where it is source, source files that follow it in front of `--` belong to it too. */
function programFiles(operands: readonly string[], ahead: number): readonly string[] {
  let count = 1;
  while (SOURCE.test(operands[0] ?? '') && count < ahead && SOURCE.test(operands[count] ?? '')) count += 1;
  return operands.slice(0, count);
}

/** The value of `--max-cycles`; Infinity where it is not given. */
export function cycleLimit(text: string | undefined): number {
  return text === undefined ? Infinity : parseNumber('--max-cycles', text, 1, MOST_CYCLES);
}

/** Messages of the launch configuration in the words of the command line, on one line. */
const OPTION_NAMES: readonly (readonly [RegExp, string])[] = [
  [/^machine\.memory has to be/, '--memory has to be'],
  [/^devices has to be/, 'Devices have to be'],
  [/\bhostFolder\b/, '--host-folder'],
];

function sentence(message: string): string {
  const text = OPTION_NAMES.reduce((said, [name, option]) => said.replace(name, option), message.replace(/\s+/g, ' '));
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
