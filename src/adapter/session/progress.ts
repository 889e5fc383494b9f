/** Progress of work that users wait for. Clients hear of it only where it takes long, and where they asked to. */
import type { AdapterHost } from '../host.ts';
import type { Client } from './client.ts';
import type { Outbound } from './outbound.ts';

/** Work that is shorter would only flicker. */
const SHORTEST_MS = 500;
/** Between two reports. */
const INTERVAL_MS = 200;

export interface ProgressOptions {
  readonly title: string;
  /** The request that works; with it the client may offer to cancel. */
  readonly request?: number;
}

/** Reports on one piece of work. */
export interface ProgressReport {
  /** What is being done now. `isLong`: it will take long, and nothing can be said before it is over. */
  tell(message: string, about?: { readonly percentage?: number; readonly isLong?: boolean }): void;
  end(): void;
}

export class Progress {
  private count = 0;
  private readonly requests = new Map<string, number>();

  constructor(private readonly outbound: Outbound, private readonly host: Pick<AdapterHost, 'now'>, private readonly client: () => Client) {}

  begin({ title, request }: ProgressOptions): ProgressReport {
    const { outbound, host, requests } = this;
    if (!this.client().hasProgress) return SILENT;
    this.count += 1;
    const progressId = `progress ${String(this.count)}`;
    let last = host.now();
    const first = last;
    let isShown = false;
    return {
      tell: (message, { percentage, isLong = false } = {}) => {
        const now = host.now();
        const done = percentage === undefined ? {} : { percentage };
        if (isShown) {
          if (!isLong && now - last < INTERVAL_MS) return;
          outbound.now('progressUpdate', { progressId, message, ...done });
        } else {
          if (!isLong && now - first < SHORTEST_MS) return;
          isShown = true;
          if (request !== undefined) requests.set(progressId, request);
          outbound.now('progressStart', { progressId, title, message, ...done, ...(request === undefined ? {} : { requestId: request, cancellable: true }) });
        }
        last = now;
      },
      end: () => {
        requests.delete(progressId);
        if (isShown) outbound.now('progressEnd', { progressId });
      },
    };
  }

  /** The request whose progress this is. */
  requestOf(progressId: string): number | undefined {
    return this.requests.get(progressId);
  }
}

const SILENT: ProgressReport = { tell: () => undefined, end: () => undefined };
