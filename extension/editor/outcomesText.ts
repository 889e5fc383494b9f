/** What stands behind a line that faulted. */
import type { FaultLine } from '../../src/adapter/protocol.ts';

/** `RETRY ×3 → MINOR`, in the order of time; a mark in front where there were others before. */
export function outcomesText({ faults, latest }: Pick<FaultLine, 'faults' | 'latest'>): string {
  const told = latest.reduce((sum, run) => sum + run.faults, 0);
  const runs = latest.map((run) => (run.faults === 1 ? run.outcome : `${run.outcome} ×${String(run.faults)}`));
  return [...(told < faults ? ['…'] : []), runs.join(' → ')].join(' ');
}
