import { Worker } from 'node:worker_threads';
import type { StartWorker } from '../debug/workerPort.ts';
import type { FromWorker } from '../worker/messages.ts';

/** Runs the session in a thread of the extension host's process. */
export function startNodeWorker(script: string): StartWorker {
  return (listener) => {
    const worker = new Worker(script);
    let over = false;
    const died = (reason: string): void => {
      if (over) return;
      over = true;
      listener.died(reason);
    };
    worker.on('message', (message: FromWorker) => listener.received(message));
    worker.on('error', (error) => died(error.message));
    worker.on('exit', (code) => died(`its thread ended with status ${code}`));
    return {
      post: (message) => worker.postMessage(message),
      terminate: () => {
        over = true;
        void worker.terminate();
      },
    };
  };
}
