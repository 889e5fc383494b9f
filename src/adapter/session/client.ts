/** What the client can do, and how it counts lines and columns and names files. */
import type { DebugProtocol } from '@vscode/debugprotocol';
import { flag, oneOf, record, text, type Read } from './shape.ts';

export const initializeArguments = record({ adapterID: text }, {
  clientID: text, clientName: text, locale: text,
  linesStartAt1: flag, columnsStartAt1: flag, pathFormat: oneOf('path', 'uri'),
  supportsVariableType: flag, supportsMemoryReferences: flag, supportsMemoryEvent: flag, supportsInvalidatedEvent: flag,
  supportsProgressReporting: flag, supportsANSIStyling: flag,
});
export type InitializeArguments = Read<typeof initializeArguments>;

type Source = DebugProtocol.Source;

const FILE_URI = 'file://';

/** Inside, lines and columns count from 1, and files have paths. */
export class Client {
  private readonly lineBase: 0 | 1;
  private readonly columnBase: 0 | 1;

  constructor(private readonly options: Partial<InitializeArguments> = {}) {
    this.lineBase = options.linesStartAt1 === false ? 0 : 1;
    this.columnBase = options.columnsStartAt1 === false ? 0 : 1;
  }

  get hasMemoryEvent(): boolean { return this.options.supportsMemoryEvent === true; }
  get hasInvalidatedEvent(): boolean { return this.options.supportsInvalidatedEvent === true; }
  get hasVariableType(): boolean { return this.options.supportsVariableType === true; }
  get hasProgress(): boolean { return this.options.supportsProgressReporting === true; }
  get hasColours(): boolean { return this.options.supportsANSIStyling === true; }

  lineOut(line: number): number { return line - 1 + this.lineBase; }
  lineIn(line: number): number { return line + 1 - this.lineBase; }
  columnOut(column: number): number { return column - 1 + this.columnBase; }
  columnIn(column: number): number { return column + 1 - this.columnBase; }

  /** A file as this client names it; kernel listings have no file. */
  sourceOut(source: Source): Source {
    const { path, sourceReference = 0 } = source;
    return path === undefined || sourceReference > 0 ? source : { ...source, path: this.pathOut(path) };
  }

  sourceIn(source: Source): Source {
    return source.path === undefined ? source : { ...source, path: this.pathIn(source.path) };
  }

  pathOut(path: string): string {
    return this.options.pathFormat === 'uri' ? uriOf(path) : path;
  }

  pathIn(path: string): string {
    return this.options.pathFormat === 'uri' && path.startsWith(FILE_URI) ? pathOfUri(path) : path;
  }
}

/** `/a b.s` is `file:///a%20b.s`, `C:\x.s` is `file:///c%3A/x.s`; what is a URI already, or no whole path, stays. */
function uriOf(path: string): string {
  const drive = /^[A-Za-z]:[\\/]/.test(path);
  if (!drive && !path.startsWith('/')) return path;
  const plain = drive ? `/${path.charAt(0).toLowerCase()}${path.slice(1).replaceAll('\\', '/')}` : path;
  return FILE_URI + plain.split('/').map(encodeURIComponent).join('/');
}

function pathOfUri(uri: string): string {
  const path = decoded(uri.slice(FILE_URI.length));
  return /^\/[A-Za-z]:/.test(path) ? path.slice(1) : path;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
