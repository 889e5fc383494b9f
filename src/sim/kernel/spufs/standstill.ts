/** Why an SPU does nothing: for whoever waits for it and finds that nothing goes on. */
import { CHANNEL } from '../../spe/assemblerNames.ts';
import { SPU_STATUS } from '../../spe/spe.ts';
import type { Mfc } from '../../spe/state.ts';
import type { Kernel } from '../kernel.ts';
import type { WaitQueue } from '../state.ts';
import { readNpc, readStatus, speOf } from './bind.ts';
import { readMemory } from './localStore.ts';
import type { SpuContext } from './state.ts';

/** `the SPU of /spu/a on SPE 0, which waits for SPU_RdInMbox at 0x8`; undefined for a queue that is none of a context's. */
export function spuBehind(k: Kernel, queue: WaitQueue): string | undefined {
  for (const context of k.state.spufs.contexts.values()) {
    const { stopQueue, boundQueue, iboxQueue, wboxQueue, mfcQueue } = context;
    if ([stopQueue, boundQueue, iboxQueue, wboxQueue, mfcQueue].includes(queue)) return `${whereItIs(context)}, ${whatItDoes(k, context)}`;
  }
  return undefined;
}

function whereItIs({ path, spe }: SpuContext): string {
  return `the SPU of ${path} ${spe === undefined ? 'without an SPE' : `on SPE ${String(spe)}`}`;
}

function whatItDoes(k: Kernel, context: SpuContext): string {
  const status = readStatus(k, context);
  if ((status & SPU_STATUS.running) === 0) return 'which is stopped';
  if ((status & SPU_STATUS.waitingForChannel) === 0) return 'which ran when it lost its SPE';
  const dma = whatDmaDoes(speOf(k, context).state.mfc);
  const address = readNpc(k, context) & ~3;
  return `which waits for ${channelAt(k, context, address)} at 0x${address.toString(16)}${dma}`;
}

function whatDmaDoes({ queues }: Mfc): string {
  if (Object.values(queues).some(({ stopped }) => stopped)) return ', while its DMA stands still';
  return queues.spu.commands.some(({ list }) => list?.stalled === true) ? ', while a list of its DMA waits for MFC_WrListStallAck' : '';
}

/** Name of the channel of a channel instruction: its number stands in bits 18 to 24. */
function channelAt(k: Kernel, context: SpuContext, address: number): string {
  const bytes = readMemory(k, context, address, 4);
  const word = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0);
  const number = (word >>> 7) & 0x7f;
  const known = Object.entries(CHANNEL).find(([, channel]) => channel === number);
  return known?.[0] ?? `channel ${String(number)}`;
}
