/** One debug session on a stream: messages in, messages out, until the client goes. */
import type { Readable, Writable } from 'node:stream';
import type { DebugProtocol } from '@vscode/debugprotocol';
import type { AdapterHost } from '../adapter/host.ts';
import { createSession } from '../adapter/session.ts';
import { encodeMessage, MessageReader } from './framing.ts';

/**
 * Ends after the answer to `disconnect`, or when the input ends: then the requests that came before are answered
 * first. Never rejects; `report` hears of mistakes of Refault's own, which end the session.
 */
export async function serveStream(input: Readable, output: Writable, host: AdapterHost, report: (mistake: string) => void): Promise<void> {
  await new Promise<void>((resolve) => {
    const waiting = new Requests();
    let sequence = 0;
    let inputHasEnded = false;
    const end = (): void => {
      input.off('data', take);
      session.dispose();
      input.pause();
      resolve();
    };
    const send = (message: DebugProtocol.ProtocolMessage): void => {
      sequence += 1;
      output.write(encodeMessage({ ...message, seq: sequence }));
      waiting.sent(message);
      if (waiting.isOver || (inputHasEnded && waiting.count === 0)) setImmediate(end);
    };
    const guarded = (work: () => void): void => {
      try {
        work();
      } catch (error) {
        report(error instanceof Error ? error.stack ?? error.message : String(error));
        end();
      }
    };
    const session = createSession(send, { ...host, yieldSlice: (run) => { host.yieldSlice(() => { guarded(run); }); } });
    const reader = new MessageReader({
      message: (message) => {
        waiting.received(message);
        session.handle(message);
      },
      broken: (sentence, seq) => { send(refusal(sentence, seq)); },
    });
    const take = (bytes: Uint8Array): void => { guarded(() => { reader.add(bytes); }); };
    input.on('data', take);
    input.once('end', () => {
      inputHasEnded = true;
      if (waiting.count === 0) end();
    });
    input.once('close', () => { if (!inputHasEnded) end(); });
    output.once('close', end);
  });
}

/** The requests that have no response yet, and whether anything can follow. */
class Requests {
  count = 0;
  isOver = false;
  private runsOn = false;

  received(message: DebugProtocol.ProtocolMessage): void {
    if (message.type !== 'request') return;
    this.count += 1;
    const { command, arguments: args } = message as Partial<DebugProtocol.DisconnectRequest>;
    if (command === 'disconnect' && args?.terminateDebuggee === false) this.runsOn = true;
  }

  /** Nothing follows the answer to `disconnect`, unless the program is to run on: then its end. */
  sent(message: DebugProtocol.ProtocolMessage): void {
    const { command, event } = message as { readonly command?: string; readonly event?: string };
    if (message.type === 'response') this.count = Math.max(this.count - 1, 0);
    this.isOver ||= this.runsOn ? event === 'terminated' : message.type === 'response' && command === 'disconnect';
  }
}

/** The answer to what cannot be read: a response, for there is nothing else that a client looks at. */
function refusal(sentence: string, seq: number): DebugProtocol.Response {
  return { seq: 0, type: 'response', request_seq: seq, command: '', success: false, message: sentence };
}
