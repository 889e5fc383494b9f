/** What a kind of file does: the table `operations.ts` has one of these for each kind of inode. */
import type { Kernel } from '../kernel.ts';
import type { Frame } from '../path.ts';
import type { Task, WaitQueue } from '../state.ts';
import type { Inode, OpenFile } from './state.ts';

/** A read or write in progress, as the file sees it. */
export interface TransferRequest {
  /** Offset in the file, for kinds that have one. */
  readonly position: number;
  /** Bytes that are wanted (read) or still to be written, this piece included. */
  readonly count: number;
  /** Bytes of a read that a path has brought; the path of a `path` answer puts them here. */
  chunk: Uint8Array | undefined;
}

/** Answers that a read and a write share. `errno` is positive. */
export type FileAnswer =
  | { readonly kind: 'error'; readonly errno: number }
  /** Nothing now: sleep here, interruptibly, and ask again; EAGAIN where the file is O_NONBLOCK. */
  | { readonly kind: 'wait'; readonly queue: WaitQueue }
  /**
   * Run this path first. Its result is a negative errno, or for a write the bytes taken. After a
   * read's path, what it left in `request.chunk` is taken; when it left nothing the file is asked again.
   */
  | { readonly kind: 'path'; readonly frame: Frame };

/** `more`: asking again at once may bring further bytes without sleeping. No bytes are the end of the file. */
export type ReadAnswer = FileAnswer | { readonly kind: 'bytes'; readonly bytes: Uint8Array; readonly more: boolean };
/** `last`: the write ends here, whatever is left to be written. */
export type WriteAnswer = FileAnswer | { readonly kind: 'count'; readonly count: number; readonly last?: boolean };

export interface FileOperations {
  /** Whether the file has a position that lseek, pread and pwrite use; otherwise they answer ESPIPE. */
  readonly seekable: boolean;
  /** Bytes copied at once between the file and the user's buffer; a page where it is not given. */
  readonly piece?: number;
  /** Lets a file be opened (0) or refuses with a negative errno. */
  readonly open?: (k: Kernel, task: Task, inode: Inode, flags: number) => number;
  /** The text of a file whose contents are made when it is opened. */
  readonly text?: (k: Kernel, task: Task, inode: Inode) => Uint8Array;
  readonly read?: (k: Kernel, task: Task, file: OpenFile, request: TransferRequest) => ReadAnswer;
  /** Takes back bytes that `read` gave and that did not reach the user. */
  readonly unread?: (k: Kernel, file: OpenFile, bytes: Uint8Array) => void;
  readonly write?: (k: Kernel, task: Task, file: OpenFile, bytes: Uint8Array, request: TransferRequest) => WriteAnswer;
  /** POLL_ bits that hold now; readable and writable where it is not given. */
  readonly poll?: (k: Kernel, file: OpenFile) => number;
  /** Bytes that can be read without waiting (FIONREAD). */
  readonly unreadBytes?: (k: Kernel, file: OpenFile) => number;
  /** O_ASYNC was set or cleared. */
  readonly fasync?: (k: Kernel, file: OpenFile, on: boolean) => void;
  /** The last descriptor and mapping have let go of the file. */
  readonly release?: (k: Kernel, file: OpenFile) => void;
}

export function failed(errno: number): FileAnswer {
  return { kind: 'error', errno };
}
