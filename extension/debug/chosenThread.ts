/** Which thread a command means: the one whose row on the call stack was clicked, else the one that is selected. */

/** What VS Code hands to a command of the call stack's context menu. */
export interface CallStackItem {
  readonly sessionId?: string;
  /** `thread:SESSION:NUMBER`, or the number. */
  readonly threadId?: number | string;
}

export interface SelectedThread<S> {
  readonly session: S | undefined;
  readonly threadId: number | undefined;
}

export interface ChosenThread<S> {
  readonly session: S;
  readonly threadId: number;
}

/** Sessions number their threads alike, so that a thread that was clicked is one of its own session only. Undefined where there is none. */
export function chosenThread<S>(item: CallStackItem | undefined, sessions: ReadonlyMap<string, S>, selected: SelectedThread<S>): ChosenThread<S> | undefined {
  const session = item?.sessionId === undefined ? selected.session : sessions.get(item.sessionId);
  const threadId = numberOf(item) ?? (session === selected.session ? selected.threadId : undefined);
  return session === undefined || threadId === undefined ? undefined : { session, threadId };
}

function numberOf(item: CallStackItem | undefined): number | undefined {
  const last = String(item?.threadId ?? '').split(':').at(-1) ?? '';
  return /^\d+$/.test(last) ? Number(last) : undefined;
}
