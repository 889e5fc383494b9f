/** Where instructions can be. */
import { LOCAL_STORE_BYTES } from '../../sim/engine/layout.ts';
import type { InstructionSetName } from '../../sim/program/program.ts';

const INSTRUCTION = 4n;

/** A sentence that says why no instruction can be at an address; undefined where one can. */
export function notCodeAddress(isa: InstructionSetName, address: bigint): string | undefined {
  if (address < 0n || address % INSTRUCTION !== 0n) return 'Instructions are at multiples of 4.';
  return isa === 'spu' && address >= LOCAL_STORE_BYTES ? `The local store ends at 0x${LOCAL_STORE_BYTES.toString(16)}.` : undefined;
}
