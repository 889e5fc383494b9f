/** `refault run`: a program under one kernel, and what became of each of its page faults. */
import { parseCommand } from './args.ts';
import { Execution } from './execution.ts';
import { faultTable } from './faultTable.ts';
import type { Io } from './io.ts';
import { cycleLimit, launchFrom } from './launch.ts';
import { runToJson, statusOf, summary } from './report.ts';
import { RUN } from './specs.ts';

/** The guest's output comes as it is made; the table follows when the program has ended. */
export async function runCommand(args: readonly string[], io: Io): Promise<number> {
  const { options, operands } = parseCommand(RUN, args);
  const limit = cycleLimit(options['max-cycles']);
  const { settings, warnings } = await launchFrom(operands, options.kernel, options, io);
  for (const warning of warnings) io.err(`refault: ${warning}\n`);
  const notice = (text: string): void => { io.err(`refault: ${text}\n`); };
  if (options.json) {
    const texts = { stdout: new TextDecoder(), stderr: new TextDecoder() };
    const printed = { stdout: '', stderr: '' };
    const run = new Execution(settings, limit, {
      notice,
      output: (stream, bytes) => { printed[stream] += texts[stream].decode(bytes, { stream: true }); },
    });
    io.out(`${JSON.stringify(runToJson(run, printed.stdout, printed.stderr), undefined, 2)}\n`);
    return statusOf(run.end);
  }
  const decoder = new TextDecoder();
  const run = new Execution(settings, limit, {
    notice,
    output: (stream, bytes) => {
      if (stream === 'stdout') io.out(bytes.slice());
      else io.err(decoder.decode(bytes, { stream: true }));
    },
  });
  io.out(['', ...faultTable(run), '', ...summary(run), ''].join('\n'));
  return statusOf(run.end);
}
