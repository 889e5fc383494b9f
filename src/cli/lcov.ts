/** Lines that ran, as lcov has them (geninfo(1), "FILES"): genhtml, editors and services that collect coverage read it. */
import type { FileCovered } from '../adapter/coverage/lineCoverage.ts';

/** How often a line ran is not known: one that ran has the count 1. */
export function lcovText(files: readonly FileCovered[]): string {
  return files.map(({ file, lines }) => [
    'TN:',
    `SF:${file}`,
    ...lines.map(({ line, ran }) => `DA:${String(line)},${ran > 0 ? '1' : '0'}`),
    `LH:${String(lines.filter(({ ran }) => ran > 0).length)}`,
    `LF:${String(lines.length)}`,
    'end_of_record\n',
  ].join('\n')).join('');
}
