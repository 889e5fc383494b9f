/** MFC commands: opcodes, what they order, and which are refused (facts 6.2). */
import type { CommandError, CommandParameters, MfcCommand, QueueName } from './state.ts';

const PUT = 0x20;
const GET = 0x40;
const FAMILY = 0xe0;
const BARRIER_BIT = 0x01;
const FENCE_BIT = 0x02;
const START_BIT = 0x08;
/** The put's data is a result: a hint to caches, of no effect here. */
const RESULT_BIT = 0x10;

const BARRIER = 0xc0;
const EIEIO = 0xc8;
const SYNC = 0xcc;

const LARGEST_TRANSFER = 16384;
const TAG_COUNT = 32;
const QUADWORD_MASK = 15;
export const LINE_BYTES = 128;

type Opcode = Pick<MfcCommand, 'opcode'>;

/** Moves memory to the local store. */
export function isGet({ opcode }: Opcode): boolean {
  return (opcode & FAMILY) === GET;
}

/** Moves the local store to memory. */
export function isPut({ opcode }: Opcode): boolean {
  return (opcode & FAMILY) === PUT;
}

/** Moves data at all. */
export function isTransfer(command: Opcode): boolean {
  return isGet(command) || isPut(command);
}

/** Waits for all earlier commands of its tag group. */
export function waitsForGroup(command: Opcode): boolean {
  return isTransfer(command) ? (command.opcode & (FENCE_BIT | BARRIER_BIT)) !== 0 : true;
}

/** Holds up all later commands of its tag group. */
export function holdsUpGroup(command: Opcode): boolean {
  return isTransfer(command) ? (command.opcode & BARRIER_BIT) !== 0 : true;
}

/** Orders all commands of its queue, of whatever tag. */
export function ordersQueue({ opcode }: Opcode): boolean {
  return opcode === BARRIER;
}

/** Starts the SPU when it is done (`gets`, `puts`). */
export function startsSpu(command: Opcode): boolean {
  return isTransfer(command) && (command.opcode & START_BIT) !== 0;
}

/**
 * What is wrong with a command. Lists, atomic commands, `sndsig` and cache hints count as
 * invalid.
 */
export function commandError(opcode: number, parameters: CommandParameters, queue: QueueName): CommandError | undefined {
  if (!isKnown(opcode, queue) || parameters.tag >= TAG_COUNT) return 'invalid';
  return isTransfer({ opcode }) && !isAligned(parameters) ? 'alignment' : undefined;
}

function isKnown(opcode: number, queue: QueueName): boolean {
  if (opcode === BARRIER || opcode === EIEIO || opcode === SYNC) return true;
  const order = opcode & (BARRIER_BIT | FENCE_BIT);
  if (order === (BARRIER_BIT | FENCE_BIT)) return false;
  switch (opcode & ~order) {
    case GET:
    case PUT:
    case PUT | RESULT_BIT: return true;
    case GET | START_BIT:
    case PUT | START_BIT: return queue === 'proxy';
    default: return false;
  }
}

/** 0, 1, 2, 4 or 8 bytes at their natural alignment and the same place in a quadword, or whole quadwords. */
function isAligned({ lsa, eaLow, size }: CommandParameters): boolean {
  if (size > LARGEST_TRANSFER || ((lsa ^ eaLow) & QUADWORD_MASK) !== 0) return false;
  switch (size) {
    case 1:
    case 2:
    case 4:
    case 8: return (lsa & (size - 1)) === 0;
    default: return ((size | lsa) & QUADWORD_MASK) === 0;
  }
}
