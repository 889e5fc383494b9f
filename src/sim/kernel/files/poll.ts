/** poll and select: sleeping until one of several files is ready. */
import type { Kernel } from '../kernel.ts';
import { done, goTo, labelled, next, path, step, wait } from '../path.ts';
import { setBlocked, signalPending } from '../signal/pending.ts';
import type { Task } from '../state.ts';
import type { OutBuffer } from '../syscall/arguments.ts';
import { ERRNO, RESTART } from '../syscall/errno.ts';
import { unsignedLongAt, viewOf } from '../syscall/layouts.ts';
import { copyFromUser } from '../syscall/userCopy.ts';
import { cancelTimeout, startTimeout } from '../task/timers.ts';
import { fileOf } from './descriptors.ts';
import { POLL } from './flags.ts';
import { operationsOfFile } from './operations.ts';

declare module '../path.ts' {
  interface PathLocals {
    do_poll: DoPoll;
  }
}

export interface PollEntry {
  readonly fd: number;
  readonly events: number;
  found: number;
}

/** Where the answer goes: the array of struct pollfd, or the three sets of select. */
export type PollReport =
  | { readonly form: 'poll'; readonly given: Uint8Array; readonly output: OutBuffer }
  | { readonly form: 'select'; readonly bytes: number; readonly sets: readonly OutBuffer[] };

export interface DoPoll {
  readonly entries: PollEntry[];
  /** Cycle at which the wait is over; Infinity for none. */
  readonly due: number;
  readonly report: PollReport;
  /** Where the address of the signal mask is (pselect6), or 0; then the mask itself, or 0. */
  readonly maskPointer: number;
  mask: number;
  readonly bytes: Uint8Array;
}

/** Events that each of select's sets asks for, and those that make a file count as in it. */
const SET_EVENTS = [POLL.IN, POLL.OUT, 0x2] as const;
const SET_FOUND = [POLL.IN | POLL.HUP | POLL.ERR, POLL.OUT | POLL.ERR, 0x2] as const;

/** Events that select asks of a descriptor in the sets of these indexes. */
export function eventsOfSets(member: readonly boolean[]): number {
  return SET_EVENTS.reduce((events, event, i) => events | (member[i] ? event : 0), 0);
}

/** Answers how many files are ready, 0 when the time is over. */
export const doPoll = path('do_poll', 'fs/select.c', [
  step('pselect6: read where the signal mask is', (_k, _task, f) => (
    f.maskPointer === 0 ? goTo('mask') : copyFromUser(f.maskPointer, f.bytes)
  )),
  step('a bad pointer is EFAULT', (_k, _task, f, { returned }) => {
    if (returned > 0) return done(-ERRNO.EFAULT);
    f.mask = Number(unsignedLongAt(f.bytes, 0));
    return next;
  }),
  labelled('mask', 'read the signal mask for the wait', (_k, _task, f) => (
    f.mask === 0 ? goTo('start') : copyFromUser(f.mask, f.bytes.subarray(0, 8))
  )),
  step('put it in force', (_k, task, f, { returned }) => {
    if (returned > 0) return done(-ERRNO.EFAULT);
    task.savedBlocked = task.blocked;
    setBlocked(task, unsignedLongAt(f.bytes, 0));
    return next;
  }),
  labelled('start', 'start the timer', (k, task, f) => {
    if (f.due < Infinity && f.due > k.now()) startTimeout(k, task, k.state.files.pollQueue, f.due);
    return next;
  }),
  step('ask every file; sleep until something changes', (k, task, f) => (
    look(k, task, f) > 0 || k.now() >= f.due || signalPending(task) ? next : wait(k.state.files.pollQueue, true)
  )),
  step('report what is ready', (k, task, f) => {
    const { pollQueue } = k.state.files;
    cancelTimeout(k, task, pollQueue);
    const ready = look(k, task, f);
    if (ready === 0 && k.now() < f.due) return done(f.mask === 0 ? -ERRNO.EINTR : -RESTART.ERESTARTNOHAND);
    if (f.mask !== 0 && task.savedBlocked !== undefined) {
      setBlocked(task, task.savedBlocked);
      task.savedBlocked = undefined;
    }
    report(f);
    return done(f.report.form === 'poll' ? ready : members(f));
  }),
]);

/** Number of entries with something to report; their `found` is brought up to date. */
function look(k: Kernel, task: Task, f: DoPoll): number {
  let ready = 0;
  for (const entry of f.entries) {
    const file = fileOf(task, entry.fd);
    const now = file ? operationsOfFile(file).poll?.(k, file) ?? POLL.IN | POLL.OUT : POLL.NVAL;
    entry.found = entry.fd < 0 ? 0 : now & (entry.events | POLL.ERR | POLL.HUP | POLL.NVAL);
    if (entry.found !== 0) ready += 1;
  }
  return ready;
}

function report({ report: into, entries }: DoPoll): void {
  if (into.form === 'poll') {
    const bytes = into.given.slice();
    entries.forEach(({ found }, i) => { viewOf(bytes).setInt16(i * 8 + 6, found); });
    into.output.bytes = bytes;
    return;
  }
  into.sets.forEach((set, index) => {
    const bytes = new Uint8Array(into.bytes);
    const view = viewOf(bytes);
    for (const entry of entries) {
      if (!isMember(entry, index)) continue;
      const at = (entry.fd >> 6) * 8;
      view.setBigUint64(at, view.getBigUint64(at) | (1n << BigInt(entry.fd & 63)));
    }
    set.bytes = bytes;
  });
}

function members({ entries }: DoPoll): number {
  return entries.reduce((sum, entry) => sum + SET_FOUND.filter((_, index) => isMember(entry, index)).length, 0);
}

function isMember({ events, found }: PollEntry, set: number): boolean {
  return (events & (SET_EVENTS[set] ?? 0)) !== 0 && (found & (SET_FOUND[set] ?? 0)) !== 0;
}
