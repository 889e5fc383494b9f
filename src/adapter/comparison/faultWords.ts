/** A fault record in the words of tables: what it came to, who said what, what it did. */
import { coreAnswerText } from '../../sim/kernel/fault/coreAnswer.ts';
import type { FaultRecord } from '../../sim/kernel/fault/state.ts';
import { signalName } from '../../sim/kernel/signal/numbers.ts';

/** `RETRY`, or `MINOR (attempt 2)` for an access that has failed before. */
export function outcomeText({ outcome, attempt }: FaultRecord): string {
  return attempt > 1 ? `${outcome} (attempt ${String(attempt)})` : outcome;
}

/** `page`, or the name of the answer; a dash where no handler was asked. */
export function handlerText({ handlerAnswer }: FaultRecord): string {
  return handlerAnswer === 'none' ? '-' : handlerAnswer;
}

/** `VM_FAULT_MINOR = 2`. */
export function coreText({ coreAnswer }: FaultRecord): string {
  return coreAnswer ? coreAnswerText(coreAnswer) : '-';
}

/** What the fault did: a PTE, a signal, the end of a thread, and what cut its wait short. */
export function effectText({ effect, interruptedBy }: FaultRecord): string {
  const parts: string[] = [];
  if (interruptedBy !== undefined) parts.push(`wait ended by ${signalName(interruptedBy)}`);
  if (effect.signal) parts.push(`${signalName(effect.signal.number)}, si_code ${String(effect.signal.code)}`);
  if (effect.killed) parts.push(`the ${effect.killed === 'thread' ? 'thread' : 'program'} is killed`);
  if (effect.pte === 'handler') parts.push('PTE by the handler');
  if (effect.pte === 'core') parts.push('PTE by the core');
  return parts.length === 0 ? 'no PTE' : parts.join(', ');
}
