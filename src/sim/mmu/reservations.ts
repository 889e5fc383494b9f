/**
 * Reservations of lwarx and ldarx. The engine keeps each in its thread's registers: an EA and
 * a valid bit. Here others find out about it: whoever writes the 128-byte block takes it away
 * (Book II, 1.7.3.1). The block's page stays out of other threads' write TLBs meanwhile.
 */
import { isPresent, pteFrame } from '../kernel/mm/pte.ts';
import type { Mm } from '../kernel/mm/state.ts';
import type { PpeLayout } from '../engine/layout.ts';
import { CACHE_BLOCK_BYTES, PPE_STATE } from '../ppe/layout.ts';
import type { PhysicalMap } from './physical.ts';

const FRAME_BYTES = 4096;
export const NO_BLOCK = -1;

/** Reservations of lines of memory that are not a PPE thread's: those of the SPEs. */
export interface LineReservations {
  /** Bytes at a host offset are written: reservations of lines there are lost. */
  take(hostOffset: number, bytes: number): void;
  /** Whether a line in the 4 KiB page of a host offset is reserved. */
  isOnPage(hostOffset: number): boolean;
}

export class Reservation {
  private readonly view: DataView;

  constructor(memory: ArrayBufferLike, layout: PpeLayout, private readonly map: PhysicalMap, private readonly pageBytes: number) {
    this.view = new DataView(memory, layout.state);
  }

  get isHeld(): boolean {
    return this.view.getUint8(PPE_STATE.reservationValid) !== 0;
  }

  lose(): void {
    this.view.setUint8(PPE_STATE.reservationValid, 0);
  }

  /** Host offset of the reserved block in an address space; `NO_BLOCK` where none is held. */
  block(mm: Mm | undefined): number {
    if (!this.isHeld || !mm) return NO_BLOCK;
    const high = this.view.getUint32(PPE_STATE.reservationAddress + 4, true);
    const ea = high * 2 ** 32 + this.view.getUint32(PPE_STATE.reservationAddress, true);
    const pte = mm.pages.get(Math.floor(ea / this.pageBytes));
    if (pte === undefined || !isPresent(pte)) return NO_BLOCK;
    const host = this.map.hostOf(pteFrame(pte) * FRAME_BYTES + (ea % this.pageBytes));
    return host < 0 ? NO_BLOCK : host - (host % CACHE_BLOCK_BYTES);
  }
}

/** Whether a write of bytes at a host offset touches a block. */
export function touches(block: number, hostOffset: number, bytes: number): boolean {
  return block !== NO_BLOCK && hostOffset < block + CACHE_BLOCK_BYTES && hostOffset + bytes > block;
}

/** Whether a block lies in the 4 KiB page of a host offset. */
export function sharesPage(block: number, hostOffset: number): boolean {
  return block !== NO_BLOCK && Math.floor(block / FRAME_BYTES) === Math.floor(hostOffset / FRAME_BYTES);
}
