/** `refault dap`: the debug adapter on standard input and output, or on a TCP port for any number of sessions. */
import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import type { AdapterHost } from '../adapter/host.ts';
import { Interpreters } from '../sim/run/interpreters.ts';
import { parseCommand, parseNumber } from './args.ts';
import { serveStream } from './dapStream.ts';
import { CommandError, type Io } from './io.ts';
import { nodeHost } from './nodeHost.ts';
import { DAP } from './specs.ts';

const LOCAL = '127.0.0.1';
const MOST_PORT = 65535;

export async function dapCommand(args: readonly string[], io: Io): Promise<number> {
  const { port } = parseCommand(DAP, args).options;
  if (port === undefined) {
    await serveStream(process.stdin, process.stdout, nodeHost(io), mistakeReport(io));
    process.stdin.destroy();
    return 0;
  }
  const server = await listen(parseNumber('--port', port, 0, MOST_PORT), io);
  const address = server.address();
  io.out(`Listening on ${LOCAL}:${typeof address === 'object' && address ? String(address.port) : port}\n`);
  await once(server, 'close');
  return 0;
}

/** Takes clients until it is closed; each has a machine of its own. Rejects with a `CommandError` where the port is taken. */
async function listen(port: number, io: Io): Promise<Server> {
  const host = { ...nodeHost(io), interpreters: new Interpreters() };
  const server = createServer((socket) => { void serveSocket(socket, host, io); });
  server.listen(port, LOCAL);
  try {
    await once(server, 'listening');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new CommandError(`Port ${String(port)} ${REASONS[code] ?? `cannot be listened on (${code})`}; choose another, or --port 0 for a free one.`);
  }
  return server;
}

const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is in use',
  EACCES: 'may not be listened on by you',
};

async function serveSocket(socket: Socket, host: AdapterHost, io: Io): Promise<void> {
  // A client that goes away ends its session; that is no error.
  socket.on('error', () => { socket.destroy(); });
  socket.setNoDelay(true);
  await serveStream(socket, socket, host, mistakeReport(io));
  socket.destroySoon();
}

function mistakeReport(io: Io): (mistake: string) => void {
  return (mistake) => { io.err(`refault: This is a mistake in Refault itself, please report it: ${mistake}\n`); };
}
