/** The MFC at work: blocks move when their cycle comes, or a fault stops their queue (facts 5). */
import { doLockLine } from './atomic.ts';
import { copyBlock, copyRegisterBlock, localAddress, zeroBlock } from './blocks.ts';
import { EVENT, raiseEvent } from './events.ts';
import { INTERRUPT, raiseInterrupt } from './interrupts.ts';
import { isLockLine, kindOf, startsSpu, storesToMemory } from './mfcCommand.ts';
import { advanceList } from './mfcList.ts';
import { armMfc, blockBytes, currentPart, freePlaces, nextCommand, QUEUES, stopForError, takeTurn } from './mfcQueue.ts';
import type { Translation } from './ports.ts';
import { writeRunControl } from './run.ts';
import { type Spe, wakeFromChannel } from './spe.ts';
import type { MfcCommand, QueueName } from './state.ts';
import { tagsChanged } from './tags.ts';

/** Bits of MFC_DSISR (facts 5.1). */
export const MFC_DSISR = { notFound: 0x4000_0000, accessDenied: 0x0800_0000, atomic: 0x0400_0000, put: 0x0200_0000 } as const;

const WORD = 2 ** 32;

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

/** The command whose fault DAR and DSISR tell of, while it waits for a restart. */
export function faultedCommand({ state: { mfc } }: Spe): MfcCommand | undefined {
  for (const name of QUEUES) {
    const command = mfc.queues[name].commands.find(({ id }) => id === mfc.faulted);
    if (command) return command;
  }
  return undefined;
}

function moveBlock(spe: Spe, name: QueueName, command: MfcCommand, now: number): void {
  const bytes = blockBytes(command);
  if (bytes > 0) {
    if (!transfer(spe, name, command, bytes)) return;
    command.transferred += bytes;
    command.turn = takeTurn(spe);
  }
  if (name !== 'atomic') spe.state.mfc.busFreeAt = now;
  if (bytes > 0 && command.transferred < (currentPart(command)?.size ?? 0)) return;
  if (!command.list || !advanceList(spe, command, command.list)) complete(spe, name, command);
}

/** False when a fault stopped it. */
function transfer(spe: Spe, name: QueueName, command: MfcCommand, bytes: number): boolean {
  const kind = kindOf(command);
  // Addresses of a list's element stay in its 4 GiB.
  const low = (currentPart(command)?.eaLow ?? 0) + command.transferred;
  const eaHigh = command.list || low < WORD ? command.eaHigh : (command.eaHigh + 1) >>> 0;
  const eaLow = low >>> 0;
  if (kind === 'putllc' && spe.state.mfc.reservation === undefined) {
    doLockLine(spe, kind, command.lsa, undefined);
    return true;
  }
  const translation = spe.ports.translate(eaHigh, eaLow, storesToMemory(kind));
  const isPlain = !isLockLine(command);
  const { blockMoves } = spe.ports;
  if (blockMoves && (translation.kind === 'memory' || translation.kind === 'registers')) {
    blockMoves({ eaHigh, eaLow, offset: translation.kind === 'memory' ? translation.offset : -1, lsa: localAddress(command), bytes, store: storesToMemory(kind) });
  }
  if (translation.kind === 'memory') {
    if (kind === 'zero') zeroBlock(spe, translation.offset, bytes);
    else if (isPlain) copyBlock(spe, command, translation.offset, bytes);
    else doLockLine(spe, kind, command.lsa, translation.offset);
  } else if (translation.kind === 'registers' && isPlain) {
    copyRegisterBlock(spe, command, translation.physical, bytes);
  } else {
    stopForFault(spe, name, command, (BigInt(eaHigh) << 32n) | BigInt(eaLow), translation);
    return false;
  }
  return true;
}

function stopForFault(spe: Spe, name: QueueName, command: MfcCommand, ea: bigint, miss: Exclude<Translation, { kind: 'memory' }>): void {
  const { mfc } = spe.state;
  mfc.queues[name].stopped = true;
  // DAR and DSISR hold one fault: a second one waits for the restart, which tries it again.
  if (mfc.faulted !== undefined) return;
  mfc.faulted = command.id;
  mfc.dar = ea;
  mfc.dsisr = (storesToMemory(kindOf(command)) ? MFC_DSISR.put : 0) | (isLockLine(command) ? MFC_DSISR.atomic : 0);
  if (miss.kind === 'segmentMiss') {
    raiseInterrupt(spe, 1, INTERRUPT.segmentFault);
    return;
  }
  if (miss.kind === 'storageMiss') mfc.dsisr |= miss.denied ? MFC_DSISR.accessDenied : MFC_DSISR.notFound;
  raiseInterrupt(spe, 1, INTERRUPT.storageFault);
}

function complete(spe: Spe, name: QueueName, command: MfcCommand): void {
  const { commands } = spe.state.mfc.queues[name];
  const wasFull = freePlaces(spe, name) === 0;
  commands.splice(commands.indexOf(command), 1);
  spe.ports.commandDone(command);
  if (startsSpu(command)) writeRunControl(spe, 1);
  tagsChanged(spe, name);
  if (name === 'spu' && wasFull) raiseEvent(spe, EVENT.queueSpace);
  if (wasFull && name !== 'proxy') wakeFromChannel(spe);
}
