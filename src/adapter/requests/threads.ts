import type { DebugProtocol } from '@vscode/debugprotocol';
import { request } from '../session/request.ts';
import { nothing } from '../session/shape.ts';
import { livingThreads, threadIdOf, threadName } from '../threads/threads.ts';

/** Guest tasks, then SPE contexts; none before the launch and after the end. */
export const threads = request('threads', nothing, ({ execution: { debuggee, phase } }): DebugProtocol.ThreadsResponse['body'] => {
  if (!debuggee || phase === 'ended') return { threads: [] };
  return { threads: livingThreads(debuggee.machine).map((thread) => ({ id: threadIdOf(thread), name: threadName(thread) })) };
});
