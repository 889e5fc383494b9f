/** Entering commands into the MFC's queues: from the SPU's channels and from the PPE. */
import { commandError, isImmediate, isList, isLockLine, LINE_BYTES } from './mfcCommand.ts';
import { beginElement } from './mfcList.ts';
import { armMfc, COMMAND_LATENCY, freePlaces, stopForError, takeTurn } from './mfcQueue.ts';
import type { Spe } from './spe.ts';
import type { CommandParameters, ListProgress, MfcCommand, QueueName } from './state.ts';
import { LOCAL_STORE_BYTES } from '../engine/layout.ts';

const OPCODE_MASK = 0xffff;
const LOCAL_LINE_MASK = LOCAL_STORE_BYTES - LINE_BYTES;
const LOCAL_QUADWORD_MASK = LOCAL_STORE_BYTES - 16;

/** MFC_Cmd: false while the SPU has to wait for a place, or for the lock-line command before this one. */
export function enterSpuCommand(spe: Spe, word: number, now: number): boolean {
  const name = isImmediate({ opcode: word & OPCODE_MASK }) ? 'atomic' : 'spu';
  if (freePlaces(spe, name) === 0) return false;
  enter(spe, name, spe.state.mfc.parameters, word, spe.registers.pc, now);
  return true;
}

/** Enters a command of the PPE: `word` is its classes and opcode as written. The queue must have a free place. */
export function enterProxyCommand(spe: Spe, parameters: CommandParameters, word: number, now: number): void {
  enter(spe, 'proxy', parameters, word, undefined, now);
}

function enter(spe: Spe, name: QueueName, parameters: CommandParameters, word: number, pc: number | undefined, now: number): void {
  const { mfc } = spe.state;
  const opcode = word & OPCODE_MASK;
  const error = commandError(opcode, parameters, name);
  // The low bits of a lock line's addresses do not count, nor does a size.
  const isLine = isLockLine({ opcode });
  const command: MfcCommand = {
    lsa: isLine ? parameters.lsa & LOCAL_LINE_MASK : parameters.lsa,
    eaHigh: parameters.eaHigh,
    eaLow: isLine ? (parameters.eaLow & -LINE_BYTES) >>> 0 : parameters.eaLow,
    size: isLine ? LINE_BYTES : parameters.size,
    tag: parameters.tag,
    id: mfc.nextId,
    pc,
    opcode,
    classes: word >>> 16,
    enteredAt: now,
    readyAt: now + COMMAND_LATENCY,
    error,
    transferred: 0,
    turn: takeTurn(spe),
    list: isList({ opcode }) ? newList(parameters) : undefined,
  };
  mfc.nextId += 1;
  mfc.queues[name].commands.push(command);
  if (error) stopForError(spe, mfc.queues[name], error);
  else if (command.list && command.list.bytes > 0) beginElement(spe, command, command.list);
  armMfc(spe);
}

/** MFC_EAL is the list's local-store address, MFC_Size its length. */
function newList({ lsa, eaLow, size }: CommandParameters): ListProgress {
  return { address: eaLow % LOCAL_STORE_BYTES, bytes: size, lsa: lsa & LOCAL_QUADWORD_MASK, element: undefined, stalled: false };
}
