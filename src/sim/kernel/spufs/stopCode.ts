/** Why an SPU stopped, in its status register (facts 3.7, 6.1). */
import { SPU_STATUS } from '../../spe/spe.ts';

export const STOPPED = SPU_STATUS.stoppedByStop | SPU_STATUS.stoppedByHalt;
/** `stop 0x2104`: the SPU program wants a system call. */
export const SYSTEM_CALL = 0x2104;
const CODE_SHIFT = 16;
const CODE_MASK = 0x3fff;

/** Type of the stop instruction that stopped the SPU; undefined where none did. */
export function stopCode(status: number): number | undefined {
  return (status & SPU_STATUS.stoppedByStop) === 0 ? undefined : (status >>> CODE_SHIFT) & CODE_MASK;
}
