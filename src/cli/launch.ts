/** From the command line to a machine: the options of `run` and `compare`. */
import { readHostFolder } from '../adapter/launch/hostFolder.ts';
import type { CheckedLaunch } from '../adapter/launch/arguments.ts';
import { LaunchError } from '../adapter/launch/launchError.ts';
import { prepareLaunch, type PreparedLaunch } from '../adapter/launch/prepare.ts';
import type { ProfileChoice } from '../sim/kernel/profile/lookup.ts';
import { ShapeError } from '../adapter/session/shape.ts';
import { DEFAULT_PROFILE } from '../sim/kernel/profile/tables.ts';
import { MOST_UID } from '../sim/program/settings.ts';
import { type ParsedArgs, parseChoice, parseNumber } from './args.ts';
import { listFolder } from './files.ts';
import { CommandError, type Io } from './io.ts';
import { nodeHost } from './nodeHost.ts';
import type { RUN } from './specs.ts';

type MachineOptions = Omit<ParsedArgs<(typeof RUN)['options']>['options'], 'kernel' | 'coverage'>;

type LaunchArgs = Pick<ParsedArgs<(typeof RUN)['options']>, 'operands' | 'ahead'> & { readonly options: MachineOptions };

const MOST_CYCLES = Number.MAX_SAFE_INTEGER;

/** Reads the program and everything that it needs. @throws CommandError or ProgramErrors */
export async function launchFrom({ operands, ahead, options }: LaunchArgs, kernel: ProfileChoice | undefined, io: Io): Promise<PreparedLaunch> {
  const files = programFiles(operands, ahead);
  const args = operands.slice(files.length);
  const program = files.length === 1 ? operands[0] ?? '' : files;
  const { spes, memory, swap, disk, uid, devices } = options;
  const pageSize = options['page-size'];
  const hostFolder = options['host-folder'];
  const launch: CheckedLaunch = {
    program, args,
    machine: {
      ...(spes === undefined ? {} : { spes: parseNumber('--spes', spes, 0, 16) }),
      ...(memory === undefined ? {} : { memory }),
      ...(uid === undefined ? {} : { uid: parseNumber('--uid', uid, 0, MOST_UID) }),
      ...(swap === undefined ? {} : { swap }),
      ...(disk === undefined ? {} : { disk }),
      ...(pageSize === undefined ? {} : { pageSize: parseChoice('--page-size', pageSize.toUpperCase(), ['4K', '64K']) }),
    },
    ...(kernel === undefined ? {} : { kernel }),
    ...(devices === undefined ? {} : { devices }),
    ...(hostFolder === undefined ? {} : { hostFolder }),
  };
  try {
    const prepared = await prepareLaunch(launch, {
      readFile: (path) => io.readFile(path),
      listFolder,
      hostFiles: (folder) => readHostFolder(nodeHost(io), folder),
    });
    const { settings } = prepared;
    return { ...prepared, settings: { ...settings, configuration: { ...settings.configuration, terminals: io.terminals ?? [] } } };
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

/**
 * The kernels of a list: names, each with choices of its own behind it (`2.6.18,interruptedWait=retry,2.6.19`).
 * What there is no such kernel or choice for is told when the kernel is looked up.
 */
export function kernelsIn(option: string, list: string): ProfileChoice[] {
  const kernels: { readonly base: string; readonly choices: [string, unknown][] }[] = [];
  for (const word of list.split(',').map((part) => part.trim()).filter((part) => part !== '')) {
    const at = word.indexOf('=');
    if (at < 0) {
      kernels.push({ base: word, choices: [] });
      continue;
    }
    const last = kernels.at(-1);
    if (!last) throw new CommandError(`${option} takes the name of a kernel in front of its choices: ${option} ${DEFAULT_PROFILE},${word}.`);
    last.choices.push([word.slice(0, at), choiceValue(word.slice(at + 1))]);
  }
  return kernels.map(({ base, choices }) => (choices.length === 0 ? base : { base, ...Object.fromEntries(choices) }));
}

/** The kernel of `--kernel`. */
export function kernelOf(text: string | undefined): ProfileChoice | undefined {
  if (text === undefined) return undefined;
  const [kernel, ...more] = kernelsIn('--kernel', text);
  if (kernel !== undefined && more.length === 0) return kernel;
  throw new CommandError(`--kernel takes one kernel, and choices of it as NAME=VALUE: --kernel ${DEFAULT_PROFILE}; "refault compare" takes several.`);
}

/** A choice's value as the launch configuration has it. */
function choiceValue(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  return /^(0x[\da-f]+|\d+)$/i.test(text) ? Number(text) : text;
}

/** The value of `--max-cycles`; Infinity where it is not given. */
export function cycleLimit(text: string | undefined): number {
  return text === undefined ? Infinity : parseNumber('--max-cycles', text, 1, MOST_CYCLES);
}

/** Messages of the launch configuration in the words of the command line, on one line. */
const OPTION_NAMES: readonly (readonly [RegExp, string])[] = [
  [/^machine\.memory has to be/, '--memory has to be'],
  [/^machine\.swap has to be/, '--swap has to be'],
  [/^machine\.disk has to be/, '--disk has to be'],
  [/^devices has to be/, 'Devices have to be'],
  [/\bhostFolder\b/, '--host-folder'],
];

function sentence(message: string): string {
  const text = OPTION_NAMES.reduce((said, [name, option]) => said.replace(name, option), message.replace(/\s+/g, ' '));
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
