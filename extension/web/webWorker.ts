import type { StartWorker } from '../debug/workerPort.ts';
import type { FromWorker, ToWorker } from '../worker/messages.ts';

/** As browsers have it. */
interface BrowserWorker {
  onmessage: ((event: { readonly data: FromWorker }) => void) | null;
  onerror: ((event: { readonly message?: string; preventDefault(): void }) => void) | null;
  postMessage(message: ToWorker): void;
  terminate(): void;
}
declare const Worker: new (url: string) => BrowserWorker;

/** Runs the session in a worker of the browser. `url` is a classic script: module workers fail in the web extension host. */
export function startWebWorker(url: string): StartWorker {
  return (listener) => {
    const worker = new Worker(url);
    worker.onmessage = ({ data }) => listener.received(data);
    worker.onerror = (event) => {
      // Dealt with here: otherwise the error goes on to the extension host.
      event.preventDefault();
      // A browser's worker outlives an uncaught error, but its session does not know what it missed.
      worker.onmessage = null;
      worker.onerror = null;
      worker.terminate();
      listener.died(event.message ?? 'its worker could not be loaded');
    };
    return {
      post: (message) => worker.postMessage(message),
      terminate: () => {
        worker.onmessage = null;
        worker.onerror = null;
        worker.terminate();
      },
    };
  };
}
