/** `refault compare`: one program under several kernels, its faults side by side. */
import { compare } from '../adapter/comparison/comparison.ts';
import { kernelsUnder, POLICIES } from '../adapter/comparison/policies.ts';
import type { ProgramRun } from '../adapter/comparison/programRun.ts';
import { comparisonText } from '../adapter/comparison/text.ts';
import type { PreparedLaunch } from '../adapter/launch/prepare.ts';
import { type ProfileChoice, ProfileError } from '../sim/kernel/profile/lookup.ts';
import { PROFILES } from '../sim/kernel/profile/tables.ts';
import { Interpreters } from '../sim/run/interpreters.ts';
import { parseChoice, parseCommand } from './args.ts';
import { comparisonMarkdown } from './comparisonMarkdown.ts';
import { execute } from './execution.ts';
import { CommandError, type Io } from './io.ts';
import { objectText } from './json.ts';
import { cycleLimit, kernelsIn, launchFrom } from './launch.ts';
import { type Printed, OutputText } from './printed.ts';
import { print, printLines } from './printing.ts';
import { runToJson } from './report.ts';
import { COMPARE } from './specs.ts';

/** Width of text that is not printed to a terminal. */
const COLUMNS = 120;

export async function compareCommand(args: readonly string[], io: Io): Promise<number> {
  const parsed = parseCommand(COMPARE, args);
  const { options } = parsed;
  const limit = cycleLimit(options['max-cycles']);
  // All of them first: what is wrong with the last is told before the first has run for long.
  const launches: PreparedLaunch[] = [];
  for (const kernel of kernelsOf(options.kernels, options.policies)) launches.push(await launchFrom(parsed, kernel, io));
  for (const warning of launches[0]?.warnings ?? []) io.err(`refault: ${warning}\n`);
  const runs: ProgramRun[] = [];
  const printed: Printed[] = [];
  const interpreters = new Interpreters();
  for (const { settings } of launches) {
    const text = new OutputText();
    runs.push(await execute(settings, limit, {
      notice: (sentence) => { io.err(`refault: ${settings.profile.name}: ${sentence}\n`); },
      output: (stream, bytes) => { text.add(stream, bytes); },
      readInput: () => io.readInput(),
      drained: () => io.drained(),
    }, interpreters));
    printed.push(text.end());
  }
  if (options.json) await print(io, listOfRuns(runs, printed));
  else await printLines(io, options.markdown ? comparisonMarkdown(compare(runs)) : comparisonText(compare(runs), io.columns ?? COLUMNS));
  return 0;
}

function* listOfRuns(runs: readonly ProgramRun[], printed: readonly Printed[]): Generator<string> {
  let before = '[';
  for (const [i, run] of runs.entries()) {
    yield before;
    yield* objectText(runToJson(run, printed[i] ?? { stdout: '', stderr: '' }));
    before = ',\n';
  }
  yield ']\n';
}

/** The kernels of `--kernels`, each under every policy of `--policies`. */
function kernelsOf(text: string | undefined, policies: string | undefined): readonly ProfileChoice[] {
  const all = PROFILES.map(({ name }) => name);
  const kernels = text === undefined || text.trim() === 'all' ? all : kernelsIn('--kernels', text);
  if (kernels.length === 0) throw new CommandError(`--kernels needs at least one kernel: --kernels ${all.join(',')}.`);
  if (policies === undefined) return kernels;
  const wanted = policies.split(',').map((policy) => parseChoice('--policies', policy.trim(), POLICIES));
  try {
    return kernelsUnder(kernels, wanted);
  } catch (error) {
    throw error instanceof ProfileError ? new CommandError(error.message) : error;
  }
}
