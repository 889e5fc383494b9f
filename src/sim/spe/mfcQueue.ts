/**
 * The MFC's command queues: entry, order, and when the next block moves.
 *
 * Cost model: a command may begin `COMMAND_LATENCY` cycles after it was entered; then its
 * blocks of up to `BLOCK_BYTES` pass over one bus, `BUS_BYTES` a cycle. Commands that nothing
 * holds up take turns on the bus, block by block, so a short one overtakes a long one that
 * was entered before it unless a fence or barrier forbids it (CBE Architecture 1.02,
 * chapter 7). The elements of a list move one after the other. Lock lines have a way of
 * their own beside the bus. A Cell moves lines of 128
 * bytes; a block is eight of them, since each costs the simulation as much as hundreds of
 * instructions.
 */
import { raiseInterrupt, INTERRUPT } from './interrupts.ts';
import { holdsUpGroup, kindOf, ordersQueue, waitsForGroup } from './mfcCommand.ts';
import type { Spe } from './spe.ts';
import type { CommandError, ListElement, Mfc, MfcCommand, MfcQueue, QueueName } from './state.ts';

export const COMMAND_LATENCY = 200;
export const BUS_BYTES = 8;
const BLOCK_BYTES = 1024;

const BUS_QUEUES = ['spu', 'proxy'] as const;
const ATOMIC_QUEUE = ['atomic'] as const;
export const QUEUES: readonly QueueName[] = [...BUS_QUEUES, ...ATOMIC_QUEUE];
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
  /** Cycles at which its next block gets the bus, and has passed. */
  readonly start: number;
  readonly end: number;
}

/** The command whose next block has moved first; undefined when none may. */
export function nextCommand({ state: { mfc } }: Spe): NextCommand | undefined {
  if (mfc.suspended) return undefined;
  const onBus = firstOf(mfc, BUS_QUEUES, mfc.busFreeAt);
  const atomic = firstOf(mfc, ATOMIC_QUEUE, 0);
  if (!onBus || !atomic) return onBus ?? atomic;
  return atomic.end <= onBus.end ? atomic : onBus;
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

/** Bytes of a command's next block: up to the end of the block of memory. 0 for one that moves nothing. */
export function blockBytes(command: MfcCommand): number {
  const kind = kindOf(command);
  const part = currentPart(command);
  if (!part || kind === undefined || kind === 'order' || kind === 'hint') return 0;
  return Math.min(part.size - command.transferred, BLOCK_BYTES - ((part.eaLow + command.transferred) % BLOCK_BYTES));
}

/** Works out when the next block has moved and asks to be called then. */
export function armMfc(spe: Spe): void {
  const { mfc } = spe.state;
  const step = nextCommand(spe)?.end;
  if (step === mfc.nextStep) return;
  mfc.nextStep = step;
  if (step !== undefined) spe.ports.schedule(step);
}

/** The command that gets what it moves over first, by cycle and then by turn. */
function firstOf({ queues }: Mfc, names: readonly QueueName[], freeAt: number): NextCommand | undefined {
  let first: NextCommand | undefined;
  for (const name of names) {
    const { commands, stopped, openFrom } = queues[name];
    for (let i = 0; i < commands.length && !stopped; i += 1) {
      const command = commands[i];
      if (!command || command.list?.stalled === true) continue;
      const start = Math.max(command.readyAt, freeAt, openFrom);
      if (first && (start > first.start || (start === first.start && command.turn > first.command.turn))) continue;
      if (!isHeldUp(command, commands, i)) first = { name, command, start, end: start + Math.ceil(blockBytes(command) / BUS_BYTES) };
    }
  }
  return first;
}

function isHeldUp(command: MfcCommand, commands: readonly MfcCommand[], index: number): boolean {
  const waits = waitsForGroup(command);
  const ordersAll = ordersQueue(command);
  for (let i = 0; i < index; i += 1) {
    const earlier = commands[i];
    if (!earlier) break;
    if (ordersAll || ordersQueue(earlier)) return true;
    if (earlier.tag === command.tag && (waits || holdsUpGroup(earlier))) return true;
  }
  return false;
}
