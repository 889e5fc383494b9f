/** Exception filters: one for each outcome of a page fault, and one for a deadlock. */
import type { DebugProtocol } from '@vscode/debugprotocol';
import type { FaultRecord, Outcome } from '../../sim/kernel/fault/state.ts';
import { evaluate } from '../evaluate/evaluate.ts';
import { type Expression, ExpressionError } from '../evaluate/expression.ts';
import { parseExpression } from '../evaluate/parse.ts';
import { threadScope } from '../evaluate/scopes.ts';
import { isTrue } from '../evaluate/value.ts';
import type { Debuggee } from '../session/debuggee.ts';

export type FilterName = Outcome | 'deadlock';

const CONDITION = 'Fields of the fault and registers, such as: ea == 0x4000000000 && access == "write"';

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
  readonly condition: Expression | undefined;
}

export class FaultFilters {
  private active = new Map<string, ActiveFilter>(
    FILTERS.filter((f) => f.default === true).map(({ filter: name }) => [name, { condition: undefined }]),
  );
  /** Called with a sentence where a condition has no value. */
  onProblem: (sentence: string) => void = () => undefined;

  /** Answers a breakpoint for each filter: whether it is understood. */
  set(wanted: readonly { readonly filterId: string; readonly condition?: string }[]): DebugProtocol.Breakpoint[] {
    this.active = new Map();
    return wanted.map(({ filterId, condition }) => {
      const known = FILTERS.find((f) => f.filter === filterId);
      if (!known) return unverified(`There is no exception filter "${filterId}"; there are ${FILTERS.map((f) => f.filter).join(', ')}.`);
      const isPlain = condition === undefined || condition.trim() === '';
      if (!isPlain && known.supportsCondition !== true) return unverified(`The filter ${known.label} takes no condition.`);
      try {
        this.active.set(filterId, { condition: isPlain ? undefined : parseExpression(condition) });
        return { verified: true };
      } catch (error) {
        if (error instanceof ExpressionError) return unverified(error.message);
        throw error;
      }
    });
  }

  has(name: FilterName): boolean {
    return this.active.has(name);
  }

  /** Whether a fault stops the program. A condition that has no value does, and says why. */
  stopsOn(debuggee: Debuggee, record: FaultRecord): boolean {
    const active = this.active.get(record.outcome);
    if (!active?.condition) return active !== undefined;
    const task = debuggee.machine.state.tasks.get(record.task);
    if (!task) return true;
    try {
      return isTrue(evaluate(active.condition, threadScope(debuggee, { kind: 'task', task }, { record, bare: true })));
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
