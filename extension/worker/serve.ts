/** The worker's side: one debug session, whose files come from the extension host by message. */
import type { AdapterHost, FolderEntry } from '../../src/adapter/host.ts';
import { createSession } from '../core.ts';
import type { FromWorker, ToWorker } from './messages.ts';

/** What differs between the places where a session can run. */
export type Clock = Pick<AdapterHost, 'yieldSlice' | 'now'>;

export interface SessionPort {
  receive(message: ToWorker): void;
  dispose(): void;
}

/** Starts a session and says that it is ready. */
export function serveSession(post: (message: FromWorker) => void, clock: Clock): SessionPort {
  const files = new Map<number, Waiting<Uint8Array>>();
  const folders = new Map<number, Waiting<readonly FolderEntry[]>>();
  let requests = 0;
  const session = createSession((message) => post({ kind: 'dap', message }), {
    ...clock,
    readFile: (path) => new Promise((resolve, reject) => {
      files.set(++requests, { resolve, reject });
      post({ kind: 'readFile', id: requests, path });
    }),
    listFolder: (path) => new Promise((resolve, reject) => {
      folders.set(++requests, { resolve, reject });
      post({ kind: 'listFolder', id: requests, path });
    }),
  });
  post({ kind: 'ready' });
  return {
    receive: (message) => {
      switch (message.kind) {
        case 'dap':
          session.handle(message.message);
          break;
        case 'file':
          take(files, message.id)?.resolve(message.bytes);
          break;
        case 'folder':
          take(folders, message.id)?.resolve(message.entries);
          break;
        case 'unreadable':
          (take(files, message.id) ?? take(folders, message.id))?.reject(new Error(message.reason));
          break;
      }
    },
    dispose: () => session.dispose(),
  };
}

interface Waiting<T> {
  readonly resolve: (value: T) => void;
  readonly reject: (reason: Error) => void;
}

function take<T>(waiting: Map<number, Waiting<T>>, id: number): Waiting<T> | undefined {
  const entry = waiting.get(id);
  waiting.delete(id);
  return entry;
}
