/** `refault dap` and standard input as other programs meet them: a process of its own. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { encodeMessage } from '../../src/cli/framing.ts';
import { feed } from '../support/fuzz/stream.ts';
import { buildCommand, StreamClient } from '../support/dapProcess.ts';

interface Process {
  readonly input: Writable;
  readonly output: Readable;
  /** Resolves when it has ended. */
  readonly ended: Promise<{ readonly status: number | null; readonly err: string }>;
}

const command = await buildCommand();
const children: ChildProcess[] = [];

afterEach(() => { for (const child of children.splice(0)) child.kill('SIGKILL'); });
afterAll(() => { command.remove(); });

function start(...args: readonly string[]): Process {
  const child = command.start(...args);
  children.push(child);
  const { stdin, stdout, stderr } = child;
  if (!stdin || !stdout || !stderr) throw new Error('The process has no streams.');
  let err = '';
  stderr.on('data', (bytes: Buffer) => { err += bytes.toString(); });
  return { input: stdin, output: stdout, ended: once(child, 'close').then(([status]) => ({ status: status as number | null, err })) };
}

async function text(stream: Readable): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of stream as AsyncIterable<Buffer>) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

/** A server on a free port, and clients of it. */
async function serve(): Promise<{ readonly server: Process; readonly dial: () => Promise<{ socket: Socket; client: StreamClient }> }> {
  const server = start('dap', '--port', '0');
  const [line] = (await once(server.output, 'data')) as [Buffer];
  const port = Number(/^Listening on 127\.0\.0\.1:(\d+)\n$/.exec(line.toString())?.[1]);
  return {
    server,
    dial: async () => {
      const socket = connect(port, '127.0.0.1');
      await once(socket, 'connect');
      return { socket, client: new StreamClient(socket, socket) };
    },
  };
}

const SPIN = { program: 'examples/retry-forever.s' };

describe('on standard input and output', () => {
  it('debugs a program from initialize to terminated, and ends with its client', async () => {
    const { input, output, ended } = start('dap');
    const client = new StreamClient(input, output);
    await client.launch({ program: 'examples/minor.s' });
    await client.event('terminated');
    expect((await client.event('exited')).body).toEqual({ exitCode: 0 });
    const said = client.conversation();
    expect(said.slice(0, 2)).toEqual(['initialize', '* initialized']);
    expect(said.indexOf('* exited')).toBeLessThan(said.indexOf('* terminated'));
    expect(client.messages.map(({ seq }) => seq)).toEqual(client.messages.map((_, index) => index + 1));
    input.end();
    expect(await ended).toEqual({ status: 0, err: '' });
  });

  it('ends after disconnect, though the input is still open', async () => {
    const { input, output, ended } = start('dap');
    const client = new StreamClient(input, output);
    await client.launch(SPIN);
    expect(await client.request('disconnect')).toMatchObject({ success: true });
    expect(await ended).toEqual({ status: 0, err: '' });
  });

  it('ends when the input ends, though the program would run for ever', async () => {
    const { input, output, ended } = start('dap');
    const client = new StreamClient(input, output);
    await client.launch({ ...SPIN, noDebug: true });
    input.end();
    expect(await ended).toEqual({ status: 0, err: '' });
  });

  it('answers everything that came before the end of the input', async () => {
    const { input, output, ended } = start('dap');
    const client = new StreamClient(input, output);
    const requests = ['initialize', 'launch', 'setBreakpoints', 'configurationDone'];
    requests.forEach((name, index) => {
      const args = name === 'launch' ? { program: 'examples/minor.s' } : name === 'setBreakpoints' ? { source: { path: 'examples/minor.s' }, breakpoints: [] } : {};
      input.write(encodeMessage({ seq: index + 1, type: 'request', command: name, arguments: args } as never));
    });
    input.end();
    await ended;
    expect(client.conversation().filter((name) => !name.startsWith('*'))).toEqual(requests);
  });

  it('answers what is no message, and goes on', async () => {
    const { input, output, ended } = start('dap');
    const client = new StreamClient(input, output);
    input.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
    expect(await client.response(0)).toMatchObject({ success: false, message: 'The header "GET / HTTP/1.1 Host: x" has no Content-Length that can be.' });
    input.write('Content-Length: 9\r\n\r\n{"seq":1,');
    input.write('Content-Length: 4\r\n\r\nnull');
    input.write('Content-Length: 30\r\n\r\n{"seq":90,"type":"request"}    ');
    expect(await client.response(90)).toMatchObject({ success: false });
    await client.launch({ program: 'examples/minor.s' });
    await client.event('terminated');
    input.end();
    expect(await ended).toEqual({ status: 0, err: '' });
  });

  it('says what is wrong with a launch, and can launch again', async () => {
    const { input, output } = start('dap');
    const client = new StreamClient(input, output);
    await client.request('initialize', { adapterID: 'cell' });
    expect(await client.request('launch', { program: 'none.s' })).toMatchObject({ success: false, message: '"none.s" does not exist; check its path.' });
    expect(await client.request('launch', { program: `file://${process.cwd()}/examples/minor.s` })).toMatchObject({ success: true });
  });
});

