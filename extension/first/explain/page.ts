/** The page about a fault, as Markdown. Made from the fault's record alone; links are addresses beside its own. */
import type { Profile } from '../../../src/sim/kernel/profile/profile.ts';
import { happened } from './happened.ts';
import type { Localizer } from './localizer.ts';
import { otherKernels } from './otherKernels.ts';
import { reasons } from './reasons.ts';
import { code, digits, type ExplainedFault } from './subject.ts';

/** Where a step stands in a kernel listing. */
export interface ListedStep {
  /** Text of the line, its number from 1, and the listing's address beside the page. */
  readonly text: string;
  readonly line: number;
  readonly address: string;
}

export interface PageSurroundings {
  /** Name of the debug session. */
  readonly program: string;
  readonly profiles: readonly Profile[];
  /** Undefined for a step that the kernel's listing does not show. */
  readonly listed: (path: string, step: number) => ListedStep | undefined;
  /** Address of a section of docs/facts.md. */
  readonly fact: (section: string) => string;
}

export function faultPage(fault: ExplainedFault, surroundings: PageSurroundings, l10n: Localizer): string {
  const { row, profile } = fault;
  const sections = reasons(fault, l10n);
  const facts = [...new Set(sections.flatMap((reason) => reason.facts))];
  return [
    `# ${row.outcome}: ${code(row.ea)}${row.mapping === '' ? '' : ` ${code(row.mapping)}`}`,
    l10n.t('Fault {0} of {1}, under Linux {2}, at cycle {3}', row.id, code(surroundings.program), profile.name, digits(row.cycle)),
    `## ${l10n.t('What happened')}`,
    happened(fault, l10n).map((sentence, index) => `${String(index + 1)}. ${sentence}`).join('\n'),
    `## ${l10n.t('Why')}`,
    ...sections.map(({ text }) => text),
    l10n.t('More in the facts: {0}', facts.map((section) => `[${section}](${surroundings.fact(section)})`).join(', ')),
    `## ${l10n.t('Its way through the kernel')}`,
    trail(fault, surroundings, l10n),
    `## ${l10n.t('What other kernels would have done')}`,
    l10n.t('With the same access in the same situation:'),
    kernelTable(fault, surroundings, l10n),
  ].join('\n\n') + '\n';
}

function trail({ row }: ExplainedFault, { listed }: PageSurroundings, l10n: Localizer): string {
  const lines: string[] = [];
  let current: string | undefined;
  for (const { path, step } of row.trail ?? []) {
    const place = listed(path, step);
    if (!place) continue;
    if (path !== current) lines.push(`* [${code(path)}](${place.address}#L${String(place.line)})`);
    current = path;
    lines.push(`  * [${l10n.t('line {0}', place.line)}](${place.address}#L${String(place.line)}): ${escaped(place.text)}`);
  }
  return lines.length === 0 ? l10n.t('It took no step that a listing shows.') : lines.join('\n');
}

function kernelTable(fault: ExplainedFault, { profiles }: PageSurroundings, l10n: Localizer): string {
  const rows = otherKernels(fault, profiles, l10n).map(({ name, outcome, text }) => `| ${name} | ${outcome} | ${text} |`);
  return [`| ${l10n.t('Kernel')} | ${l10n.t('Outcome')} | |`, '|---|---|---|', ...rows].join('\n');
}

/** Text of a listing as it is, whatever Markdown would make of it. */
function escaped(text: string): string {
  return text.replace(/[\\`*_[\]<>|#]/g, '\\$&');
}
