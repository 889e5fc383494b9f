/** `info spu ...`: the commands and columns that GDB had for SPEs (GDB manual, "Cell Broadband Engine SPU architecture"). */
import { longestWait, waitedCycles } from '../../sim/kernel/spufs/scheduler/waiting.ts';
import type { SpuContext } from '../../sim/kernel/spufs/state.ts';
import { mfcCommandName } from '../../sim/kernel/fault/mfcCommandName.ts';
import { completedTags } from '../../sim/spe/tags.ts';
import { currentPart } from '../../sim/spe/mfcQueue.ts';
import type { MfcCommand, SpeState, TagStatus } from '../../sim/spe/state.ts';
import { ExpressionError } from '../evaluate/expression.ts';
import { hex } from '../variables/format.ts';
import { effectiveAddress } from '../views/contextRows.ts';
import type { CommandContext, ConsoleCommand } from './command.ts';
import type { Column, Table } from './table.ts';

const ALL_TAGS = 0xffff_ffff;
const word = (value: number): string => hex(value >>> 0, 8);

/** Of the commands in a queue: what `queueCells` gives. */
export const DMA_COLUMNS: readonly Column[] = [
  { title: 'Opcode' }, { title: 'Tag' }, { title: 'TId' }, { title: 'RId' }, { title: 'EA' }, { title: 'LSA' },
  { title: 'Size' }, { title: 'LstAddr' }, { title: 'LstSize' }, { title: 'E' },
];

export const INFO_SPU: readonly ConsoleCommand[] = [
  spu('event', 'pending and enabled SPU events', ({ events }) => `Event Status ${word(events.pending)}\nEvent Mask   ${word(events.mask)}`),
  spu('signal', 'the two signal-notification registers', ({ signals }) => signals.map((signal, index) => {
    const pending = signal.pending ? `control word ${word(signal.value)}` : 'not pending';
    return `Signal ${String(index + 1)} ${pending} (Type ${signal.orMode ? 'Or' : 'Overwrite'})`;
  }).join('\n')),
  spu('mailbox', 'words in the three mailboxes, oldest first', ({ mailboxes }) => [
    mailbox('SPU Outbound Mailbox', mailboxes.outbound),
    mailbox('SPU Outbound Interrupt Mailbox', mailboxes.outboundInterrupt),
    mailbox('SPU Inbound Mailbox', mailboxes.inbound),
  ].join('\n')),
  spu('dma', 'commands in the MFC queue', ({ mfc }, _context, { table }) => [
    `Tag-Group Status  ${word(completedTags(mfc.queues.spu) & mfc.tags.mask)}`,
    `Tag-Group Mask    ${word(mfc.tags.mask)} (${query(mfc.tags)})`,
    `Stall-and-Notify  ${word(mfc.stalledTags)}`,
    `Atomic Cmd Status ${word(mfc.atomicStatus ?? 0)}`,
    queue([...mfc.queues.spu.commands, ...mfc.queues.atomic.commands], table),
  ].join('\n')),
  spu('proxydma', 'commands in the MFC proxy queue', ({ mfc }, _context, { table }) => [
    `Tag-Group Status  ${word(completedTags(mfc.queues.proxy) & mfc.proxyTags.mask & ALL_TAGS)}`,
    `Tag-Group Mask    ${word(mfc.proxyTags.mask)} (${query(mfc.proxyTags)})`,
    queue(mfc.queues.proxy.commands, table),
  ].join('\n')),
  spu('sched', 'priority, time slice, and the time that a context has waited for an SPE', (_state, { schedule, statistics, ...context }, { debuggee: { machine: { cycle } } }) => [
    `Priority        ${String(schedule.priority)} (${schedule.policy})`,
    `Time slice      ${String(schedule.timeSlice)} ticks left`,
    `Waited          ${String(waitedCycles({ schedule }, cycle))} cycles, at most ${String(longestWait({ schedule }, cycle))} at a time`,
    `Switches        ${String(statistics.voluntarySwitches)} voluntary, ${String(statistics.involuntarySwitches)} involuntary`,
    `State           ${context.state}${context.spe === undefined ? '' : ` on SPE ${String(context.spe)}`}`,
  ].join('\n')),
];

function spu(name: string, about: string, show: (state: SpeState, context: SpuContext, console: CommandContext) => string): ConsoleCommand {
  return {
    words: `info spu ${name}`, operands: '[CONTEXT]', about,
    run: (context, [named]) => {
      const chosen = contextsFor(context, named);
      return chosen.map((c) => `${chosen.length > 1 ? `${c.path}:\n` : ''}${show(context.debuggee.machine.spe(c).state, c, context)}`).join('\n\n');
    },
  };
}

/** The context that is named, else the selected thread's, else all of them. */
function contextsFor({ debuggee, thread }: CommandContext, named: string | undefined): readonly SpuContext[] {
  const all = [...debuggee.machine.state.spufs.contexts.values()];
  if (named !== undefined) {
    const found = all.find(({ name, path }) => name === named || path === named);
    if (found) return [found];
    throw new ExpressionError(`There is no SPE context "${named}"; there ${all.length === 0 ? 'is none' : `are ${all.map(({ name }) => name).join(', ')}`}.`);
  }
  if (thread?.kind === 'context') return [thread.context];
  const running = thread?.task.runningContext;
  if (running) return [running];
  if (all.length === 0) throw new ExpressionError('There is no SPE context.');
  return all;
}

function mailbox(title: string, words: readonly number[]): string {
  return [title, ...(words.length === 0 ? ['  empty'] : words.map((value) => `  ${word(value)}`))].join('\n');
}

function query({ request }: TagStatus): string {
  return request === undefined ? 'no query pending' : `'${request}' query pending`;
}

function queue(commands: readonly MfcCommand[], table: Table): string {
  return table(DMA_COLUMNS, commands.map(queueCells));
}

/** Of a list the current element, and what comes after it. */
export function queueCells(command: MfcCommand): readonly string[] {
  return [
    mfcCommandName(command.opcode), String(command.tag), String(command.classes >>> 8), String(command.classes & 0xff),
    ...place(command),
    command.list ? hex(command.list.address, 5) : '', command.list ? hex(command.list.bytes, 5) : '',
    command.error === undefined ? '' : '*',
  ];
}

function place(command: MfcCommand): readonly string[] {
  const part = currentPart(command);
  if (!part) return ['', '', ''];
  return [hex(effectiveAddress({ eaHigh: command.eaHigh, eaLow: part.eaLow }), 16), hex(part.lsa, 5), hex(part.size, 5)];
}
