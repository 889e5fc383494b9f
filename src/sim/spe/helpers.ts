/** The host helpers of an SPU's engine (`SPU_HELPERS` in `builder.ts`). */
import type { SPU_HELPERS } from './builder.ts';
import { channelCount, readChannel, writeChannel } from './channels.ts';
import { doubleHelper } from './float/doubleHelper.ts';
import { estimateHelper } from './float/estimate.ts';
import type { Spe } from './spe.ts';

type Helper = (...args: number[]) => number;

export function spuHelpers(spe: Spe): Readonly<Record<keyof typeof SPU_HELPERS, Helper>> {
  return {
    rdch: (channel = 0) => readChannel(spe, channel, spe.ports.now()),
    wrch: (channel = 0, value = 0) => writeChannel(spe, channel, value, spe.ports.now()),
    rchcnt: (channel = 0) => channelCount(spe, channel),
    interruptsEnabled: () => {
      if (spe.state.events.count > 0) spe.ports.endRun();
      return 0;
    },
    double: doubleHelper(spe.registers),
    estimate: estimateHelper(spe.registers),
  };
}
