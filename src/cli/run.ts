/** `refault run`: a program under one kernel, and what became of each of its page faults. */
import { faultTable } from '../adapter/comparison/faultTable.ts';
import type { ProgramRun } from '../adapter/comparison/programRun.ts';
import { parseCommand } from './args.ts';
import { execute, type RunWorld } from './execution.ts';
import type { Io } from './io.ts';
import { objectText } from './json.ts';
import { cycleLimit, kernelOf, launchFrom } from './launch.ts';
import { lcovText } from './lcov.ts';
import { OutputText } from './printed.ts';
import { print, printLines } from './printing.ts';
import { runToJson, statusOf, summary } from './report.ts';
import { RUN } from './specs.ts';

/** The guest's output comes as it is made; the table follows when the program has ended. */
export async function runCommand(args: readonly string[], io: Io): Promise<number> {
  const parsed = parseCommand(RUN, args);
  const { options } = parsed;
  const limit = cycleLimit(options['max-cycles']);
  const { settings, warnings } = await launchFrom(parsed, kernelOf(options.kernel), io);
  for (const warning of warnings) io.err(`refault: ${warning}\n`);
  const world: Omit<RunWorld, 'output'> = {
    drained: () => io.drained(),
    notice: (text) => { io.err(`refault: ${text}\n`); },
    readInput: () => io.readInput(),
    nextLine: io.nextLine,
  };
  const writeCoverage = async ({ coverage }: ProgramRun): Promise<void> => {
    if (options.coverage !== undefined) await io.writeFile(options.coverage, lcovText(coverage()));
  };
  if (options.json) {
    const text = new OutputText();
    const run = await execute(settings, limit, { ...world, output: (stream, bytes) => { text.add(stream, bytes); } });
    await print(io, objectText(runToJson(run, text.end())));
    io.out('\n');
    await writeCoverage(run);
    return statusOf(run.end);
  }
  const run = await execute(settings, limit, {
    ...world,
    output: (stream, bytes) => {
      if (stream === 'stdout') io.out(bytes.slice());
      else io.err(bytes.slice());
    },
  });
  io.out('\n');
  await printLines(io, faultTable(run));
  await printLines(io, ['', ...summary(run)]);
  await writeCoverage(run);
  return statusOf(run.end);
}
