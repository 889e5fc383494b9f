/**
 * Lock lines: a reservation of 128 bytes of memory, and stores to them (facts 6.2, 6.6; CBE
 * Architecture 1.02, chapter 7). Whoever else writes a reserved line takes the reservation.
 */
import { EVENT, raiseEvent } from './events.ts';
import { type CommandKind, LINE_BYTES } from './mfcCommand.ts';
import { type Spe, wakeFromChannel } from './spe.ts';
import { PAGE_BYTES } from '../engine/layout.ts';

/** Values of MFC_RdAtomicStat; a putllc that stored reads as 0. */
const ATOMIC_STATUS = { stored: 0, lost: 1, putlluc: 2, getllar: 4 } as const;

/**
 * Does a lock-line command at the line's host offset; undefined where a putllc has no
 * reservation and so no need of an address.
 */
export function doLockLine(spe: Spe, kind: CommandKind | undefined, lsa: number, line: number | undefined): void {
  const status = line !== undefined && kind === 'getllar' ? reserve(spe, lsa, line) : store(spe, kind, lsa, line);
  if (status === undefined) return;
  spe.state.mfc.atomicStatus = status;
  wakeFromChannel(spe);
}

/** MFC_RdAtomicStat: how the last immediate command ended, or undefined while the SPU has to wait. */
export function readAtomicStatus({ state: { mfc } }: Spe): number | undefined {
  const { atomicStatus } = mfc;
  mfc.atomicStatus = undefined;
  return atomicStatus;
}

/** Something wrote bytes at a host offset: SPEs that have reserved a line there lose it. */
export function takeReservations(spes: readonly Spe[], hostOffset: number, bytes: number): void {
  for (const spe of spes) {
    const { reservation } = spe.state.mfc;
    if (reservation === undefined || hostOffset >= reservation + LINE_BYTES || hostOffset + bytes <= reservation) continue;
    spe.state.mfc.reservation = undefined;
    raiseEvent(spe, EVENT.lockLineLost);
  }
}

/** Whether an SPE has reserved a line in the 4 KiB page of a host offset. */
export function reservesOnPage(spes: readonly Spe[], hostOffset: number): boolean {
  return spes.some(({ state: { mfc: { reservation } } }) =>
    reservation !== undefined && Math.floor(reservation / PAGE_BYTES) === Math.floor(hostOffset / PAGE_BYTES));
}

function reserve({ state: { mfc }, ports }: Spe, lsa: number, line: number): number {
  ports.memory.copyWithin(ports.localStore + lsa, line, line + LINE_BYTES);
  ports.memoryWritten(ports.localStore + lsa, LINE_BYTES);
  mfc.reservation = line;
  ports.watchLine(line);
  return ATOMIC_STATUS.getllar;
}

/** The SPE's own reservation of the line is used up, not lost; a putllc uses up any. putqlluc has no status. */
function store({ state: { mfc }, ports }: Spe, kind: CommandKind | undefined, lsa: number, line: number | undefined): number | undefined {
  const holds = line !== undefined && mfc.reservation === line;
  if (kind === 'putllc' || holds) mfc.reservation = undefined;
  if (line === undefined || (kind === 'putllc' && !holds)) return ATOMIC_STATUS.lost;
  ports.memory.copyWithin(line, ports.localStore + lsa, ports.localStore + lsa + LINE_BYTES);
  ports.memoryWritten(line, LINE_BYTES);
  if (kind === 'putllc') return ATOMIC_STATUS.stored;
  return kind === 'putlluc' ? ATOMIC_STATUS.putlluc : undefined;
}
