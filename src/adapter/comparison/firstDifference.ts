/** The first fault that ends differently under two kernels, with the ways that the kernels went. */
import { lineOf } from '../../sim/kernel/fault/listing.ts';
import { type ComparedLine, mergeLines } from '../../sim/kernel/fault/listingDifference.ts';
import type { FaultRecord } from '../../sim/kernel/fault/state.ts';
import { PATHS } from '../../sim/kernel/paths.ts';
import type { Profile } from '../../sim/kernel/profile/profile.ts';
import type { SourcePlace } from '../../sim/program/program.ts';
import type { AlignedFault } from './align.ts';
import { coreText, effectText, handlerText, outcomeText } from './faultWords.ts';
import type { RunFaults } from './programRun.ts';

export interface FirstDifference {
  readonly access: string;
  readonly place: string;
  readonly source: SourcePlace | undefined;
  /** The two kernels, and in a line what became of the fault under each. */
  readonly kernels: readonly [string, string];
  readonly said: readonly [string, string];
  /** Steps that both took, and steps that only one of them took. */
  readonly trail: readonly ComparedLine[];
}

/** Where the first kernel parts from another one; undefined where it never does. */
export function firstDifference(runs: readonly RunFaults[], rows: readonly AlignedFault[]): FirstDifference | undefined {
  const [one] = runs;
  if (!one) return undefined;
  for (const { access, place, source, faults } of rows) {
    const [first] = faults;
    const at = faults.findIndex((fault) => fault?.outcome !== first?.outcome);
    const other = runs[at];
    if (!other) continue;
    const second = faults[at];
    return {
      access, place, source,
      kernels: [one.profile.name, other.profile.name],
      said: [whatBecame(first), whatBecame(second)],
      trail: mergeLines(steps(first, one.profile), steps(second, other.profile)),
    };
  }
  return undefined;
}

function whatBecame(record: FaultRecord | undefined): string {
  if (!record) return 'The program did not come here.';
  return `${outcomeText(record)}: the handler said ${handlerText(record)}, the core ${coreText(record)}; ${effectText(record)}`;
}

/** `do_no_page: ask the mapping for the page`. */
function steps(record: FaultRecord | undefined, profile: Profile): string[] {
  return record?.trail.map(({ path, step }) => {
    const known = Object.values(PATHS).find(({ name }) => name === path);
    return `${path}: ${lineOf(known?.steps[step]?.text ?? '', profile)}`;
  }) ?? [];
}
