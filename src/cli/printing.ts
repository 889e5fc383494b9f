/** Long texts on standard output: pieces are put together, so that a million lines are not a million writes. */
import type { Io } from './io.ts';

const PIECE = 65_536;

export async function print(io: Io, pieces: Iterable<string>): Promise<void> {
  let waiting = '';
  for (const piece of pieces) {
    waiting += piece;
    if (waiting.length < PIECE) continue;
    io.out(waiting);
    waiting = '';
    await io.drained();
  }
  if (waiting !== '') io.out(waiting);
}

export async function printLines(io: Io, lines: Iterable<string>): Promise<void> {
  await print(io, withEnds(lines));
}

function* withEnds(lines: Iterable<string>): Generator<string> {
  for (const line of lines) yield `${line}\n`;
}
