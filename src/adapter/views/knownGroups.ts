/** The groups of faults that were last asked for. */
import { FaultGroups, type FaultGrouping } from '../../sim/kernel/fault/groups.ts';
import type { FaultQuery } from '../../sim/kernel/fault/query.ts';
import type { FaultLog } from '../../sim/kernel/fault/state.ts';

/** The view asks for one kind, its filters for two. */
const MOST_KEPT = 4;

export class KnownGroups {
  private kept: readonly { readonly groups: FaultGroups; readonly wish: string }[] = [];

  /** Counted so far; a log that is another one is counted from its beginning. */
  of(log: FaultLog, query: FaultQuery, by: FaultGrouping): FaultGroups {
    const wish = JSON.stringify([by, query]);
    const known = this.kept.find((one) => one.groups.log === log && one.wish === wish) ?? { groups: new FaultGroups(log, query, by), wish };
    this.kept = [known, ...this.kept.filter((one) => one !== known && one.groups.log === log)].slice(0, MOST_KEPT);
    return known.groups;
  }
}
