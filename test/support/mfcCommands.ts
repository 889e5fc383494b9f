/** MFC commands entered through the SPU's channels, for tests of the SPE alone. */
import { CHANNEL } from '../../src/sim/spe/assemblerNames.ts';
import { channelCount, readChannel, writeChannel } from '../../src/sim/spe/channels.ts';
import { SpeMachine } from './speMachine.ts';

/** Where `machineWithPage` has its page. */
export const EA = 0x1234_5000;
export const PAGE_NUMBER = EA >>> 12;
export const FRAME = 3;

export interface Command {
  readonly opcode: number;
  readonly lsa?: number;
  readonly eaHigh?: number;
  readonly ea?: number;
  readonly size?: number;
  readonly tag?: number;
}

/** One page at EA, filled with 0, 1, 2, ... 255, 0, ... */
export function machineWithPage(): SpeMachine {
  const machine = new SpeMachine();
  machine.pages.set(PAGE_NUMBER, FRAME);
  machine.ramBytes(FRAME).forEach((_, i, bytes) => { bytes[i] = i; });
  return machine;
}

/** The answer of MFC_Cmd (`CHANNEL_ANSWER`). */
export function enter(machine: SpeMachine, { opcode, lsa = 0x1000, eaHigh = 0, ea = EA, size = 128, tag = 0 }: Command): number {
  const { spe, cycle } = machine;
  writeChannel(spe, CHANNEL.MFC_LSA, lsa, cycle);
  writeChannel(spe, CHANNEL.MFC_EAH, eaHigh, cycle);
  writeChannel(spe, CHANNEL.MFC_EAL, ea, cycle);
  writeChannel(spe, CHANNEL.MFC_Size, size, cycle);
  writeChannel(spe, CHANNEL.MFC_TagID, tag, cycle);
  return writeChannel(spe, CHANNEL.MFC_Cmd, opcode, cycle);
}

/** What a blocking channel reads, or undefined where the SPU would wait. */
export function take(machine: SpeMachine, channel: number): number | undefined {
  if (channelCount(machine.spe, channel) === 0) return undefined;
  readChannel(machine.spe, channel, machine.cycle);
  return machine.registers.channelData;
}

/** Tag groups that MFC_RdTagStat gives, or undefined where it would wait. */
export function tagStatus(machine: SpeMachine, mask: number, update: number): number | undefined {
  writeChannel(machine.spe, CHANNEL.MFC_WrTagMask, mask, machine.cycle);
  writeChannel(machine.spe, CHANNEL.MFC_WrTagUpdate, update, machine.cycle);
  return take(machine, CHANNEL.MFC_RdTagStat);
}
