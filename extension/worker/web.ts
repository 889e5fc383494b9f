/** The adapter's worker in a browser: a classic worker, which is what the web extension host can start. */
import type { FromWorker, ToWorker } from './messages.ts';
import { serveSession } from './serve.ts';
import { webClock } from './webClock.ts';

interface WorkerScope {
  postMessage(message: FromWorker): void;
  onmessage: ((event: { readonly data: ToWorker }) => void) | null;
}
declare const self: WorkerScope;

export function serveInWeb(): void {
  const session = serveSession((message) => self.postMessage(message), webClock());
  self.onmessage = ({ data }) => session.receive(data);
}
