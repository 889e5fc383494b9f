/** The columns of a file, and of the comments in a run of lines: those between two blank lines. */
import { isContent } from '../../sim/program/asm/directives/table.ts';
import type { StatementParts } from './lineParts.ts';

/** Columns count from 0. All are multiples of eight, so that tabs reach them. */
const STEP = 8;
const HEAD = STEP;
const WIDEST_LABEL = 3 * STEP;
const COMMENT = 6 * STEP;
const FARTHEST_COMMENT = 10 * STEP;

/** A row of a table. */
function isData({ head }: StatementParts): boolean {
  return head.startsWith('.') && isContent(head.slice(1).toLowerCase());
}

/** Where data with labels starts in a file, given the first statements of its lines: behind the longest label that is not too long. */
export function dataColumn(statements: Iterable<StatementParts>): number {
  let column = HEAD;
  for (const statement of statements) {
    if (statement.labels === '' || !isData(statement)) continue;
    const needed = nextStep(statement.labels.length + 1);
    if (needed <= WIDEST_LABEL) column = Math.max(column, needed);
    if (column === WIDEST_LABEL) break;
  }
  return column;
}

/** Where the comments behind statements start, given where the code in front of each ends. */
export function commentColumn(ends: readonly number[]): number {
  let column = COMMENT;
  for (const end of ends) {
    const needed = nextStep(end + 1);
    if (needed <= FARTHEST_COMMENT) column = Math.max(column, needed);
  }
  return column;
}

function nextStep(column: number): number {
  return Math.ceil(column / STEP) * STEP;
}

/** Where the first statement of a line starts, its labels apart. `indentation` is where it starts now. */
export function headColumn(first: StatementParts, indentation: number, data: number): number {
  if (first.labels !== '') return Math.max(isData(first) ? data : HEAD, first.labels.length + 1);
  if (first.assigns && indentation === 0) return 0;
  // A row without a label belongs to the one above it, or stands for itself: who wrote it knows.
  return data > HEAD && isData(first) && indentation >= (HEAD + data) / 2 ? data : HEAD;
}

export function operandColumn(head: number, text: string): number {
  return Math.max(head + STEP, head + text.length + 1);
}

/** Where a comment that stands alone starts: at the margin, with the code, or below the comment of the line above. */
export function loneCommentColumn(indentation: number, comment: number): number {
  if (indentation === 0) return 0;
  return indentation >= (HEAD + COMMENT) / 2 ? comment : HEAD;
}
