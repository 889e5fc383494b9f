/** What the client can do, and how it counts lines and columns. */
import { flag, oneOf, record, text, type Read } from './shape.ts';

export const initializeArguments = record({ adapterID: text }, {
  clientID: text, clientName: text, locale: text,
  linesStartAt1: flag, columnsStartAt1: flag, pathFormat: oneOf('path', 'uri'),
  supportsVariableType: flag, supportsMemoryReferences: flag, supportsMemoryEvent: flag, supportsInvalidatedEvent: flag,
});
export type InitializeArguments = Read<typeof initializeArguments>;

/** Inside, lines and columns count from 1. */
export class Client {
  private readonly lineBase: 0 | 1;
  private readonly columnBase: 0 | 1;

  constructor(private readonly options: Partial<InitializeArguments> = {}) {
    this.lineBase = options.linesStartAt1 === false ? 0 : 1;
    this.columnBase = options.columnsStartAt1 === false ? 0 : 1;
  }

  get hasMemoryEvent(): boolean { return this.options.supportsMemoryEvent === true; }
  get hasInvalidatedEvent(): boolean { return this.options.supportsInvalidatedEvent === true; }

  lineOut(line: number): number { return line - 1 + this.lineBase; }
  lineIn(line: number): number { return line + 1 - this.lineBase; }
  columnOut(column: number): number { return column - 1 + this.columnBase; }
  columnIn(column: number): number { return column + 1 - this.columnBase; }
}
