/** The near end of a worker that runs a debug session, whatever kind of worker it is. */
import type { FromWorker, ToWorker } from '../worker/messages.ts';

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
