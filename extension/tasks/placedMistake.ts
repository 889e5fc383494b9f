/** A mistake of a program that a session told of: output that has a place in a source is one. */
import type { DebugProtocol } from '@vscode/debugprotocol';

export interface PlacedMistake {
  readonly path: string;
  /** Both from 1. */
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** Undefined for what a program has printed: that has no place. */
export function mistakeOf({ output, source, line, column }: DebugProtocol.OutputEvent['body']): PlacedMistake | undefined {
  const path = source?.path;
  if (path === undefined || line === undefined || column === undefined) return undefined;
  const place = `${path}:${String(line)}:${String(column)}: `;
  return { path, line, column, message: (output.startsWith(place) ? output.slice(place.length) : output).trimEnd() };
}
