import type { ToWorker } from '../worker/messages.ts';
import type { StartWorker, WorkerPort } from './workerPort.ts';

/**
 * Starts a worker, and the second one in its place when the first cannot be made or dies
 * before it is ready. What was posted until then is posted again.
 */
export function withFallback(first: StartWorker, second: StartWorker): StartWorker {
  return (listener) => {
    let posted: ToWorker[] | undefined = [];
    let fallenBack = false;
    const fallBack = (): WorkerPort => {
      fallenBack = true;
      const waiting = posted ?? [];
      posted = undefined;
      const replacement = second(listener);
      for (const message of waiting) replacement.post(message);
      return replacement;
    };
    const start = (): WorkerPort => {
      try {
        return first({
          received: (message) => {
            if (fallenBack) return;
            if (message.kind === 'ready') posted = undefined;
            listener.received(message);
          },
          died: (reason) => {
            if (posted === undefined) listener.died(reason);
            else port = fallBack();
          },
        });
      } catch {
        return fallBack();
      }
    };
    let port = start();
    return {
      post: (message) => {
        posted?.push(message);
        port.post(message);
      },
      terminate: () => port.terminate(),
    };
  };
}
