/** How long contexts wait for an SPE: what shows that one starves (facts 8.8). */
import type { Kernel } from '../../kernel.ts';
import { contextChanged } from '../../../timeline/record.ts';
import type { SpuContext } from '../state.ts';

/** A thread, or the run queue, wants the context on an SPE. */
export function waitBegins(k: Kernel, context: SpuContext): void {
  const { waiting } = context.schedule;
  waiting.wanted += 1;
  if (waiting.since !== undefined) return;
  waiting.since = k.now();
  contextChanged(k, context);
}

/** Whoever wanted it has it, or has given up. */
export function waitEnds(k: Kernel, context: SpuContext): void {
  const { waiting } = context.schedule;
  waiting.wanted -= 1;
  if (waiting.wanted > 0) return;
  stopCounting(k.now(), context);
  contextChanged(k, context);
}

/** The context is on an SPE. */
export function waitIsOver(k: Kernel, context: SpuContext): void {
  stopCounting(k.now(), context);
}

/** The context has lost its SPE, while somebody still wants it there. */
export function waitGoesOn(k: Kernel, { schedule: { waiting } }: SpuContext): void {
  if (waiting.wanted > 0) waiting.since ??= k.now();
}

/** Cycles that a context has waited for an SPE up to `now`, the wait that goes on included. */
export function waitedCycles({ schedule: { waiting: { total, since } } }: Pick<SpuContext, 'schedule'>, now: number): number {
  return total + (since === undefined ? 0 : Math.max(now - since, 0));
}

/** Cycles of its longest wait up to `now`. */
export function longestWait({ schedule: { waiting: { longest, since } } }: Pick<SpuContext, 'schedule'>, now: number): number {
  return Math.max(longest, since === undefined ? 0 : now - since);
}

function stopCounting(now: number, { schedule: { waiting } }: SpuContext): void {
  if (waiting.since === undefined) return;
  const cycles = now - waiting.since;
  waiting.total += cycles;
  waiting.longest = Math.max(waiting.longest, cycles);
  waiting.since = undefined;
}
