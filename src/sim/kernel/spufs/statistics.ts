/** The times of the file `stat`: what a context did while it was on an SPE (facts 3.2). */
import type { Kernel } from '../kernel.ts';
import type { ContextStatistics, SpuContext, Utilization } from './state.ts';

export function newStatistics(now: number): ContextStatistics {
  return {
    voluntarySwitches: 0, involuntarySwitches: 0, slbFaults: 0, hashFaults: 0, minorFaults: 0, majorFaults: 0, class2Interrupts: 0, libraryCalls: 0,
    times: { user: 0, system: 0, iowait: 0, loaded: 0 }, utilization: 'loaded', utilizationSince: now,
  };
}

/** spuctx_switch_state: from now on the time counts as another kind. */
export function switchUtilization(k: Kernel, context: SpuContext, utilization: Utilization): void {
  accountTime(k, context);
  context.statistics.utilization = utilization;
}

/** Adds the time since the last change; only time on an SPE counts. */
export function accountTime(k: Kernel, { spe, statistics }: SpuContext): void {
  const now = k.now();
  if (spe !== undefined) statistics.times[statistics.utilization] += Math.max(now - statistics.utilizationSince, 0);
  statistics.utilizationSince = now;
}
