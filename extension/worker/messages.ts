/** What the extension host and the adapter's worker say to each other. Everything is structured-cloneable. */
import type { DebugProtocol } from '@vscode/debugprotocol';
import type { FolderEntry } from '../../src/adapter/host.ts';

export type ToWorker =
  | { readonly kind: 'dap'; readonly message: DebugProtocol.ProtocolMessage }
  | { readonly kind: 'file'; readonly id: number; readonly bytes: Uint8Array }
  | { readonly kind: 'folder'; readonly id: number; readonly entries: readonly FolderEntry[] }
  /** The answer to `readFile` or `listFolder`: it could not be read, and why. */
  | { readonly kind: 'unreadable'; readonly id: number; readonly reason: string };

export type FromWorker =
  /** The first message: the worker's code is loaded. */
  | { readonly kind: 'ready' }
  | { readonly kind: 'dap'; readonly message: DebugProtocol.ProtocolMessage }
  | { readonly kind: 'readFile'; readonly id: number; readonly path: string }
  | { readonly kind: 'listFolder'; readonly id: number; readonly path: string };
