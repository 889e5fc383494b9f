/** A line of two listings or trails in one list: which of the two has it. */
import type { ComparedLine } from '../../sim/kernel/fault/listingDifference.ts';

const MARK = { both: ' ', first: '-', second: '+' } as const satisfies Record<ComparedLine['in'], string>;

export function markedLine(line: ComparedLine): string {
  return `${MARK[line.in]} ${line.text}`;
}
