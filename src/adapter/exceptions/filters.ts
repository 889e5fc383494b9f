/** Exception filters: one for each outcome of a page fault, and one for a deadlock. */
import type { DebugProtocol } from '@vscode/debugprotocol';
import type { FaultRecord, Outcome } from '../../sim/kernel/fault/state.ts';
import { evaluate, type Scope } from '../evaluate/evaluate.ts';
import { ExpressionError } from '../evaluate/expression.ts';
import { parseExpression } from '../evaluate/parse.ts';
import { threadScope } from '../evaluate/scopes.ts';
import { integer, isTrue } from '../evaluate/value.ts';
import type { Debuggee } from '../session/debuggee.ts';
import { HitCount } from '../breakpoints/hitCount.ts';
import { type CountedCondition, countedCondition, HITS } from './hitTerms.ts';

export type FilterName = Outcome | 'deadlock';

const CONDITION = 'Fields of the fault, registers and the number of hits, such as: hits >= 3 && mapping == "/spu/w/signal1" && access == "write"';

function filter(name: FilterName, label: string, description: string, isDefault: boolean): DebugProtocol.ExceptionBreakpointsFilter {
  return {
    filter: name, label, description, default: isDefault,
    ...(name === 'deadlock' ? {} : { supportsCondition: true, conditionDescription: CONDITION }),
  };
}

export const FILTERS: readonly DebugProtocol.ExceptionBreakpointsFilter[] = [
  filter('RETRY', 'RETRY', 'Stops on faults whose handler asks for the access to be made again.', true),
  filter('SIGBUS', 'SIGBUS', 'Stops on faults that end in a SIGBUS.', true),
  filter('OOM', 'OOM', 'Stops on faults for which there is no memory.', true),
  filter('SIGSEGV', 'SIGSEGV', 'Stops on accesses that no mapping allows.', true),
  filter('MINOR', 'MINOR', 'Stops on faults that are served from memory.', false),
  filter('MAJOR', 'MAJOR', 'Stops on faults that are served from the disk.', false),
  filter('deadlock', 'Deadlock', 'Stops when nothing can run and nothing is due.', true),
];

/** A filter as the client set it. */
interface ActiveFilter {
  /** As the user wrote it. */
  readonly text: string;
  readonly condition: CountedCondition | undefined;
  readonly hits: HitCount;
}

export class FaultFilters {
  private active = new Map<string, ActiveFilter>(
    FILTERS.filter((f) => f.default === true).map(({ filter: name }) => [name, { text: '', condition: undefined, hits: new HitCount() }]),
  );
  /** Called with a sentence where a condition has no value. */
  onProblem: (sentence: string) => void = () => undefined;

  /** Answers a breakpoint for each filter: whether it is understood. */
  set(wanted: readonly { readonly filterId: string; readonly condition?: string }[]): DebugProtocol.Breakpoint[] {
    const before = this.active;
    this.active = new Map();
    return wanted.map(({ filterId, condition }) => {
      const known = FILTERS.find((f) => f.filter === filterId);
      if (!known) return unverified(`There is no exception filter "${filterId}"; there are ${FILTERS.map((f) => f.filter).join(', ')}.`);
      const isPlain = condition === undefined || condition.trim() === '';
      if (!isPlain && known.supportsCondition !== true) return unverified(`The filter ${known.label} takes no condition.`);
      try {
        const text = isPlain ? '' : condition;
        const same = before.get(filterId);
        this.active.set(filterId, { text, condition: isPlain ? undefined : countedCondition(parseExpression(condition)), hits: same?.text === text ? same.hits : new HitCount() });
        return { verified: true };
      } catch (error) {
        if (error instanceof ExpressionError) return unverified(error.message);
        throw error;
      }
    });
  }

  /** The program begins again: nothing was hit yet. */
  restarted(): void {
    for (const { hits } of this.active.values()) hits.clear();
  }

  /** A new future begins at a place: nothing was hit behind it. */
  forgetAfter(place: number): void {
    for (const { hits } of this.active.values()) hits.forgetAfter(place);
  }

  has(name: FilterName): boolean {
    return this.active.has(name);
  }

  /** Whether a fault stops the program. A condition that has no value does, and says why. On the way back (`counts` is false) a hit that was never counted stops whatever is said of `hits`. */
  stopsOn(debuggee: Debuggee, record: FaultRecord, counts = true): boolean {
    const active = this.active.get(record.outcome);
    if (!active?.condition) return active !== undefined;
    const task = debuggee.machine.state.tasks.get(record.task);
    if (!task) return true;
    const { plain, counted } = active.condition;
    const scope = threadScope(debuggee, { kind: 'task', task }, { record, bare: true });
    try {
      if (!plain.every((term) => isTrue(evaluate(term, scope)))) return false;
      if (counted.length === 0) return true;
      const { place } = debuggee.machine;
      const hits = counts ? active.hits.count(place) : active.hits.known(place);
      if (hits === undefined) return true;
      const withHits: Scope = { ...scope, place: (name) => (name === HITS ? { get: () => integer(BigInt(hits)) } : scope.place(name)) };
      return counted.every((term) => isTrue(evaluate(term, withHits)));
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      this.onProblem(`The condition of the filter ${record.outcome} cannot be decided: ${error.message}`);
      return true;
    }
  }
}

function unverified(message: string): DebugProtocol.Breakpoint {
  return { verified: false, reason: 'failed', message };
}
