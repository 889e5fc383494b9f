/** Messages of the Debug Adapter Protocol on a stream of bytes: a header with the length, then JSON. */
import type { DebugProtocol } from '@vscode/debugprotocol';

const SEPARATOR = '\r\n\r\n';
/** Longer headers and messages come from something that is no client. */
const MOST_HEADER = 4096;
const MOST_MESSAGE = 256 * 2 ** 20;

/** What arrives is no message of the protocol. */
export class FramingError extends Error {}

export function encodeMessage(message: DebugProtocol.ProtocolMessage): Uint8Array {
  const body = Buffer.from(JSON.stringify(message), 'utf8');
  return Buffer.concat([Buffer.from(`Content-Length: ${String(body.length)}${SEPARATOR}`, 'ascii'), body]);
}

/** Puts messages together from the pieces in which they arrive. */
export class MessageReader {
  private pending: Buffer = Buffer.alloc(0);

  constructor(private readonly receive: (message: DebugProtocol.ProtocolMessage) => void) {}

  /** @throws FramingError; the stream cannot be read on then. */
  add(bytes: Uint8Array): void {
    this.pending = Buffer.concat([this.pending, bytes]);
    for (;;) {
      const headerEnd = this.pending.indexOf(SEPARATOR);
      if (headerEnd < 0) {
        if (this.pending.length > MOST_HEADER) throw new FramingError('There is no header in front of a message.');
        return;
      }
      const length = lengthOf(this.pending.toString('ascii', 0, headerEnd));
      const start = headerEnd + SEPARATOR.length;
      if (this.pending.length < start + length) return;
      const text = this.pending.toString('utf8', start, start + length);
      this.pending = this.pending.subarray(start + length);
      this.receive(parse(text));
    }
  }
}

function lengthOf(header: string): number {
  const digits = /^content-length:\s*(\d+)\s*$/im.exec(header)?.[1];
  const length = digits === undefined ? NaN : Number(digits);
  if (length <= MOST_MESSAGE) return length;
  throw new FramingError('A message has no Content-Length, or one that is too long.');
}

function parse(text: string): DebugProtocol.ProtocolMessage {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new FramingError('A message is not JSON.');
  }
  if (typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string' && 'seq' in value && typeof value.seq === 'number') {
    return value as DebugProtocol.ProtocolMessage;
  }
  throw new FramingError('A message has no type or no number.');
}
