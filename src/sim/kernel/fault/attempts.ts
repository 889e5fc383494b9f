/** How many times the same access has faulted in a row without progress. */
import type { Task } from '../state.ts';
import type { FailedAccess, FaultRecord } from './state.ts';

/** Failed accesses that are remembered, for handlers interrupted by handlers. */
const DEEPEST = 8;

/** An access that has been made so often with nothing changed is not expected to get on (facts 8.2 to 8.4, 8.9). */
const LIVELOCK_ATTEMPTS = 100;

export function isLivelock({ attempt }: FaultRecord): boolean {
  return attempt >= LIVELOCK_ATTEMPTS;
}

/** Says so, once for each access that does not get on. */
export function livelockWarning({ attempt, task, access, ea, mapping, handler, handlerAnswer, pc }: FaultRecord): string | undefined {
  if (attempt !== LIVELOCK_ATTEMPTS) return undefined;
  return `Livelock: thread ${String(task)} has made the same access ${String(attempt)} times, and nothing has changed: `
    + `the ${access} of 0x${ea.toString(16)} in ${mapping} at pc 0x${pc.toString(16)}. ${handler} answers ${handlerAnswer} each time.`;
}

/** The earlier fault of which this one is the repetition. */
export function attemptOf(task: Task, record: FaultRecord): FailedAccess | undefined {
  for (let failed = task.lastFault; failed; failed = failed.earlier) if (isSame(failed, record)) return failed;
  return undefined;
}

/**
 * Remembers a fault after which the access will be made again with nothing changed. What was
 * remembered after it is forgotten: those accesses were made in a handler that has returned.
 */
export function rememberFailure(task: Task, record: FaultRecord): void {
  const { id, pc, ea, attempt } = record;
  let earlier = task.lastFault;
  for (let failed = earlier; failed; failed = failed.earlier) if (isSame(failed, record)) earlier = failed.earlier;
  task.lastFault = madeProgress(record) ? earlier : { id, pc, ea, attempt, earlier: upTo(earlier, DEEPEST - 1) };
}

function isSame(failed: FailedAccess, { pc, ea }: FaultRecord): boolean {
  return failed.pc === pc && failed.ea === ea;
}

function madeProgress({ outcome, effect }: FaultRecord): boolean {
  return outcome === 'MINOR' || outcome === 'MAJOR' || effect.pte !== 'nobody';
}

function upTo(failed: FailedAccess | undefined, count: number): FailedAccess | undefined {
  if (!failed || count === 0) return undefined;
  return { ...failed, earlier: upTo(failed.earlier, count - 1) };
}
