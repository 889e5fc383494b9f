/** The tables of docs/kernel.md, from the kernel's own: what stands between the marks is replaced. */
import { isChoice, valuesText } from '../../src/sim/kernel/profile/choices.ts';
import type { Profile } from '../../src/sim/kernel/profile/profile.ts';
import { DEFAULT_PROFILE, PROFILES } from '../../src/sim/kernel/profile/tables.ts';
import { SPU_FILE } from '../../src/sim/kernel/spufs/fileTable.ts';
import { modelledSystemCalls } from '../../src/sim/kernel/syscall/table.ts';

/** What a choice is about; a new field of the profile needs its line here. */
const CHOICE_TEXT: Readonly<Record<Exclude<keyof Profile, 'name' | 'cost'>, string>> = {
  release: 'release that `uname` reports',
  vmFault: 'numbers of `VM_FAULT_*` (facts 1.3)',
  nopageRetry: '`do_no_page` knows `NOPAGE_RETRY` and makes MINOR of it',
  interruptedWait: 'answer for a wait that a signal ended',
  deadContext: 'answer for a context without an owner',
  oomKills: 'who is killed where no memory is left',
  speStackGrowth: 'a stack grows for an SPE\'s DMA (facts 5.2)',
  stopBeatsSignal: '`spu_run` reports a stop although a signal is pending (facts 3.7)',
  spuBreakpointTraps: 'a stop with 0x3fff is a SIGTRAP (facts 3.7)',
  dmaAlignmentCode: 'SIGBUS for a misaligned DMA says BUS_ADRALN (facts 5.1)',
  gupReschedules: '`get_user_pages` lets others run between two tries (facts 2.4)',
  spufsMappingsIo: 'mappings of spufs are VM_IO: `get_user_pages` and futexes refuse them (facts 2.4)',
  psMapLimit: 'bytes of a register file that can be mapped (facts 3.3)',
  memBounded: 'mappings of `mem` end with the local store (facts 3.3)',
  savedMemoryCached: 'mappings of `mem` are cacheable while the context is saved (facts 3.3)',
  unmappedAtSwitch: 'files that lose their pages when the context moves (facts 3.6)',
  spuFiles: 'files of a context',
  rawIoFiles: 'files that only CAP_SYS_RAWIO may map (facts 3.3)',
  scheduler: 'scheduler of SPEs (facts 4)',
  hz: 'timer interrupts a second, for time slices (facts 4.4)',
  stateLock: 'what locks the state of a context (facts 3.1)',
  spuCreateFlags: 'flags that `spu_create` knows (facts 3.1)',
  runReports: 'what the third argument of `spu_run` receives (facts 3.7)',
  storageEvent: 'event for a page fault of a DMA that cannot be served (facts 5.2)',
  mailboxTransfer: 'words that a call moves through a mailbox file (facts 3.2)',
  signalRead: 'what reading `signal1` and `signal2` gives (facts 3.2)',
  registerText: 'numbers in text files: `ff`, or `0xff`',
  controlText: '`cntl` can be read and written (facts 3.2)',
  fileSizes: '`stat` tells the sizes of files of a context (facts 3.2)',
  savedResumes: 'a file that takes a context off its SPE gives it one again (facts 4.5)',
  faultHoldsContext: 'the context stays locked while a fault of its DMA is served (facts 5.3)',
};

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
  for (const [name, lines] of Object.entries({ profiles: profiles(), files: files(), calls: calls(), costs: costs() })) {
    const mark = `<!-- generated: ${name} -->\n`;
    const start = written.indexOf(mark);
    const end = written.indexOf('<!-- end -->', start);
    if (start < 0 || end < 0) throw new Error(`docs/kernel.md has no place for the table "${name}": "${mark.trim()}" and "<!-- end -->".`);
    written = `${written.slice(0, start)}${mark}\n${lines.join('\n')}\n\n${written.slice(end)}`;
  }
  return written;
}

function profiles(): string[] {
  return [
    `| choice | about | ${PROFILES.map(({ name }) => (name === DEFAULT_PROFILE ? `${name} (default)` : name)).join(' | ')} | can be changed to |`,
    `|---|---|${PROFILES.map(() => '---|').join('')}---|`,
    ...Object.entries(CHOICE_TEXT).map(([choice, about]) =>
      `| \`${choice}\` | ${about} | ${PROFILES.map((profile) => valueText(profile[choice as keyof typeof CHOICE_TEXT])).join(' | ')} | ${isChoice(choice) ? valuesText(choice) : ''} |`),
  ];
}

function valueText(value: Profile[keyof typeof CHOICE_TEXT]): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return value < 4096 ? String(value) : `0x${value.toString(16)}`;
  if (typeof value === 'string') return value;
  if (isList(value)) return value.length > 8 ? `${String(value.length)}, see below` : value.join(', ');
  return Object.entries(value).map(([name, number]) => `${name.toUpperCase()} ${String(number)}`).join(', ');
}

function isList(value: object): value is readonly string[] {
  return Array.isArray(value);
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

function costs(): string[] {
  return [
    `| work | ${PROFILES.map(({ name }) => name).join(' | ')} |`,
    `|---|${PROFILES.map(() => '---|').join('')}`,
    ...Object.entries(COST_TEXT).map(([work, text]) => `| ${text} | ${PROFILES.map(({ cost }) => `${cost[work as keyof typeof COST_TEXT].toLocaleString('en')} cycles`).join(' | ')} |`),
  ];
}
