/** The MFC at work: blocks move when their cycle comes, or a fault stops their queue (facts 5). */
import { EVENT, raiseEvent } from './events.ts';
import { INTERRUPT, raiseInterrupt } from './interrupts.ts';
import { isGet, isPut, startsSpu } from './mfcCommand.ts';
import { armMfc, blockBytes, freePlaces, nextCommand, stopForError, takeTurn } from './mfcQueue.ts';
import type { Translation } from './ports.ts';
import { writeRunControl } from './run.ts';
import { type Spe, wakeFromChannel } from './spe.ts';
import type { MfcCommand, QueueName } from './state.ts';
import { tagsChanged } from './tags.ts';
import { LOCAL_STORE_BYTES } from '../engine/layout.ts';

/** Bits of MFC_DSISR (facts 5.1). */
export const MFC_DSISR = { notFound: 0x4000_0000, accessDenied: 0x0800_0000, put: 0x0200_0000 } as const;

const QUEUES: readonly QueueName[] = ['spu', 'proxy'];

/** Moves the block whose cycle has come, if one has. */
export function stepMfc(spe: Spe, now: number): void {
  const { mfc } = spe.state;
  if (mfc.nextStep === undefined || now < mfc.nextStep) return;
  mfc.nextStep = undefined;
  const next = nextCommand(spe);
  if (next) moveBlock(spe, next.name, next.command, now);
  armMfc(spe);
}

/** MFC_CNTL restart: queues that a fault stopped go on; bad commands stop theirs again. */
export function restartDma(spe: Spe, now: number): void {
  const { mfc } = spe.state;
  mfc.faulted = undefined;
  for (const name of QUEUES) {
    const queue = mfc.queues[name];
    if (!queue.stopped) continue;
    queue.stopped = false;
    queue.openFrom = now;
    const error = queue.commands.find((command) => command.error)?.error;
    if (error) stopForError(spe, queue, error);
  }
  armMfc(spe);
}

/** MFC_CNTL suspend and resume: no block moves while suspended. */
export function suspendMfc(spe: Spe, suspended: boolean, now: number): void {
  const { mfc } = spe.state;
  mfc.suspended = suspended;
  for (const name of QUEUES) mfc.queues[name].openFrom = now;
  armMfc(spe);
}

/** MFC_CNTL purge: drops all commands; blocks that moved stay moved. */
export function purgeMfc(spe: Spe): void {
  const { mfc } = spe.state;
  mfc.faulted = undefined;
  for (const name of QUEUES) {
    const queue = mfc.queues[name];
    queue.commands.length = 0;
    queue.stopped = false;
    tagsChanged(spe, name);
  }
  armMfc(spe);
  wakeFromChannel(spe);
}

function moveBlock(spe: Spe, name: QueueName, command: MfcCommand, now: number): void {
  const bytes = blockBytes(command);
  if (bytes > 0) {
    const low = command.eaLow + command.transferred;
    const eaHigh = (command.eaHigh + Math.floor(low / 2 ** 32)) >>> 0;
    const eaLow = low >>> 0;
    const translation = spe.ports.translate(eaHigh, eaLow, isPut(command));
    switch (translation.kind) {
      case 'memory': copy(spe, command, translation.offset, bytes); break;
      case 'registers': copyRegisters(spe, command, translation.physical, bytes); break;
      default:
        stopForFault(spe, name, command, (BigInt(eaHigh) << 32n) | BigInt(eaLow), translation);
        return;
    }
    command.transferred += bytes;
    command.turn = takeTurn(spe);
  }
  spe.state.mfc.busFreeAt = now;
  if (command.transferred >= command.size || bytes === 0) complete(spe, name, command);
}

function stopForFault(spe: Spe, name: QueueName, command: MfcCommand, ea: bigint, miss: Exclude<Translation, { kind: 'memory' | 'registers' }>): void {
  const { mfc } = spe.state;
  mfc.queues[name].stopped = true;
  // DAR and DSISR hold one fault: a second one waits for the restart, which tries it again.
  if (mfc.faulted !== undefined) return;
  mfc.faulted = command.id;
  mfc.dar = ea;
  mfc.dsisr = isPut(command) ? MFC_DSISR.put : 0;
  if (miss.kind === 'segmentMiss') {
    raiseInterrupt(spe, 1, INTERRUPT.segmentFault);
    return;
  }
  mfc.dsisr |= miss.denied ? MFC_DSISR.accessDenied : MFC_DSISR.notFound;
  raiseInterrupt(spe, 1, INTERRUPT.storageFault);
}

/** Local-store addresses wrap, so a block may be in two parts. */
function copy({ ports }: Spe, command: MfcCommand, memoryOffset: number, bytes: number): void {
  const lsa = (command.lsa + command.transferred) % LOCAL_STORE_BYTES;
  const first = Math.min(bytes, LOCAL_STORE_BYTES - lsa);
  copyPart(ports, command, lsa, memoryOffset, first);
  if (first < bytes) copyPart(ports, command, 0, memoryOffset + first, bytes - first);
}

function copyPart(ports: Spe['ports'], command: MfcCommand, lsa: number, memoryOffset: number, bytes: number): void {
  const local = ports.localStore + lsa;
  const [from, to] = isGet(command) ? [memoryOffset, local] : [local, memoryOffset];
  ports.memory.copyWithin(to, from, from + bytes);
  ports.memoryWritten(to, bytes);
}

/** A register takes no part of a block that wraps. */
function copyRegisters({ ports }: Spe, command: MfcCommand, physical: number, bytes: number): void {
  const lsa = (command.lsa + command.transferred) % LOCAL_STORE_BYTES;
  const local = ports.localStore + lsa;
  const part = ports.memory.subarray(local, local + Math.min(bytes, LOCAL_STORE_BYTES - lsa));
  if (isPut(command)) {
    ports.writeRegisters(physical, part);
  } else {
    ports.readRegisters(physical, part);
    ports.memoryWritten(local, part.length);
  }
}

function complete(spe: Spe, name: QueueName, command: MfcCommand): void {
  const { commands } = spe.state.mfc.queues[name];
  const wasFull = freePlaces(spe, name) === 0;
  commands.splice(commands.indexOf(command), 1);
  if (startsSpu(command)) writeRunControl(spe, 1);
  tagsChanged(spe, name);
  if (name === 'proxy' || !wasFull) return;
  raiseEvent(spe, EVENT.queueSpace);
  wakeFromChannel(spe);
}
