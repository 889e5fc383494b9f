/** Tells the client which threads began and ended since it was told last. */
import type { Machine } from '../../sim/machine.ts';
import type { Outbound } from '../session/outbound.ts';
import { livingThreads, threadIdOf } from './threads.ts';

export class ThreadEvents {
  private known: ReadonlySet<number> = new Set();

  constructor(private readonly outbound: Outbound) {}

  update(machine: Machine): void {
    const now = new Set(livingThreads(machine).map(threadIdOf));
    for (const threadId of now) if (!this.known.has(threadId)) this.outbound.event('thread', { reason: 'started', threadId });
    for (const threadId of this.known) if (!now.has(threadId)) this.outbound.event('thread', { reason: 'exited', threadId });
    this.known = now;
  }

  /**
   * All threads are gone with their machine. The newest goes first: VS Code selects the first thread that is left when the selected one exits, and what follows the
   * selection (the context that is unfolded for its thread) would otherwise follow it through every SPU on the way to the end.
   */
  clear(): void {
    for (const threadId of [...this.known].reverse()) this.outbound.event('thread', { reason: 'exited', threadId });
    this.known = new Set();
  }
}
