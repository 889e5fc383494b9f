/** The loop around a machine that nobody debugs. */
import { pushInput } from '../../sim/kernel/files/console.ts';
import type { Machine } from '../../sim/machine.ts';
import type { RunEnd } from './programRun.ts';

/** What a run gets from outside. */
export interface Outside {
  /** Everything on standard input. Asked for when the program waits for it. */
  readInput(): Promise<Uint8Array>;
  /** The next line of it instead, where somebody types it; undefined at the end. */
  readonly nextLine?: (() => Promise<Uint8Array | undefined>) | undefined;
  /** Resolves when the run may go on: the host has had its turn. Rejects to give the run up. */
  turn(): Promise<void>;
}

/** Cycles between looks at the limit and at the world outside. */
const SLICE = 5_000_000;
/** The same where there is a limit: sleeping costs no budget, so a slice may go beyond it. */
const LIMITED_SLICE = 100_000;

/**
 * Runs until the program ends, nothing in it can run, or `maxCycles` have passed. Input is given to it as soon as
 * it waits for some, all at once, so that what it does depends on the input alone.
 */
export async function runToEnd(machine: Machine, maxCycles: number, world: Outside): Promise<RunEnd> {
  const slice = maxCycles === Infinity ? SLICE : LIMITED_SLICE;
  for (let used = 0; ; used += slice) {
    const left = maxCycles - machine.cycle;
    if (left <= 0) return { kind: 'limit' };
    const stop = machine.run(Math.min(left, slice));
    if (stop.kind === 'exit') return machine.cycle > maxCycles ? { kind: 'limit' } : stop.exit;
    const isStuck = stop.kind === 'deadlock';
    if (waitsForInput(machine, isStuck)) await giveInput(machine, world);
    else if (isStuck) return stop;
    if (used >= SLICE) {
      used = 0;
      await world.turn();
    }
  }
}

/** A thread is in a read of standard input, or everything stands still and one is in poll. */
export function waitsForInput({ state: { files: { stdin, pollQueue } } }: Machine, isStuck: boolean): boolean {
  return !stdin.closed && (stdin.queue.waiters.length > 0 || (isStuck && pollQueue.waiters.length > 0));
}

async function giveInput({ kernel }: Machine, { nextLine, ...outside }: Outside): Promise<void> {
  if (nextLine) {
    pushInput(kernel, await nextLine());
    return;
  }
  const bytes = await outside.readInput();
  if (bytes.length > 0) pushInput(kernel, bytes);
  pushInput(kernel, undefined);
}
