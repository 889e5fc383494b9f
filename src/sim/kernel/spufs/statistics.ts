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

/** The line of the file `stat`: state, four times in milliseconds, switches, faults, interrupts, library calls (facts 3.2). */
export function statText(k: Kernel, context: SpuContext): string {
  accountTime(k, context);
  const { statistics } = context;
  const milliseconds = (cycles: number): number => Math.floor((cycles * 1000) / k.configuration.cyclesPerSecond);
  const { times: { user, system, iowait, loaded } } = statistics;
  const numbers = [
    ...[user, system, iowait, loaded].map(milliseconds), statistics.voluntarySwitches, statistics.involuntarySwitches,
    statistics.slbFaults, statistics.hashFaults, statistics.minorFaults, statistics.majorFaults, statistics.class2Interrupts, statistics.libraryCalls,
  ];
  return `${statistics.utilization} ${numbers.join(' ')}\n`;
}
