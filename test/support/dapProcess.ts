/** The command line as a process of its own, bundled as it is shipped, and a client on a stream. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Readable, Writable } from 'node:stream';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { build } from 'esbuild';
import { encodeMessage, MessageReader } from '../../src/cli/framing.ts';

interface BuiltCommand {
  /** The script that Node runs. */
  readonly file: string;
  start(...args: readonly string[]): ChildProcess;
  remove(): void;
}

export async function buildCommand(): Promise<BuiltCommand> {
  const folder = mkdtempSync(path.join(tmpdir(), 'refault-cli-'));
  const outfile = path.join(folder, 'cli.mjs');
  await build({ entryPoints: ['src/cli/main.ts'], outfile, bundle: true, platform: 'node', target: 'node20', format: 'esm', logLevel: 'error' });
  return {
    file: outfile,
    start: (...args) => spawn(process.execPath, [outfile, ...args], { stdio: 'pipe' }),
    remove: () => { rmSync(folder, { recursive: true }); },
  };
}

/** Speaks the protocol on a stream, one request after the other. */
export class StreamClient {
  readonly messages: DebugProtocol.ProtocolMessage[] = [];
  private readonly watchers = new Set<() => void>();
  private sequence = 0;

  constructor(private readonly output: Writable, input: Readable) {
    const reader = new MessageReader({
      message: (message) => {
        this.messages.push(message);
        for (const watcher of [...this.watchers]) watcher();
      },
      broken: (sentence) => { throw new Error(sentence); },
    });
    input.on('data', (bytes: Uint8Array) => { reader.add(bytes); });
  }

  async request(command: string, args: object = {}): Promise<DebugProtocol.Response> {
    this.sequence += 1;
    const seq = this.sequence;
    const message: DebugProtocol.Request = { seq, type: 'request', command, arguments: args };
    this.output.write(encodeMessage(message));
    return await this.response(seq);
  }

  /** The response to a request; 0 is what could not be read. */
  response(seq: number): Promise<DebugProtocol.Response> {
    return this.until((message): message is DebugProtocol.Response => message.type === 'response' && (message as DebugProtocol.Response).request_seq === seq);
  }

  event(name: string): Promise<DebugProtocol.Event> {
    return this.until((message): message is DebugProtocol.Event => message.type === 'event' && (message as DebugProtocol.Event).event === name);
  }

  /** Launches a program and lets it go; its end is still to come. */
  async launch(args: object): Promise<void> {
    await this.request('initialize', { adapterID: 'cell' });
    await this.event('initialized');
    const response = await this.request('launch', args);
    if (!response.success) throw new Error(response.message ?? '');
    await this.request('configurationDone');
  }

  /** Names of the events, and the responses as `command`, in order. */
  conversation(): string[] {
    return this.messages.map((message) => (message.type === 'event' ? `* ${(message as DebugProtocol.Event).event}` : (message as DebugProtocol.Response).command));
  }

  private until<T extends DebugProtocol.ProtocolMessage>(isWanted: (message: DebugProtocol.ProtocolMessage) => message is T): Promise<T> {
    return new Promise((resolve) => {
      const look = (): void => {
        const found = this.messages.find(isWanted);
        if (!found) return;
        this.watchers.delete(look);
        resolve(found);
      };
      this.watchers.add(look);
      look();
    });
  }
}
