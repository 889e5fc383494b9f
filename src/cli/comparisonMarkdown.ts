/** A comparison as Markdown, for an issue or a page. */
import type { Comparison } from '../adapter/comparison/comparison.ts';
import { markedLine } from '../adapter/comparison/markedLine.ts';

export function comparisonMarkdown({ ends, mappings, differences, moreDifferences, first }: Comparison): string[] {
  const kernels = ends.map(({ kernel }) => kernel);
  return [
    ...table(['kernel', 'faults', 'end'], ends.map(({ kernel, faults, end }) => [kernel, String(faults), end])),
    '',
    ...table(['mapping', ...kernels], mappings.map(({ mapping, outcomes }) => [`\`${mapping}\``, ...outcomes.map((cell) => cell.join('<br>'))])),
    '',
    ...(differences.length === 0
      ? ['All kernels agree on every fault.']
      : table(['where they differ', 'at', ...kernels], differences.map(({ access, place, outcomes }) => [access, place, ...outcomes]))),
    ...(moreDifferences > 0 ? ['', `${String(moreDifferences)} more accesses ended differently.`] : []),
    ...(first ? [
      '',
      `First difference: ${first.access} at ${first.place}`,
      '',
      `* ${first.kernels[0]}: ${first.said[0]}`,
      `* ${first.kernels[1]}: ${first.said[1]}`,
      '',
      '```diff',
      `- ${first.kernels[0]}`,
      `+ ${first.kernels[1]}`,
      ...first.trail.map(markedLine),
      '```',
    ] : []),
  ];
}

function table(titles: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(titles), `|${titles.map(() => '---|').join('')}`, ...rows.map(line)];
}
