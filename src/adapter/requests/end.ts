/** Requests that end a program or the session, or begin the program again. */
import { launchArguments } from '../launch/arguments.ts';
import { errors } from '../session/errors.ts';
import { request } from '../session/request.ts';
import { flag, record } from '../session/shape.ts';
import { startProgram } from './launch.ts';

/** Sends SIGTERM; the second time the program is killed. */
export const terminate = request('terminate', record({}, { restart: flag }), ({ execution }): void => { execution.terminate(); });

/** The program goes with its session, unless the client wants it to run on. */
export const disconnect = request('disconnect', record({}, { restart: flag, terminateDebuggee: flag, suspendDebuggee: flag }), ({ execution }, { terminateDebuggee }): void => {
  if (terminateDebuggee === false) execution.letGo();
  else execution.dispose();
});

/** Reads the program again and begins it, with the breakpoints and filters that there are. */
export const restart = request('restart', record({}, { arguments: launchArguments }), async (session, { arguments: given }, call): Promise<void> => {
  const args = given ?? session.launch;
  if (!args) throw errors.notLaunched('restart');
  await startProgram(session, args, call);
  // The response goes out first.
  session.host.yieldSlice(() => { session.execution.begin(args.stopOnEntry === true); });
});
