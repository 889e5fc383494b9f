/**
 * The MFC's command queues: entry, order, and when the next block moves.
 *
 * Cost model: a command may begin `COMMAND_LATENCY` cycles after it was entered; then its
 * blocks of up to 128 bytes pass over one bus, `BUS_BYTES` a cycle. Commands that nothing
 * holds up take turns on the bus, block by block, so a short one overtakes a long one that
 * was entered before it unless a fence or barrier forbids it (CBE Architecture 1.02,
 * chapter 7). The elements of a list move one after the other.
 */
import { raiseInterrupt, INTERRUPT } from './interrupts.ts';
import { holdsUpGroup, kindOf, LINE_BYTES, ordersQueue, waitsForGroup } from './mfcCommand.ts';
import type { Spe } from './spe.ts';
import type { CommandError, ListElement, Mfc, MfcCommand, MfcQueue, QueueName } from './state.ts';

export const COMMAND_LATENCY = 200;
export const BUS_BYTES = 8;

export const QUEUES: readonly QueueName[] = ['spu', 'proxy', 'atomic'];
const QUEUE_DEPTH: Readonly<Record<QueueName, number>> = { spu: 16, proxy: 8, atomic: 1 };

export function freePlaces({ state }: Spe, name: QueueName): number {
  return QUEUE_DEPTH[name] - state.mfc.queues[name].commands.length;
}

/** A bad command stops its queue and raises a class 0 interrupt. */
export function stopForError(spe: Spe, queue: MfcQueue, error: CommandError): void {
  queue.stopped = true;
  raiseInterrupt(spe, 0, error === 'alignment' ? INTERRUPT.dmaAlignment : INTERRUPT.invalidDmaCommand);
}

interface NextCommand {
  readonly name: QueueName;
  readonly command: MfcCommand;
  /** Cycle at which its next block gets the bus. */
  readonly start: number;
}

/** The command whose next block moves first; undefined when none may. */
export function nextCommand({ state: { mfc } }: Spe): NextCommand | undefined {
  if (mfc.suspended) return undefined;
  let first: NextCommand | undefined;
  for (const name of QUEUES) {
    const candidate = firstOf(name, mfc);
    if (candidate && (!first || goesFirst(candidate, first))) first = candidate;
  }
  return first;
}

/** The place at the end of the round of those who use the bus. */
export function takeTurn({ state: { mfc } }: Spe): number {
  mfc.nextTurn += 1;
  return mfc.nextTurn;
}

/** What a command moves at the moment: of a list its current element. */
export function currentPart(command: MfcCommand): Pick<ListElement, 'lsa' | 'eaLow' | 'size'> | undefined {
  return command.list ? command.list.element : command;
}

/** Bytes of a command's next block: up to the end of the line of memory. 0 for one that moves nothing. */
export function blockBytes(command: MfcCommand): number {
  const kind = kindOf(command);
  const part = currentPart(command);
  if (!part || kind === undefined || kind === 'order' || kind === 'hint') return 0;
  return Math.min(part.size - command.transferred, LINE_BYTES - ((part.eaLow + command.transferred) % LINE_BYTES));
}

/** Works out when the next block moves and asks to be called then. */
export function armMfc(spe: Spe): void {
  const { mfc } = spe.state;
  const next = nextCommand(spe);
  const step = next && next.start + Math.ceil(blockBytes(next.command) / BUS_BYTES);
  if (step === mfc.nextStep) return;
  mfc.nextStep = step;
  if (step !== undefined) spe.ports.schedule(step);
}

function firstOf(name: QueueName, { queues, busFreeAt }: Mfc): NextCommand | undefined {
  const { commands, stopped, openFrom } = queues[name];
  if (stopped) return undefined;
  let first: NextCommand | undefined;
  for (const [index, command] of commands.entries()) {
    if (command.list?.stalled === true || isHeldUp(command, commands, index)) continue;
    const candidate = { name, command, start: Math.max(command.readyAt, busFreeAt, openFrom) };
    if (!first || goesFirst(candidate, first)) first = candidate;
  }
  return first;
}

function isHeldUp(command: MfcCommand, commands: readonly MfcCommand[], index: number): boolean {
  for (let i = 0; i < index; i++) {
    const earlier = commands[i];
    if (!earlier) break;
    if (ordersQueue(earlier) || ordersQueue(command)) return true;
    if (earlier.tag === command.tag && (holdsUpGroup(earlier) || waitsForGroup(command))) return true;
  }
  return false;
}

function goesFirst(a: NextCommand, b: NextCommand): boolean {
  return a.start === b.start ? a.command.turn < b.command.turn : a.start < b.start;
}
