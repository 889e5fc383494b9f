/** MFC commands: opcodes, what they order, and which are refused (facts 6.2). */
import type { CommandError, CommandParameters, MfcCommand, QueueName } from './state.ts';

const PUT = 0x20;
const GET = 0x40;
const SEND_SIGNAL = 0xa0;
const BARRIER_BIT = 0x01;
const FENCE_BIT = 0x02;
const LIST_BIT = 0x04;
const START_BIT = 0x08;
/** The put's data is a result: a hint to caches, of no effect here. */
const RESULT_BIT = 0x10;
const BARRIER = 0xc0;

const LARGEST_TRANSFER = 16384;
const SIGNAL_BYTES = 4;
const LIST_ELEMENT_BYTES = 8;
const TAG_COUNT = 32;
const QUADWORD_MASK = 15;
export const LINE_BYTES = 128;

export type CommandKind =
  /** Move memory to the local store, or the other way; as a list too. */
  | 'get' | 'put'
  /** `sndsig`: a put of one word. */
  | 'signal'
  | 'getllar' | 'putllc' | 'putlluc' | 'putqlluc'
  /** `sdcrz`: zeroes lines of memory. */
  | 'zero'
  /** The other commands for a cache between MFC and memory, which a Cell does not have. */
  | 'hint'
  /** `barrier`, `mfceieio`, `mfcsync`. */
  | 'order';

const ORDERS = [0, BARRIER_BIT, FENCE_BIT] as const;

function transfers(base: number, kind: CommandKind, forms: readonly number[]): (readonly [number, CommandKind])[] {
  return forms.flatMap((form) => ORDERS.map((order) => [base | form | order, kind] as const));
}

const COMMANDS: ReadonlyMap<number, CommandKind> = new Map<number, CommandKind>([
  ...transfers(GET, 'get', [0, LIST_BIT, START_BIT]),
  ...transfers(PUT, 'put', [0, LIST_BIT, START_BIT]),
  ...transfers(PUT | RESULT_BIT, 'put', [0, LIST_BIT]),
  ...transfers(SEND_SIGNAL, 'signal', [0]),
  [0xd0, 'getllar'], [0xb4, 'putllc'], [0xb0, 'putlluc'], [0xb8, 'putqlluc'],
  [0x80, 'hint'], [0x81, 'hint'], [0x89, 'zero'], [0x8d, 'hint'], [0x8f, 'hint'],
  [BARRIER, 'order'], [0xc8, 'order'], [0xcc, 'order'],
]);

const OPCODES = 256;
/** The same by opcode, for those who ask for every block. */
const KINDS = Array.from({ length: OPCODES }, (_, opcode) => COMMANDS.get(opcode));

type Opcode = Pick<MfcCommand, 'opcode'>;

/** Undefined for an opcode that is no command. */
export function kindOf({ opcode }: Opcode): CommandKind | undefined {
  return KINDS[opcode];
}

/** Its effective address is written. */
export function storesToMemory(kind: CommandKind | undefined): boolean {
  return kind !== 'get' && kind !== 'getllar';
}

export function isList(command: Opcode): boolean {
  return isTransfer(kindOf(command)) && (command.opcode & LIST_BIT) !== 0;
}

/** A lock-line command that waits for no queue and tells MFC_RdAtomicStat of its end. */
export function isImmediate(command: Opcode): boolean {
  const kind = kindOf(command);
  return kind === 'getllar' || kind === 'putllc' || kind === 'putlluc';
}

export function isLockLine(command: Opcode): boolean {
  return isImmediate(command) || kindOf(command) === 'putqlluc';
}

/** Waits for all earlier commands of its tag group. putqlluc has a fence without saying so. */
export function waitsForGroup(command: Opcode): boolean {
  const kind = kindOf(command);
  return hasOrderBits(kind) ? (command.opcode & (FENCE_BIT | BARRIER_BIT)) !== 0 : kind === 'order' || kind === 'putqlluc';
}

/** Holds up all later commands of its tag group. */
export function holdsUpGroup(command: Opcode): boolean {
  const kind = kindOf(command);
  return hasOrderBits(kind) ? (command.opcode & BARRIER_BIT) !== 0 : kind === 'order';
}

/** Orders all commands of its queue, of whatever tag. */
export function ordersQueue({ opcode }: Opcode): boolean {
  return opcode === BARRIER;
}

/** Starts the SPU when it is done (`gets`, `puts`). */
export function startsSpu(command: Opcode): boolean {
  return isTransfer(kindOf(command)) && (command.opcode & START_BIT) !== 0;
}

/** What is wrong with a command. */
export function commandError(opcode: number, parameters: CommandParameters, queue: QueueName): CommandError | undefined {
  const kind = kindOf({ opcode });
  if (kind === undefined || !isTakenBy(queue, { opcode })) return 'invalid';
  if (queue !== 'atomic' && parameters.tag >= TAG_COUNT) return 'invalid';
  return isPlaced(kind, opcode, parameters) ? undefined : 'alignment';
}

/** What one transfer, or one element of a list, may be: 0, 1, 2, 4 or 8 bytes at their natural alignment and the same place in a quadword, or whole quadwords. */
export function isAligned({ lsa, eaLow, size }: Pick<CommandParameters, 'lsa' | 'eaLow' | 'size'>): boolean {
  if (size > LARGEST_TRANSFER || ((lsa ^ eaLow) & QUADWORD_MASK) !== 0) return false;
  switch (size) {
    case 1:
    case 2:
    case 4:
    case 8: return (lsa & (size - 1)) === 0;
    default: return ((size | lsa) & QUADWORD_MASK) === 0;
  }
}

function isTransfer(kind: CommandKind | undefined): boolean {
  return kind === 'get' || kind === 'put';
}

function hasOrderBits(kind: CommandKind | undefined): boolean {
  return isTransfer(kind) || kind === 'signal';
}

/** Lists and lock lines are the SPU's, starts the PPE's. */
function isTakenBy(queue: QueueName, command: Opcode): boolean {
  if (startsSpu(command)) return queue === 'proxy';
  return queue !== 'proxy' || (!isList(command) && !isLockLine(command));
}

function isPlaced(kind: CommandKind, opcode: number, parameters: CommandParameters): boolean {
  const { eaLow, size } = parameters;
  switch (kind) {
    case 'get':
    case 'put': return isList({ opcode }) ? ((eaLow | size) & (LIST_ELEMENT_BYTES - 1)) === 0 && size <= LARGEST_TRANSFER : isAligned(parameters);
    case 'signal': return size === SIGNAL_BYTES && isAligned(parameters);
    case 'zero': return ((eaLow | size) & (LINE_BYTES - 1)) === 0 && size <= LARGEST_TRANSFER;
    default: return true;
  }
}
