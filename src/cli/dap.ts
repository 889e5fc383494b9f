/** `refault dap`: the debug adapter on standard input and output, or on a TCP port for any number of sessions. */
import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import type { Readable, Writable } from 'node:stream';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { createSession } from '../adapter/session.ts';
import { parseCommand, parseNumber } from './args.ts';
import { encodeMessage, FramingError, MessageReader } from './framing.ts';
import { CommandError, type Io } from './io.ts';
import { nodeHost } from './nodeHost.ts';
import { DAP } from './specs.ts';

const LOCAL = '127.0.0.1';
const MOST_PORT = 65535;

export async function dapCommand(args: readonly string[], io: Io): Promise<number> {
  const { port } = parseCommand(DAP, args).options;
  if (port === undefined) {
    await serveStream(process.stdin, process.stdout, io);
    return 0;
  }
  const server = await listen(parseNumber('--port', port, 0, MOST_PORT), io);
  const address = server.address();
  io.out(`Listening on ${LOCAL}:${typeof address === 'object' && address ? String(address.port) : port}\n`);
  await once(server, 'close');
  return 0;
}

/** Takes clients until it is closed. Rejects with a `CommandError` where the port is taken. */
export async function listen(port: number, io: Io): Promise<Server> {
  const server = createServer((socket) => { void serveSocket(socket, io); });
  server.listen(port, LOCAL);
  try {
    await once(server, 'listening');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new CommandError(`Port ${String(port)} cannot be listened on (${code}); choose another, or --port 0 for a free one.`);
  }
  return server;
}

async function serveSocket(socket: Socket, io: Io): Promise<void> {
  // A client that goes away ends its session; that is no error.
  socket.on('error', () => { socket.destroy(); });
  socket.setNoDelay(true);
  await serveStream(socket, socket, io);
  socket.end();
}

/** One session: until the client goes, or has said `disconnect`. What is no message is told on standard error. */
async function serveStream(input: Readable, output: Writable, io: Io): Promise<void> {
  await new Promise<void>((resolve) => {
    const last = new LastMessage();
    const end = (): void => {
      input.off('data', take);
      session.dispose();
      input.destroy();
      resolve();
    };
    const session = createSession((message) => {
      output.write(encodeMessage(message));
      if (last.isSent(message)) setImmediate(end);
    }, nodeHost(io));
    const reader = new MessageReader((message) => {
      last.received(message);
      session.handle(message);
    });
    const take = (bytes: Uint8Array): void => {
      try {
        reader.add(bytes);
      } catch (error) {
        if (!(error instanceof FramingError)) throw error;
        io.err(`refault: ${error.message} The session is closed.\n`);
        end();
      }
    };
    input.on('data', take);
    input.once('end', end);
    input.once('close', end);
  });
}

/** Knows after which message nothing follows: the answer to `disconnect`, or the end of a program that is to run on. */
class LastMessage {
  private runsOn = false;

  received(message: DebugProtocol.ProtocolMessage): void {
    const { command, arguments: args } = message as Partial<DebugProtocol.DisconnectRequest>;
    if (command === 'disconnect' && args?.terminateDebuggee === false) this.runsOn = true;
  }

  isSent(message: DebugProtocol.ProtocolMessage): boolean {
    const { command, event } = message as { readonly command?: string; readonly event?: string };
    if (message.type === 'event') return this.runsOn && event === 'terminated';
    return message.type === 'response' && command === 'disconnect' && !this.runsOn;
  }
}
