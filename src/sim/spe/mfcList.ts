/**
 * List commands (facts 6.2, 6.6): an array of elements in the local store, each a transfer of its
 * own. Their data follow each other in the local store, each from a quadword on at the place
 * within it that its effective address has; all are in the 4 GiB that MFC_EAH chooses.
 */
import { EVENT, raiseEvent } from './events.ts';
import { isAligned } from './mfcCommand.ts';
import { armMfc, stopForError } from './mfcQueue.ts';
import { type Spe, wakeFromChannel } from './spe.ts';
import type { ListElement, ListProgress, MfcCommand } from './state.ts';
import { LOCAL_STORE_BYTES } from '../engine/layout.ts';

const ELEMENT_BYTES = 8;
const STALL_FLAG = 0x8000_0000;
const SIZE_MASK = 0x7fff;
const QUADWORD_BYTES = 16;
const TAG_MASK = 31;

/**
 * Goes on to the next element once one has moved, unless that one asked to stall. The flag of
 * the last element stalls nothing. False when the list is at its end.
 */
export function advanceList(spe: Spe, command: MfcCommand, list: ListProgress): boolean {
  if (list.bytes === 0) return false;
  if (list.element?.stalls === true) stall(spe, command, list);
  else beginElement(spe, command, list);
  return true;
}

/** Reads an element from the local store; one that is wrong stops the queue. */
export function beginElement(spe: Spe, command: MfcCommand, list: ListProgress): void {
  const element = readElement(spe, list);
  list.element = element;
  command.transferred = 0;
  list.address = (list.address + ELEMENT_BYTES) % LOCAL_STORE_BYTES;
  list.bytes -= ELEMENT_BYTES;
  list.lsa = (list.lsa + Math.ceil(element.size / QUADWORD_BYTES) * QUADWORD_BYTES) % LOCAL_STORE_BYTES;
  if (isAligned(element)) return;
  command.error = 'alignment';
  stopForError(spe, spe.state.mfc.queues.spu, command.error);
}

/** MFC_RdListStallStat: the groups whose lists have stalled, or undefined while the SPU has to wait. */
export function readListStall({ state: { mfc } }: Spe): number | undefined {
  const { stalledTags } = mfc;
  mfc.stalledTags = 0;
  return stalledTags === 0 ? undefined : stalledTags;
}

/** MFC_WrListStallAck: the stalled lists of a tag group go on. */
export function acknowledgeStall(spe: Spe, tag: number, now: number): void {
  for (const command of spe.state.mfc.queues.spu.commands) {
    const { list } = command;
    if (list?.stalled !== true || command.tag !== (tag & TAG_MASK)) continue;
    list.stalled = false;
    command.readyAt = Math.max(command.readyAt, now);
    beginElement(spe, command, list);
  }
  armMfc(spe);
}

function readElement({ ports }: Spe, { address, lsa }: ListProgress): ListElement {
  const view = new DataView(ports.memory.buffer, ports.memory.byteOffset + ports.localStore + address, ELEMENT_BYTES);
  const first = view.getUint32(0);
  const eaLow = view.getUint32(4);
  return { lsa: lsa | (eaLow % QUADWORD_BYTES), eaLow, size: first & SIZE_MASK, stalls: (first & STALL_FLAG) !== 0 };
}

function stall(spe: Spe, { tag }: MfcCommand, list: ListProgress): void {
  const { mfc } = spe.state;
  list.stalled = true;
  const isNew = mfc.stalledTags === 0;
  mfc.stalledTags = (mfc.stalledTags | (1 << tag)) >>> 0;
  if (isNew) raiseEvent(spe, EVENT.listStall);
  wakeFromChannel(spe);
}
