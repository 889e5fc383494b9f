/**
 * Messages of the Debug Adapter Protocol on a stream of bytes: a header with the length, then JSON
 * (DAP specification, "Base Protocol").
 */
import type { DebugProtocol } from '@vscode/debugprotocol';

const FIELD = 'content-length:';
/** Longer headers and messages come from something that is no client. */
const MOST_HEADER = 4096;
const MOST_MESSAGE = 64 * 2 ** 20;

export function encodeMessage(message: DebugProtocol.ProtocolMessage): Uint8Array {
  const body = Buffer.from(JSON.stringify(message), 'utf8');
  return Buffer.concat([Buffer.from(`Content-Length: ${String(body.length)}\r\n\r\n`, 'ascii'), body]);
}

export interface MessageReceiver {
  message(message: DebugProtocol.ProtocolMessage): void;
  /** A sentence on what arrived and is no message, and its number where it has one. Reading goes on behind it. */
  broken(sentence: string, seq: number): void;
}

/** Puts messages together from the pieces in which they arrive. */
export class MessageReader {
  private pieces: Buffer[] = [];
  private size = 0;
  /** Bytes that have to be there before it is worth looking again. */
  private wanted = 0;

  constructor(private readonly receiver: MessageReceiver) {}

  add(bytes: Uint8Array): void {
    this.pieces.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
    this.size += bytes.length;
    if (this.size < this.wanted) return;
    let rest = Buffer.concat(this.pieces);
    for (;;) {
      this.wanted = 0;
      const next = this.read(rest);
      if (next === undefined) break;
      rest = rest.subarray(next);
    }
    this.pieces = [rest];
    this.size = rest.length;
  }

  /** Reads one message, or what stands in its place. @returns how many bytes it took; undefined where more have to come. */
  private read(bytes: Buffer): number | undefined {
    const header = headerOf(bytes);
    if (!header) return bytes.length > MOST_HEADER ? this.skip(bytes, 'There is no header in front of this message.') : undefined;
    const length = lengthOf(header.text);
    if (length === undefined) return this.skip(bytes, `The header "${shortened(header.text)}" has no Content-Length that can be.`);
    const end = header.end + length;
    if (bytes.length < end) {
      this.wanted = end;
      return undefined;
    }
    const value = parse(bytes.toString('utf8', header.end, end));
    if (value === undefined) return this.skip(bytes, 'This message is not JSON of the length that its header says.');
    if (isMessage(value)) this.receiver.message(value);
    else this.receiver.broken('This is no message of the protocol: it has no type or no number.', numberOf(value));
    return end;
  }

  /** Goes to the next header, if one is in sight. */
  private skip(bytes: Buffer, sentence: string): number {
    this.receiver.broken(sentence, 0);
    const next = bytes.toString('latin1').toLowerCase().indexOf(FIELD, 1);
    return next < 0 ? bytes.length : next;
  }
}

/** The fields in front of the empty line, and where that line ends. */
function headerOf(bytes: Buffer): { readonly text: string; readonly end: number } | undefined {
  const start = bytes.toString('latin1', 0, MOST_HEADER);
  const empty = /\r?\n\r?\n/.exec(start);
  return empty ? { text: start.slice(0, empty.index), end: empty.index + empty[0].length } : undefined;
}

function lengthOf(header: string): number | undefined {
  const digits = /^content-length:[ \t]*(\d+)[ \t]*\r?$/im.exec(header)?.[1];
  return digits !== undefined && Number(digits) <= MOST_MESSAGE ? Number(digits) : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function isMessage(value: unknown): value is DebugProtocol.ProtocolMessage {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string' && 'seq' in value && Number.isSafeInteger(value.seq)
    && (value.type !== 'request' || ('command' in value && typeof value.command === 'string'));
}

function numberOf(value: unknown): number {
  return typeof value === 'object' && value !== null && 'seq' in value && typeof value.seq === 'number' ? value.seq : 0;
}

function shortened(text: string): string {
  const line = text.replace(/[^\x20-\x7e]+/g, ' ');
  return line.length > 60 ? `${line.slice(0, 60)}...` : line;
}
