import { describe, expect, it } from 'vitest';
import { withFallback } from '../../extension/debug/fallback.ts';
import type { StartWorker, WorkerListener } from '../../extension/debug/workerPort.ts';
import type { FromWorker, ToWorker } from '../../extension/worker/messages.ts';

interface Played {
  readonly start: StartWorker;
  readonly posted: ToWorker[];
  listener: WorkerListener | undefined;
}

function played(): Played {
  const worker: Played = {
    posted: [],
    listener: undefined,
    start: (listener) => {
      worker.listener = listener;
      return { post: (message) => worker.posted.push(message), terminate: () => undefined };
    },
  };
  return worker;
}

const message: ToWorker = { kind: 'dap', message: { seq: 1, type: 'request' } };

function collect(): { listener: WorkerListener; received: FromWorker[]; deaths: string[] } {
  const received: FromWorker[] = [];
  const deaths: string[] = [];
  return { received, deaths, listener: { received: (m) => received.push(m), died: (reason) => deaths.push(reason) } };
}

describe('withFallback', () => {
  it('stays with the first worker once that is ready, whatever becomes of it', () => {
    const [first, second] = [played(), played()];
    const { listener, deaths } = collect();
    const port = withFallback(first.start, second.start)(listener);
    first.listener?.received({ kind: 'ready' });
    port.post(message);
    first.listener?.died('crashed');
    expect(first.posted).toEqual([message]);
    expect(second.posted).toEqual([]);
    expect(deaths).toEqual(['crashed']);
  });

  it('posts again to the second what the first never got to see', () => {
    const [first, second] = [played(), played()];
    const { listener, deaths, received } = collect();
    const port = withFallback(first.start, second.start)(listener);
    port.post(message);
    first.listener?.died('blocked by a content security policy');
    second.listener?.received({ kind: 'ready' });
    port.post(message);
    expect(second.posted).toEqual([message, message]);
    expect(received).toEqual([{ kind: 'ready' }]);
    expect(deaths).toEqual([]);
  });

  it('takes the second where the first cannot even be made', () => {
    const second = played();
    const { listener } = collect();
    const port = withFallback(() => { throw new Error('no workers here'); }, second.start)(listener);
    port.post(message);
    expect(second.posted).toEqual([message]);
  });
});
