/** Bytes for `refault dap`: frames of messages in pieces, with things between them and in them that are no frames. */
import { PassThrough } from 'node:stream';
import type { DebugProtocol } from '@vscode/debugprotocol';
import type { Interpreters } from '../../../src/sim/run/interpreters.ts';
import { serveStream } from '../../../src/cli/dapStream.ts';
import { readPath } from '../../../src/cli/files.ts';
import { encodeMessage, MessageReader } from '../../../src/cli/framing.ts';
import { nodeHost } from '../../../src/cli/nodeHost.ts';
import { Random } from '../randomPrograms/random.ts';
import type { Survived } from './conversation.ts';
import { Harvest } from './harvest.ts';
import { junk } from './junk.ts';
import { nextCommand, plausibleArguments, spoilt } from './requests.ts';

const PATIENCE_MS = 60_000;
/** These end the stream; one comes at the end. */
const LAST: ReadonlySet<string> = new Set(['disconnect']);

/** Where the bytes go and come from: a session in this process, or a process of its own. */
export interface ByteEnds {
  readonly write: (bytes: Uint8Array) => void;
  readonly listen: (take: (bytes: Uint8Array) => void) => void;
}

export function streamHere(interpreters: Interpreters): ByteEnds {
  const [toSession, toClient] = [new PassThrough(), new PassThrough()];
  void serveStream(toSession, toClient, { ...nodeHost({ readFile: readPath }), interpreters }, (mistake) => { throw new Error(mistake); });
  return {
    write: (bytes) => { toSession.write(bytes); },
    listen: (take) => { toClient.on('data', take); },
  };
}

/** Sends `count` messages, whole and broken ones; each whole request has one response in the end. */
export async function feed(seed: number, count: number, program: string, { write, listen }: ByteEnds): Promise<Survived> {
  const random = new Random(seed);
  const seen = new Harvest();
  const due = new Set<number>();
  let answers = 0;
  let problem: string | undefined;
  const reader = new MessageReader({
    message: (message) => {
      if (message.type !== 'response') return;
      const response = message as DebugProtocol.Response;
      const { request_seq: seq, success } = response;
      seen.take(response.body as unknown);
      answers += 1;
      if (!due.delete(seq) && success) problem = `A second response to number ${String(seq)}.`;
    },
    broken: (sentence) => { problem = `The session wrote what is no message: ${sentence}`; },
  });
  listen((bytes) => { reader.add(bytes); });
  const pieces = (bytes: Uint8Array): void => {
    for (let at = 0; at < bytes.length;) {
      const end = random.chance(3) ? at + random.between(1, 40) : bytes.length;
      write(bytes.subarray(at, end));
      at = end;
    }
  };
  const send = (seq: number, command: string, args: unknown): void => {
    due.add(seq);
    pieces(encodeMessage({ seq, type: 'request', command, arguments: args } as DebugProtocol.Request));
  };
  const settle = async (): Promise<void> => {
    for (const start = performance.now(); due.size > 0;) {
      if (problem !== undefined) throw new Error(`Seed ${String(seed)}: ${problem}`);
      if (performance.now() - start > PATIENCE_MS) throw new Error(`Seed ${String(seed)}: no answer to number ${[...due].join(', ')}.`);
      await new Promise<void>((resolve) => { setImmediate(resolve); });
    }
  };
  let seq = 0;
  for (const command of ['initialize', 'launch', 'configurationDone']) send(seq += 1, command, command === 'launch' ? { program, stopOnEntry: true } : { adapterID: 'cell' });
  await settle();
  for (let sent = 0; sent < count; sent += 1) {
    if (random.chance(5)) {
      write(brokenBytes(random));
      // What is no frame may swallow a frame behind it, but not the one after.
      pieces(encodeMessage({ seq: 0, type: 'event' }));
      continue;
    }
    const command = nextCommand(random);
    if (LAST.has(command)) continue;
    const args = plausibleArguments(random, command, seen, program);
    send(seq += 1, command, random.chance(4) ? spoilt(random, args) : args);
    if (random.chance(8)) await settle();
  }
  send(seq += 1, 'threads', undefined);
  await settle();
  send(seq + 1, 'disconnect', { terminateDebuggee: true });
  await settle();
  return { messages: count, answers };
}

/** Something that is no frame, or a frame of no message. */
function brokenBytes(random: Random): Uint8Array {
  const text = (characters: string): Uint8Array => Buffer.from(characters, 'utf8');
  const body = Buffer.from(JSON.stringify(junk(random)));
  const framed = (length: number | string, bytes: Uint8Array): Uint8Array => Buffer.concat([text(`Content-Length: ${String(length)}\r\n\r\n`), bytes]);
  switch (random.below(8)) {
    case 0: return framed(body.length, body);
    case 1: return framed(Math.max(body.length - random.between(1, 9), 0), body);
    case 2: return framed('many', body);
    case 3: return framed(-5, body);
    case 4: return framed(99_999_999_999, body);
    case 5: return framed(6, Buffer.from([0x7b, 0xff, 0xfe, 0x00, 0xc3, 0x28]));
    case 6: return text('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
    default: return Buffer.from(Array.from({ length: random.between(1, 300) }, () => random.below(256)));
  }
}
