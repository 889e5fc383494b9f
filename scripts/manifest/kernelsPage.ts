/** docs/kernels.md: every choice of every kernel with its source, from the profiles. */
import { isChoice, valuesText } from '../../src/sim/kernel/profile/choices.ts';
import { CHOICE_NOTES, type ChoiceNote, type NotedChoice } from '../../src/sim/kernel/profile/notes.ts';
import type { Profile } from '../../src/sim/kernel/profile/profile.ts';
import { DEFAULT_PROFILE, PROFILES } from '../../src/sim/kernel/profile/tables.ts';
import type { SpuFileName } from '../../src/sim/kernel/spufs/fileTable.ts';

const INTRODUCTION = `# Kernels

Written by \`npm run manifest\` from the profiles in \`src/sim/kernel/profile\`; change those. [The kernel model](kernel.md) says what a choice does,
[the facts](facts.md) where it was read: the column "facts" names their sections. What was concluded from reading code is marked (inferred), what was not
read in a source (from memory).

A kernel stands for all releases up to the next one here; \`2.6.18-retry\` is 2.6.18 with the proposal of September 2006, and \`2.6.30\` stands for all that followed.
`;

const CHANGES = `## Changing a choice

A launch configuration takes \`"kernel": { "base": "2.6.18", "interruptedWait": "retry" }\`, the command line \`--kernel 2.6.18,interruptedWait=retry\`.
What cannot go together is refused in a sentence. The other choices belong to their kernels.
`;

export function kernelsPage(): string {
  const choices = Object.keys(CHOICE_NOTES) as NotedChoice[];
  const scalar = choices.filter((choice) => choice !== 'spuFiles' && choice !== 'vmFault');
  return [
    INTRODUCTION,
    '## Choices',
    '',
    ...table(['choice', 'about', 'facts', ...names()], scalar.map((choice) => {
      const note = CHOICE_NOTES[choice];
      return [`\`${choice}\``, note.about, note.source, ...PROFILES.map((profile) => `${valueText(profile[choice])}${doubtText(note, profile)}`)];
    })),
    '',
    '## `vmFault`: numbers of `VM_FAULT_*` (facts 1.3)',
    '',
    ...table(['answer', ...names()], faultNumbers()),
    '',
    ...(CHOICE_NOTES.vmFault.remark === undefined ? [] : [CHOICE_NOTES.vmFault.remark, '']),
    `## \`spuFiles\`: ${CHOICE_NOTES.spuFiles.about} (facts ${CHOICE_NOTES.spuFiles.source})`,
    '',
    ...table(['file', ...names()], spuFiles()),
    '',
    CHANGES,
    ...table(['choice', 'takes'], choices.filter(isChoice).map((choice) => [`\`${choice}\``, valuesText(choice)])),
    '',
  ].join('\n');
}

function names(): string[] {
  return PROFILES.map(({ name }) => (name === DEFAULT_PROFILE ? `${name} (default)` : name));
}

function faultNumbers(): string[][] {
  const answers = ['oom', 'sigbus', 'minor', 'major', 'write', 'nopage'] as const;
  return [
    ['form', ...PROFILES.map(({ vmFault }) => vmFault.form)],
    ...answers.map((answer) => [`VM_FAULT_${answer.toUpperCase()}`, ...PROFILES.map(({ vmFault }) => {
      const value = vmFault[answer];
      return value === undefined ? '' : `0x${value.toString(16).padStart(2, '0')}`;
    })]),
  ];
}

function spuFiles(): string[][] {
  const files = new Set<SpuFileName>(PROFILES.flatMap(({ spuFiles: own }) => own));
  return [...files].map((file) => [`\`${file}\``, ...PROFILES.map(({ spuFiles: own }) => (own.includes(file) ? 'yes' : ''))]);
}

function valueText(value: Profile[NotedChoice]): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return value < 4096 ? String(value) : `0x${value.toString(16)}`;
  if (typeof value === 'string') return value;
  return isList(value) ? value.join(', ') || 'none' : '';
}

function isList(value: object): value is readonly string[] {
  return Array.isArray(value);
}

function doubtText({ doubts = {} }: ChoiceNote, { name }: Profile): string {
  const doubt = doubts[name];
  return doubt === undefined ? '' : ` (${doubt})`;
}

function table(titles: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(titles), `|${titles.map(() => '---|').join('')}`, ...rows.map(line)];
}
