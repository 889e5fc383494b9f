/** A comparison as text: tables for a terminal of 120 columns, lists where it is narrower. */
import type { ComparedLine } from '../../sim/kernel/fault/listingDifference.ts';
import { markedLine } from './markedLine.ts';
import { type Column, table } from './table.ts';
import { MOST_FAULTS } from './align.ts';
import type { Comparison } from './comparison.ts';
import type { FirstDifference } from './firstDifference.ts';

/** Kernel names that are longer have numbers in the titles of columns. */
const LONGEST_TITLE = 12;
/** Steps that are shown before and after those that only one kernel took. */
const STEPS_AROUND = 4;

export function comparisonText(comparison: Comparison, columns: number): string[] {
  const { ends, mappings, differences, moreDifferences, first, uncompared } = comparison;
  const titles = columnTitles(ends.map(({ kernel }) => kernel));
  const isNumbered = titles.some((title, i) => title !== ends[i]?.kernel);
  return [
    ...table(endColumns(isNumbered), ends.map((end, i) => ({ ...end, title: titles[i] ?? '' }))),
    '',
    ...fitting('mapping', titles, mappings.map(({ mapping, outcomes }) => ({ head: [mapping], cells: outcomes })), columns),
    '',
    ...(differences.length === 0
      ? ['All kernels agree on every fault.']
      : fitting('where they differ', titles, differences.map(({ access, place, outcomes }) => ({ head: [access, `  ${place}`], cells: outcomes.map((outcome) => outcome.split(/ (?=[(+])/)) })), columns)),
    ...(moreDifferences > 0 ? [`${String(moreDifferences)} more accesses ended differently.`] : []),
    ...(uncompared === undefined ? [] : [`Only the first ${String(MOST_FAULTS)} of up to ${String(uncompared)} faults are compared; "refault run" prints all.`]),
    ...(first ? ['', ...firstText(first, columns)] : []),
  ];
}

interface Row {
  readonly head: readonly string[];
  readonly cells: readonly (readonly string[])[];
}

type End = Comparison['ends'][number] & { readonly title: string };

function endColumns(isNumbered: boolean): Column<End>[] {
  return [
    ...(isNumbered ? [{ title: '#', align: 'right', text: ({ title }: End) => title } as const] : []),
    { title: 'kernel', align: 'left', text: ({ kernel }) => kernel },
    { title: 'faults', align: 'right', text: ({ faults }) => String(faults) },
    { title: 'end', align: 'left', text: ({ end }) => end },
  ];
}

function columnTitles(kernels: readonly string[]): string[] {
  const areShort = kernels.every((kernel) => kernel.length <= LONGEST_TITLE);
  return kernels.map((kernel, i) => (areShort ? kernel : String(i + 1)));
}

/** A table where it fits, else a list of rows with a line a kernel. */
function fitting(title: string, titles: readonly string[], rows: readonly Row[], columns: number): string[] {
  const lines = grid(title, titles, rows);
  return lines.every((line) => line.length <= columns) ? lines : list(title, titles, rows);
}

function grid(title: string, titles: readonly string[], rows: readonly Row[]): string[] {
  const lines = rows.flatMap(({ head, cells }) => {
    const height = Math.max(head.length, ...cells.map((cell) => cell.length));
    return Array.from({ length: height }, (_, line) => ({ head: head[line] ?? '', cells: cells.map((cell) => cell[line] ?? '') }));
  });
  const columns: Column<(typeof lines)[number]>[] = [
    { title, align: 'left', text: ({ head }) => head },
    ...titles.map((name, i): Column<(typeof lines)[number]> => ({ title: name, align: 'left', text: ({ cells }) => cells[i] ?? '' })),
  ];
  return [...table(columns, lines)];
}

function list(title: string, titles: readonly string[], rows: readonly Row[]): string[] {
  const width = Math.max(...titles.map((name) => name.length));
  return [
    `${title}:`,
    ...rows.flatMap(({ head, cells }) => [head.join(' '), ...titles.map((name, i) => `  ${name.padEnd(width)}  ${cells[i]?.join(', ') ?? ''}`.trimEnd())]),
  ];
}

function firstText({ access, place, kernels, said, trail }: FirstDifference, columns: number): string[] {
  const heading = [
    `First difference: ${access} at ${place}`,
    `  ${kernels[0]}: ${said[0]}`,
    `  ${kernels[1]}: ${said[1]}`,
    '',
  ];
  const half = Math.floor((columns - 3) / 2);
  const near = nearDifferences(trail);
  if (half < 50) return [...heading, `- ${kernels[0]}`, `+ ${kernels[1]}`, ...near.map(markedLine)];
  return [
    ...heading,
    `${kernels[0].padEnd(half)} | ${kernels[1]}`,
    ...sideBySide(near).map(([left, right]) => `${cut(left, half).padEnd(half)} | ${cut(right, half)}`.trimEnd()),
  ];
}

/** Leaves out long runs of steps that both kernels took, but for those next to a step that one of them took alone. */
function nearDifferences(trail: FirstDifference['trail']): FirstDifference['trail'] {
  const isNear = (index: number): boolean => trail.slice(Math.max(index - STEPS_AROUND, 0), index + STEPS_AROUND + 1).some((line) => line.in !== 'both');
  const lines: ComparedLine[] = [];
  let left = 0;
  const leaveOut = (): void => {
    if (left > 0) lines.push({ in: 'both', text: `... ${String(left)} step${left === 1 ? '' : 's'} that both took` });
    left = 0;
  };
  trail.forEach((line, index) => {
    if (!isNear(index)) {
      left += 1;
      return;
    }
    leaveOut();
    lines.push(line);
  });
  leaveOut();
  return lines;
}

/** Steps of one kernel beside those of the other, between steps that both took. */
function sideBySide(trail: FirstDifference['trail']): [string, string][] {
  const lines: [string, string][] = [];
  let left: string[] = [];
  let right: string[] = [];
  const flush = (): void => {
    for (let i = 0; i < Math.max(left.length, right.length); i += 1) lines.push([left[i] ?? '', right[i] ?? '']);
    left = [];
    right = [];
  };
  for (const line of trail) {
    if (line.in === 'first') left.push(line.text);
    else if (line.in === 'second') right.push(line.text);
    else {
      flush();
      lines.push([line.text, line.text]);
    }
  }
  flush();
  return lines;
}

function cut(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, width - 3)}...`;
}
