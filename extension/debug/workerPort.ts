/** The near end of a worker that runs a debug session, whatever kind of worker it is. */
import type { FromWorker, ToWorker } from '../worker/messages.ts';
import { type Clock, serveSession } from '../worker/serve.ts';

export interface WorkerPort {
  post(message: ToWorker): void;
  terminate(): void;
}

export interface WorkerListener {
  received(message: FromWorker): void;
  /** The worker can do nothing more. Called at most once, never after `terminate`. */
  died(reason: string): void;
}

/** Starts a worker; throws where that is impossible. */
export type StartWorker = (listener: WorkerListener) => WorkerPort;

/** Runs the session in the caller's own thread: where no worker can be made. */
export function runInPlace(clock: Clock): StartWorker {
  return (listener) => {
    const session = serveSession((message) => listener.received(message), clock);
    return {
      post: (message) => session.receive(message),
      terminate: () => session.dispose(),
    };
  };
}

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
