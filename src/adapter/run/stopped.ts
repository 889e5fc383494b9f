/** Why the program is stopped, and how the client is told. */
import type { DebugProtocol } from '@vscode/debugprotocol';
import type { BreakpointTarget } from '../breakpoints/breakpoint.ts';
import { describeFault } from '../../sim/kernel/fault/describe.ts';
import type { FaultRecord } from '../../sim/kernel/fault/state.ts';
import type { Profile } from '../../sim/kernel/profile/profile.ts';
import type { DeadlockReport } from '../../sim/kernel/task/deadlock.ts';
import type { Runner } from '../../sim/run/stop.ts';
import { threadIdOf } from '../threads/threads.ts';

/** `access`: in words, that of a data breakpoint. */
export type StopCause =
  | { readonly kind: 'entry' | 'pause' | 'step' | 'goto' | 'restart' | 'travel' | 'beginning' }
  | { readonly kind: 'breakpoint'; readonly ids: readonly number[]; readonly target: BreakpointTarget['kind']; readonly access?: string }
  | { readonly kind: 'fault'; readonly record: FaultRecord }
  | { readonly kind: 'deadlock'; readonly report: DeadlockReport };

export interface Stopped {
  readonly cause: StopCause;
  readonly thread: Runner | undefined;
}

const BREAKPOINT_REASONS = { line: 'breakpoint', function: 'function breakpoint', instruction: 'instruction breakpoint', data: 'data breakpoint' } as const;

/** @param past what the user is told of being in the past. */
export function stoppedEvent({ cause, thread }: Stopped, profile: Profile, past: string | undefined): DebugProtocol.StoppedEvent['body'] {
  const reason = reasonOf(cause, profile);
  const description = past === undefined ? reason.description : `${reason.description ?? ''} (${past})`;
  return { ...reason, ...(description === undefined ? {} : { description }), ...(thread ? { threadId: threadIdOf(thread) } : {}), allThreadsStopped: true };
}

function reasonOf(cause: StopCause, profile: Profile): DebugProtocol.StoppedEvent['body'] {
  switch (cause.kind) {
    case 'entry': return { reason: 'entry', description: 'Paused at the first instruction' };
    case 'pause': return { reason: 'pause', description: 'Paused' };
    case 'step': return { reason: 'step', description: 'Paused after a step' };
    case 'goto': return { reason: 'goto', description: 'Paused after a jump' };
    case 'restart': return { reason: 'restart', description: 'Paused at the beginning of the function' };
    case 'travel': return { reason: 'goto', description: 'Paused where you travelled to' };
    case 'beginning': return { reason: 'entry', description: 'This is the beginning of history: nothing happened before' };
    case 'breakpoint': return { reason: BREAKPOINT_REASONS[cause.target], description: `Paused on a ${cause.access ?? 'breakpoint'}`, hitBreakpointIds: [...cause.ids] };
    case 'fault': return { reason: 'exception', description: describeFault(cause.record, profile).headline, text: cause.record.outcome };
    case 'deadlock': return { reason: 'exception', description: 'Deadlock: nothing can run and nothing is due', text: 'deadlock' };
  }
}

/** Whether the user is in the kernel's listings: a step or a breakpoint led there. */
export function isInKernel({ cause, thread }: Stopped): boolean {
  return (cause.kind === 'step' || cause.kind === 'breakpoint') && thread?.kind === 'task' && thread.task.kernelStack.length > 0;
}

/** The fault that a thread is stopped on. */
export function faultOf(stopped: Stopped | undefined, thread: Runner): FaultRecord | undefined {
  if (stopped?.cause.kind !== 'fault' || !stopped.thread) return undefined;
  return threadIdOf(stopped.thread) === threadIdOf(thread) ? stopped.cause.record : undefined;
}
