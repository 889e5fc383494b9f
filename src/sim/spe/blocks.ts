/** Moving one block between the local store and what an effective address was found to be. */
import { kindOf } from './mfcCommand.ts';
import { currentPart } from './mfcQueue.ts';
import type { Spe } from './spe.ts';
import type { MfcCommand } from './state.ts';
import { LOCAL_STORE_BYTES } from '../engine/layout.ts';

/** To or from memory. Local-store addresses wrap, so a block may be in two parts. */
export function copyBlock({ ports }: Spe, command: MfcCommand, memoryOffset: number, bytes: number): void {
  const isGet = kindOf(command) === 'get';
  const lsa = localAddress(command);
  const first = Math.min(bytes, LOCAL_STORE_BYTES - lsa);
  copyPart(ports, isGet, lsa, memoryOffset, first);
  if (first < bytes) copyPart(ports, isGet, 0, memoryOffset + first, bytes - first);
}

export function zeroBlock({ ports }: Spe, memoryOffset: number, bytes: number): void {
  ports.memory.fill(0, memoryOffset, memoryOffset + bytes);
  ports.memoryWritten(memoryOffset, bytes);
}

/** To or from registers of an SPE. A register takes no part of a block that wraps. */
export function copyRegisterBlock({ ports }: Spe, command: MfcCommand, physical: number, bytes: number): void {
  const lsa = localAddress(command);
  const local = ports.localStore + lsa;
  const part = ports.memory.subarray(local, local + Math.min(bytes, LOCAL_STORE_BYTES - lsa));
  if (kindOf(command) === 'get') {
    ports.readRegisters(physical, part);
    ports.memoryWritten(local, part.length);
  } else if (kindOf(command) !== 'zero') {
    ports.writeRegisters(physical, part);
  }
}

function copyPart(ports: Spe['ports'], isGet: boolean, lsa: number, memoryOffset: number, bytes: number): void {
  const local = ports.localStore + lsa;
  const from = isGet ? memoryOffset : local;
  const to = isGet ? local : memoryOffset;
  ports.memory.copyWithin(to, from, from + bytes);
  ports.memoryWritten(to, bytes);
}

/** Of the block that moves next. */
export function localAddress(command: MfcCommand): number {
  return ((currentPart(command)?.lsa ?? 0) + command.transferred) % LOCAL_STORE_BYTES;
}
