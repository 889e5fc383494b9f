import { describe, expect, it } from 'vitest';
import { encodeMessage, MessageReader } from '../../src/cli/framing.ts';

const request = (seq: number, text = ''): { seq: number; type: string; command: string; text: string } => ({ seq, type: 'request', command: 'threads', text });
const framed = (body: string, length = Buffer.byteLength(body)): string => `Content-Length: ${String(length)}\r\n\r\n${body}`;

/** What comes out of pieces: numbers of messages, and sentences. */
function read(...pieces: readonly (string | Uint8Array)[]): (number | string)[] {
  const got: (number | string)[] = [];
  const reader = new MessageReader({ message: ({ seq }) => { got.push(seq); }, broken: (sentence, seq) => { got.push(seq === 0 ? sentence : `${String(seq)} ${sentence}`); } });
  for (const piece of pieces) reader.add(Buffer.from(piece));
  return got;
}

describe('messages', () => {
  it('are read as they are written, in UTF-8', () => {
    const got: unknown[] = [];
    new MessageReader({ message: (m) => { got.push(m); }, broken: () => { throw new Error('broken'); } }).add(encodeMessage(request(1, 'größer 🙂')));
    expect(got).toEqual([request(1, 'größer 🙂')]);
    expect(Buffer.from(encodeMessage(request(1, 'ß'))).toString()).toMatch(/^Content-Length: 58\r\n\r\n\{/);
  });

  it('come in pieces of any size', () => {
    const bytes = Buffer.concat([encodeMessage(request(1, 'ß')), encodeMessage(request(2)), encodeMessage(request(3))]);
    expect(read(bytes)).toEqual([1, 2, 3]);
    expect(read(...Array.from(bytes, (byte) => Uint8Array.of(byte)))).toEqual([1, 2, 3]);
    expect(read(bytes.subarray(0, 90), bytes.subarray(90))).toEqual([1, 2, 3]);
  });

  it('may have other header fields, in any case', () => {
    const body = JSON.stringify(request(5));
    expect(read(`Content-Type: x\r\ncontent-length:${String(body.length)}\r\n\r\n${body}`)).toEqual([5]);
  });
});

describe('what is no message is told, and the next one is read', () => {
  const good = framed(JSON.stringify(request(7)));

  it.each([
    ['words in front', `hello there\r\n\r\n${good}`, 'The header "hello there" has no Content-Length that can be.'],
    ['no length', `Content-Length: many\r\n\r\n${good}`, 'The header "Content-Length: many" has no Content-Length that can be.'],
    ['a length beyond all bounds', `Content-Length: 99999999999\r\n\r\n${good}`, 'The header "Content-Length: 99999999999" has no Content-Length that can be.'],
    ['a body that is no JSON', `${framed('{"seq":')}${good}`, 'This message is not JSON of the length that its header says.'],
    ['a length that is too short', `${framed('{"seq":1,"type":"request","command":"x"}', 10)}${good}`, 'This message is not JSON of the length that its header says.'],
    ['a length that is too long', `${framed('{"seq":1,"type":"request","command":"x"}', 60)}${good}`, 'This message is not JSON of the length that its header says.'],
    ['a number', `${framed('12')}${good}`, 'This is no message of the protocol: it has no type or no number.'],
    ['null', `${framed('null')}${good}`, 'This is no message of the protocol: it has no type or no number.'],
    ['a request without a command', `${framed('{"seq":4,"type":"request"}')}${good}`, '4 This is no message of the protocol: it has no type or no number.'],
    ['an empty body', `${framed('')}${good}`, 'This message is not JSON of the length that its header says.'],
  ])('%s', (_, text, sentence) => {
    expect(read(text)).toEqual([sentence, 7]);
  });

  it('however much of it there is', () => {
    const got = read('x'.repeat(100_000), 'y'.repeat(100_000), good);
    expect(got.at(-1)).toBe(7);
    expect(got.slice(0, -1).every((sentence) => sentence === 'There is no header in front of this message.')).toBe(true);
  });
});
