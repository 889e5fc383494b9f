/** The tables of docs/kernel.md, from the kernel's own: what stands between the marks is replaced. */
import type { Profile } from '../../src/sim/kernel/profile/profile.ts';
import { PROFILES } from '../../src/sim/kernel/profile/tables.ts';
import { SPU_FILE } from '../../src/sim/kernel/spufs/fileTable.ts';
import { modelledSystemCalls } from '../../src/sim/kernel/syscall/table.ts';

const COST_TEXT: Readonly<Record<keyof Profile['cost'], string>> = {
  step: 'a step of a path',
  entry: 'entering the kernel, and leaving it',
  diskRead: 'reading a page from the disk',
  diskWrite: 'writing a page to the disk',
  contextSwitch: 'saving, or restoring, an SPE context',
};

/** @throws Error where the page lacks the marks of a table */
export function kernelPage(page: string): string {
  let written = page;
  for (const [name, lines] of Object.entries({ files: files(), calls: calls(), costs: costs() })) {
    const mark = `<!-- generated: ${name} -->\n`;
    const start = written.indexOf(mark);
    const end = written.indexOf('<!-- end -->', start);
    if (start < 0 || end < 0) throw new Error(`docs/kernel.md has no place for the table "${name}": "${mark.trim()}" and "<!-- end -->".`);
    written = `${written.slice(0, start)}${mark}\n${lines.join('\n')}\n\n${written.slice(end)}`;
  }
  return written;
}

function files(): string[] {
  return [
    '| file | mode | position | a mapping shows |',
    '|---|---|---|---|',
    ...Object.entries(SPU_FILE).map(([name, { mode, seekable, maps }]) => {
      const shown = maps === undefined ? '' : maps === 'local-store' ? 'the local store' : `registers from 0x${maps.toString(16)} of the problem state`;
      return `| \`${name}\` | ${mode.toString(8).padStart(4, '0')} | ${seekable === true ? 'yes' : 'no'} | ${shown} |`;
    }),
  ];
}

function calls(): string[] {
  return [
    '| number | call |',
    '|---|---|',
    ...modelledSystemCalls().map(({ number, name, arguments: args }) => `| ${String(number)} | \`${name}(${args.map((argument) => argument.name).join(', ')})\` |`),
  ];
}

/** The model gives all kernels the same costs. */
function costs(): string[] {
  const cost = PROFILES[0]?.cost;
  if (!cost) throw new Error('There is no kernel whose costs could be shown.');
  return [
    '| work | cycles |',
    '|---|---|',
    ...Object.entries(COST_TEXT).map(([work, text]) => `| ${text} | ${cost[work as keyof typeof COST_TEXT].toLocaleString('en')} |`),
  ];
}
