/** The adapter's worker on the desktop. */
import { parentPort } from 'node:worker_threads';
import type { ToWorker } from './messages.ts';
import { nodeClock } from './nodeClock.ts';
import { serveSession } from './serve.ts';

const port = parentPort;
if (port) {
  const session = serveSession((message) => port.postMessage(message), nodeClock);
  port.on('message', (message: ToWorker) => session.receive(message));
}
