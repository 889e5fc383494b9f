/** Robust futexes: a thread that ends hands on the ones that it holds (kernel/futex.c, Documentation/robust-futexes.txt). */
import { done, goTo, labelled, next, path, step } from '../path.ts';
import type { Task } from '../state.ts';
import { copyFromUser, copyToUser } from '../syscall/userCopy.ts';
import { futexKey } from './futexKey.ts';
import { futexWake } from './futexTable.ts';

declare module '../path.ts' {
  interface PathLocals {
    exit_robust_list: ExitRobustList;
  }
}

export interface ExitRobustList {
  /** Address of struct robust_list_head: list pointer, offset of the futex word in an entry, pending entry. */
  readonly head: number;
  readonly bytes: Uint8Array;
  readonly link: Uint8Array;
  readonly word: Uint8Array;
  entry: number;
  offset: number;
  pending: number;
  left: number;
}

const OWNER_DIED = 0x4000_0000;
const WAITERS = 0x8000_0000;
const TID_MASK = 0x3fff_ffff;
/** ROBUST_LIST_LIMIT: a list longer than this is broken. */
const LIMIT = 2048;

export function newRobustWalk(task: Task): ExitRobustList {
  return {
    head: task.robustList, bytes: new Uint8Array(24), link: new Uint8Array(8), word: new Uint8Array(4),
    entry: 0, offset: 0, pending: 0, left: LIMIT,
  };
}

export const exitRobustList = path('exit_robust_list', 'kernel/futex.c', [
  step('read the list head', (_k, _task, f) => copyFromUser(f.head, f.bytes)),
  step('first entry, offset of the words, pending entry', (_k, _task, f, { returned }) => {
    if (returned > 0) return done(0);
    const view = viewOf(f.bytes);
    f.entry = pointer(view, 0);
    f.offset = Number(view.getBigInt64(8));
    f.pending = pointer(view, 16);
    return next;
  }),
  labelled('entry', 'follow the list; the pending entry comes last', (_k, _task, f) => {
    if (f.entry === f.head || f.left === 0) {
      if (f.pending === 0) return done(0);
      f.entry = f.pending;
      f.pending = 0;
      f.left = 0;
    }
    return copyFromUser(f.entry, f.link);
  }),
  step('read its futex word', (_k, _task, f, { returned }) => (returned > 0 ? done(0) : copyFromUser(f.entry + f.offset, f.word))),
  step('mark the word as left by a dead owner', (_k, task, f, { returned }) => {
    if (returned > 0) return done(0);
    const view = viewOf(f.word);
    const value = view.getUint32(0);
    if ((value & TID_MASK) !== task.tid) return goTo('follow');
    view.setUint32(0, (value & WAITERS) | OWNER_DIED);
    return copyToUser(f.entry + f.offset, f.word);
  }),
  step('wake one of those who wait for it', (k, task, f) => {
    const key = futexKey(task.mm, f.entry + f.offset, false);
    if (key !== undefined && (viewOf(f.word).getUint32(0) & WAITERS) !== 0) futexWake(k, key, 1);
    return next;
  }),
  labelled('follow', 'go to the next entry', (_k, _task, f) => {
    if (f.left === 0) return done(0);
    f.left -= 1;
    f.entry = pointer(viewOf(f.link), 0);
    return goTo('entry');
  }),
]);

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** A pointer of the list; its lowest bit says that the futex is a priority-inheriting one. */
function pointer(view: DataView, offset: number): number {
  return Number(view.getBigUint64(offset) & ~1n);
}
