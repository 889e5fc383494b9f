import { type CheckedLaunch, launchArguments } from '../launch/arguments.ts';
import { hostSources } from '../launch/hostSources.ts';
import { LaunchError } from '../launch/launchError.ts';
import { prepareLaunch } from '../launch/prepare.ts';
import { shownBreakpoint } from '../breakpoints/breakpoint.ts';
import { ProgramErrors, type ProgramError } from '../../sim/program/program.ts';
import type { Call } from '../session/call.ts';
import { Debuggee } from '../session/debuggee.ts';
import { errors, RequestError } from '../session/errors.ts';
import { request } from '../session/request.ts';
import type { Session } from '../session/session.ts';
import { nothing, ShapeError } from '../session/shape.ts';
import { fileSource } from '../sources/fileSource.ts';

/** A program of this size takes noticeable time to read in. */
const LONG_PROGRAM_BYTES = 2 ** 20;

const DEFAULT_HISTORY_MIB = 256;

export const launch = request('launch', launchArguments, async (session, args, call): Promise<void> => {
  if (session.execution.debuggee) throw errors.launchedAlready();
  await startProgram(session, args, call);
  session.stepping.into = args.stepInto ?? 'user';
});

export const attach = request('attach', nothing, (): void => { throw errors.attachUnsupported(); });

/** Makes a machine with the program in it; nothing runs yet. Rejects with a `RequestError`, and nothing has changed then. */
export async function startProgram(session: Session, args: CheckedLaunch, call: Call): Promise<void> {
  const { host, output, client } = session;
  const program = typeof args.program === 'string' ? client.pathIn(args.program) : args.program.map((path) => client.pathIn(path));
  const progress = session.progress.begin({ title: 'Loading the program', request: call.request });
  let bytes = 0;
  try {
    const sources = hostSources(host);
    const { settings, warnings } = await prepareLaunch({ ...args, program }, {
      ...sources,
      readFile: async (path) => {
        progress.tell(`Reading ${path}`);
        const file = await sources.readFile(path);
        if (call.isCancelled) throw errors.cancelled();
        bytes += file.length;
        // Nothing can be said while it is assembled.
        progress.tell(`Reading ${path}`, { isLong: bytes >= LONG_PROGRAM_BYTES });
        return file;
      },
    });
    if (call.isCancelled) throw errors.cancelled();
    progress.tell('Making the machine');
    const debuggee = new Debuggee({ ...settings, historyBytes: historyBytes(args) }, {
      output: (stream, text) => { output.bytes(stream, text); },
      notice: (text) => { output.console(text); },
    }, session.interpreters);
    session.launch = args;
    session.execution.load(debuggee, args.noDebug === true);
    for (const warning of [...args.hints ?? [], ...warnings]) output.console(warning);
    for (const breakpoint of session.breakpoints.bind(debuggee)) {
      session.outbound.event('breakpoint', { reason: 'changed', breakpoint: shownBreakpoint(breakpoint, session.client) });
    }
  } catch (error) {
    throw launchFailure(session, error);
  } finally {
    progress.end();
  }
}

/** What keeps a program from being run, for the user. */
export function launchFailure(session: Session, error: unknown): unknown {
  if (error instanceof RequestError || error instanceof ShapeError) return error;
  if (error instanceof ProgramErrors) return programFailure(session, error);
  if (error instanceof LaunchError || error instanceof RangeError || error instanceof Error) return errors.launchFailed(error.message);
  return error;
}

/** All mistakes go to the debug console with their places; the message has the first. */
function programFailure({ outbound, client }: Session, { errors: mistakes }: ProgramErrors): RequestError {
  const [first, ...more] = mistakes;
  for (const mistake of mistakes) {
    const { file, line, column } = mistake;
    outbound.event('output', {
      category: 'stderr', output: `${describe(mistake)}\n`,
      ...(line > 0 ? { source: client.sourceOut(fileSource(file)), line: client.lineOut(line), column: client.columnOut(Math.max(column, 1)) } : {}),
    });
  }
  const rest = more.length === 0 ? '' : ` (and ${String(more.length)} more, see the debug console)`;
  return errors.launchFailed(first ? `${describe(first)}${rest}` : 'The program cannot be loaded.');
}

function describe({ file, line, column, message }: ProgramError): string {
  return line > 0 ? `${file}:${String(line)}:${String(column)}: ${message}` : `${file}: ${message}`;
}

/** A program that nobody debugs is not asked to go back. */
function historyBytes({ history = DEFAULT_HISTORY_MIB, noDebug }: CheckedLaunch): number {
  return noDebug === true ? 0 : history * 2 ** 20;
}
