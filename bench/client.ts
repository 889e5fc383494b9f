/** A debug client for benchmarks: sends a request and takes its response, counts nothing, keeps nothing. */
import type { Readable, Writable } from 'node:stream';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { encodeMessage, MessageReader } from '../src/cli/framing.ts';

type Settle<T> = (value: T) => void;

export class BenchClient {
  private readonly responses = new Map<number, Settle<DebugProtocol.Response>>();
  private readonly events = new Map<string, Settle<DebugProtocol.Event>>();
  private sequence = 0;

  constructor(private readonly output: Writable, input: Readable) {
    const reader = new MessageReader({
      message: (message) => { this.take(message); },
      broken: (sentence) => { throw new Error(sentence); },
    });
    input.on('data', (bytes: Uint8Array) => { reader.add(bytes); });
  }

  /** The body of the response, which has to be a success. */
  async ask<T>(command: string, args: object = {}): Promise<T> {
    this.sequence += 1;
    const seq = this.sequence;
    const answered = new Promise<DebugProtocol.Response>((resolve) => { this.responses.set(seq, resolve); });
    const message: DebugProtocol.Request = { seq, type: 'request', command, arguments: args };
    this.output.write(encodeMessage(message));
    const response = await answered;
    if (!response.success) throw new Error(`${command} failed: ${response.message ?? ''}`);
    return response.body as T;
  }

  /** The next event of a name, from now on. */
  async event<T>(name: string): Promise<T> {
    const event = await new Promise<DebugProtocol.Event>((resolve) => { this.events.set(name, resolve); });
    return event.body as T;
  }

  /** Sends a request that leads to a stop, and waits for the stop. */
  async toStop(command: string, args: object = {}): Promise<DebugProtocol.StoppedEvent['body']> {
    const stopped = this.event<DebugProtocol.StoppedEvent['body']>('stopped');
    await this.ask(command, args);
    return await stopped;
  }

  /** From the first message to the stop at the program's entry. */
  async launch(program: string): Promise<DebugProtocol.StoppedEvent['body']> {
    await this.ask('initialize', { adapterID: 'cell' });
    await this.ask('launch', { program, stopOnEntry: true });
    await this.ask('setExceptionBreakpoints', { filters: [] });
    return await this.toStop('configurationDone');
  }

  /** What VS Code asks for after a stop: threads, stack, scopes, and the variables of the scopes that are open. */
  async refresh(threadId: number): Promise<void> {
    await this.ask('threads');
    await this.ask('stackTrace', { threadId, startFrame: 0, levels: 1 });
    const { stackFrames } = await this.ask<DebugProtocol.StackTraceResponse['body']>('stackTrace', { threadId, startFrame: 0, levels: 20 });
    const { scopes } = await this.ask<DebugProtocol.ScopesResponse['body']>('scopes', { frameId: stackFrames[0]?.id ?? 0 });
    for (const { variablesReference, expensive } of scopes) {
      if (!expensive) await this.ask('variables', { variablesReference });
    }
  }

  private take(message: DebugProtocol.ProtocolMessage): void {
    if (message.type === 'response') {
      const response = message as DebugProtocol.Response;
      const settle = this.responses.get(response.request_seq);
      this.responses.delete(response.request_seq);
      settle?.(response);
    } else if (message.type === 'event') {
      const event = message as DebugProtocol.Event;
      const settle = this.events.get(event.event);
      this.events.delete(event.event);
      settle?.(event);
    }
  }
}
