/** What becomes of a thread that reached breakpoints: conditions, hit counts and log messages decide. */
import type { PathName } from '../../sim/kernel/path.ts';
import type { Task } from '../../sim/kernel/state.ts';
import type { Runner } from '../../sim/run/stop.ts';
import { evaluate, type Scope } from '../evaluate/evaluate.ts';
import { ExpressionError } from '../evaluate/expression.ts';
import { isTrue } from '../evaluate/value.ts';
import { threadScope } from '../evaluate/scopes.ts';
import type { Debuggee } from '../session/debuggee.ts';
import { formatValue } from '../variables/format.ts';
import type { Watch, WatchHit } from '../../sim/mmu/watches.ts';
import { type Breakpoint, type BreakpointPlace, type ParsedRules, placesOf } from './breakpoint.ts';
import type { LogPart } from './logMessage.ts';
import type { Breakpoints } from './store.ts';

export interface Hit {
  /** Ids of the breakpoints that stop the program; empty when it goes on. */
  readonly stopping: readonly number[];
  /** Lines of logpoints. */
  readonly logs: readonly string[];
  /** Conditions that could not be decided: then the program stops, and hears why. */
  readonly problems: readonly string[];
}

/** Breakpoints at the place where a thread is. */
export function reachedBreakpoints(store: Breakpoints, debuggee: Debuggee, thread: Runner, address: number): readonly Breakpoint[] {
  if (thread.kind === 'task') {
    const isHere = (place: BreakpointPlace): boolean => place.kind === 'ppe' && place.address === address && isInSpace(debuggee, thread.task, place.spaceOf);
    return store.at({ kind: 'ppe', address }).filter((breakpoint) => placesOf(breakpoint).some(isHere));
  }
  const { context } = thread;
  const own = store.at({ kind: 'localStore', context: context.name, address });
  const program = debuggee.images.imageOf(context)?.name;
  return program === undefined ? own : [...store.at({ kind: 'spu', program, address }), ...own];
}

/** Threads share an address space; the processes that a fork makes do not. */
function isInSpace({ machine }: Debuggee, task: Task, tid: number | undefined): boolean {
  return tid === undefined || task.tid === tid || machine.state.tasks.get(tid)?.mm === task.mm;
}

export function reachedKernelBreakpoints(store: Breakpoints, path: PathName, step: number): readonly Breakpoint[] {
  return store.at({ kind: 'kernel', path, step });
}

/** Breakpoints on bytes of which some were accessed. */
export function reachedDataBreakpoints(store: Breakpoints, { watch: { space }, address, bytes, store: isStore }: WatchHit): readonly Breakpoint[] {
  const isHit = (watch: Watch): boolean => (
    (isStore ? watch.write : watch.read) && JSON.stringify(watch.space) === JSON.stringify(space) && address < watch.end && address + bytes > watch.start
  );
  return store.all().filter((breakpoint) => placesOf(breakpoint).some((place) => place.kind === 'data' && isHit(place.watch)));
}

/** Counts the hit of each breakpoint and decides. */
export function hit(breakpoints: readonly Breakpoint[], debuggee: Debuggee, thread: Runner): Hit {
  const scope = threadScope(debuggee, thread);
  const stopping: number[] = [];
  const logs: string[] = [];
  const problems: string[] = [];
  for (const breakpoint of breakpoints) {
    const { parsed } = breakpoint;
    if (typeof parsed === 'string') continue;
    const decided = holds(parsed, scope);
    if (typeof decided === 'string') problems.push(`The condition of a breakpoint cannot be decided: ${decided}`);
    if (decided === false) continue;
    if (parsed.hit && !parsed.hit(breakpoint.hits.count(debuggee.machine.place))) continue;
    if (parsed.log && typeof decided !== 'string') logs.push(logText(parsed.log, scope));
    else stopping.push(breakpoint.id);
  }
  return { stopping, logs, problems };
}

/** Ids of those that would stop a thread on its way back. A hit that was never counted has no number, and stops whatever the hit count is. */
export function wouldStop(breakpoints: readonly Breakpoint[], debuggee: Debuggee, thread: Runner): readonly number[] {
  const scope = threadScope(debuggee, thread);
  const { place } = debuggee.machine;
  return breakpoints.filter(({ parsed, hits }) => {
    if (typeof parsed === 'string' || parsed.log || holds(parsed, scope) === false) return false;
    const number = parsed.hit && hits.known(place);
    return !parsed.hit || number === undefined || parsed.hit(number);
  }).map(({ id }) => id);
}

function holds({ condition }: ParsedRules, scope: Scope): boolean | string {
  if (!condition) return true;
  try {
    return isTrue(evaluate(condition, scope));
  } catch (error) {
    if (error instanceof ExpressionError) return error.message;
    throw error;
  }
}

function logText(parts: readonly LogPart[], scope: Scope): string {
  return parts.map((part) => (typeof part === 'string' ? part : valueText(part, scope))).join('');
}

function valueText({ expression, numbers }: Exclude<LogPart, string>, scope: Scope): string {
  try {
    return formatValue(evaluate(expression, scope), numbers, scope);
  } catch (error) {
    if (error instanceof ExpressionError) return `<${error.message}>`;
    throw error;
  }
}
