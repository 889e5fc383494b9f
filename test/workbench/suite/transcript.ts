/** Debug sessions seen from outside: every message that their adapters send, and a way to wait for one. */
import type { DebugProtocol } from '@vscode/debugprotocol';
import * as vscode from 'vscode';

interface Seen {
  readonly session: vscode.DebugSession;
  readonly message: DebugProtocol.ProtocolMessage;
}

interface Waiting {
  readonly matches: (seen: Seen) => boolean;
  readonly resolve: (seen: Seen) => void;
}

export class Transcript implements vscode.Disposable {
  readonly #seen: Seen[] = [];
  readonly #waiting = new Set<Waiting>();
  readonly #registration: vscode.Disposable;

  constructor() {
    this.#registration = vscode.debug.registerDebugAdapterTrackerFactory('cell', {
      createDebugAdapterTracker: (session) => ({
        onDidSendMessage: (message) => this.#add({ session, message: message as DebugProtocol.ProtocolMessage }),
      }),
    });
  }

  /** Events of one kind, from all sessions or one, so far. */
  events(event: string, session?: vscode.DebugSession): DebugProtocol.Event[] {
    return this.#seen.filter((seen) => isEvent(seen, event, session)).map(({ message }) => message as DebugProtocol.Event);
  }

  /** The session and body of the `count`th event of a kind; waits for it. */
  async event(event: string, count = 1, session?: vscode.DebugSession): Promise<{ session: vscode.DebugSession; body: Record<string, unknown> }> {
    const found = this.#seen.filter((seen) => isEvent(seen, event, session))[count - 1] ?? await new Promise<Seen>((resolve) => {
      this.#waiting.add({ matches: (seen) => isEvent(seen, event, session) && this.events(event, session).length === count, resolve });
    });
    const body = (found.message as DebugProtocol.Event).body as Record<string, unknown> | undefined;
    return { session: found.session, body: body ?? {} };
  }

  /** Everything that the program and the adapter printed. */
  output(session?: vscode.DebugSession): string {
    return this.events('output', session).map(({ body }) => (body as { output: string }).output).join('');
  }

  dispose(): void {
    this.#registration.dispose();
  }

  #add(seen: Seen): void {
    this.#seen.push(seen);
    for (const waiting of this.#waiting) {
      if (!waiting.matches(seen)) continue;
      this.#waiting.delete(waiting);
      waiting.resolve(seen);
    }
  }
}

function isEvent({ session, message }: Seen, event: string, wanted: vscode.DebugSession | undefined): boolean {
  return message.type === 'event' && (message as DebugProtocol.Event).event === event && (wanted === undefined || wanted.id === session.id);
}
