import { type Clock, serveSession } from '../worker/serve.ts';
import type { StartWorker } from './workerPort.ts';

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
