import type { Clock } from './serve.ts';

/** As browsers have it. */
interface Channel {
  readonly port1: { onmessage: (() => void) | null };
  readonly port2: { postMessage(message: undefined): void };
}
declare const MessageChannel: new () => Channel;

/** Browsers have no setImmediate, and their setTimeout takes more than a millisecond each time. */
export function webClock(): Clock {
  const channel = new MessageChannel();
  const waiting: (() => void)[] = [];
  channel.port1.onmessage = () => waiting.shift()?.();
  return {
    yieldSlice: (run) => {
      waiting.push(run);
      channel.port2.postMessage(undefined);
    },
    now: () => performance.now(),
  };
}