describe('on a port', () => {
  it('debugs several programs at once, each in a machine of its own', async () => {
    const { dial } = await serve();
    const [first, second] = [await dial(), await dial()];
    await first.client.launch({ ...SPIN, noDebug: true });
    await second.client.launch({ program: 'examples/minor.s' });
    await second.client.event('terminated');
    expect(first.client.conversation()).not.toContain('* terminated');
    expect(await first.client.request('threads')).toMatchObject({ success: true });
    expect(await first.client.request('disconnect')).toMatchObject({ success: true });
    await once(first.socket, 'close');
    expect(await second.client.request('disconnect')).toMatchObject({ success: true });
  });

  it('outlives clients that go away without a word or talk nonsense', async () => {
    const { dial, server } = await serve();
    const rude = await dial();
    await rude.client.launch({ ...SPIN, noDebug: true });
    rude.socket.resetAndDestroy();
    const strange = await dial();
    strange.socket.write('\0'.repeat(100_000));
    expect(await strange.client.response(0)).toMatchObject({ success: false });
    strange.socket.end();
    const good = await dial();
    await good.client.launch({ program: 'examples/minor.s' });
    await good.client.event('terminated');
    server.input.end();
    expect(await good.client.request('threads')).toMatchObject({ success: true });
  });

  it('that is taken is told', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const address = taken.address();
    const port = typeof address === 'object' && address ? String(address.port) : '';
    const { ended } = start('dap', '--port', port);
    expect(await ended).toEqual({ status: 125, err: `refault: Port ${port} is in use; choose another, or --port 0 for a free one.\n` });
    taken.close();
  });
});

describe('standard input of refault run', () => {
  it('is not waited for by a program that reads none', async () => {
    const { output, ended } = start('run', 'examples/minor.s');
    expect(await text(output)).toMatch(/\nThe program ended with status 0\.\n$/);
    expect(await ended).toEqual({ status: 0, err: '' });
  });
});

describe('a reader that has seen enough', () => {
  it('ends a program that prints for ever', async () => {
    const program = path.join(mkdtempSync(path.join(tmpdir(), 'refault-print-')), 'print.s');
    writeFileSync(program, '_start: li 0,4\n li 3,1\n lis 4,_start@ha\n addi 4,4,_start@l\n li 5,4\n sc\n b _start\n');
    const { output, ended } = start('run', program);
    await once(output, 'data');
    output.destroy();
    expect((await ended).err).toBe('');
    rmSync(path.dirname(program), { recursive: true });
  });
});

describe('a client that sends anything', () => {
  it('is answered as long as it sends, and the process ends in good order', async () => {
    const { input, output, ended } = start('dap');
    const seed = Math.floor(Math.random() * 2 ** 31);
    const { messages, answers } = await feed(seed, 250, 'examples/retry.s', {
      write: (bytes) => { input.write(bytes); },
      listen: (take) => { output.on('data', take); },
    });
    console.log(`Fuzzer: ${String(messages)} messages to a process survived, ${String(answers)} answers, seed ${String(seed)}.`);
    expect(await ended).toEqual({ status: 0, err: '' });
  });
});
