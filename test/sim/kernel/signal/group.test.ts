/** Who is told of a signal that is sent to a group: one thread (kernel/signal.c, complete_signal). */
import { describe, expect, it } from 'vitest';
import { SI, SIGNAL, signalBit } from '../../../../src/sim/kernel/signal/numbers.ts';
import { dequeueSignal, setBlocked, signalPending } from '../../../../src/sim/kernel/signal/pending.ts';
import { handOnSignals, sendSignal, sentSignal } from '../../../../src/sim/kernel/signal/send.ts';
import type { Task } from '../../../../src/sim/kernel/state.ts';
import { newWaitQueue, sleepOn } from '../../../../src/sim/kernel/wait.ts';
import { Harness } from '../kernelHarness.ts';

interface Sleepers {
  readonly harness: Harness;
  readonly first: Task;
  readonly second: Task;
}

function twoSleepers(): Sleepers {
  const harness = new Harness();
  const first = harness.task();
  const second = harness.task(first);
  for (const task of [first, second]) sleepOn(task, newWaitQueue('test'), true, false);
  return { harness, first, second };
}

function send({ harness, first }: Sleepers, number: number = SIGNAL.SIGUSR1): void {
  first.group.handlers.actions.set(number, { handler: 0x1000n, flags: 0, mask: 0n });
  sendSignal(harness.k, first.group, sentSignal(number, SI.USER, 1));
}

describe('a signal for a group', () => {
  it('wakes one of two threads in interruptible waits; the other has nothing to look at', () => {
    const sleepers = twoSleepers();
    const { first, second } = sleepers;
    send(sleepers);
    expect([first, second].map(({ state }) => state)).toEqual(['ready', 'interruptible']);
    expect([first, second].map(signalPending)).toEqual([true, false]);
    expect(dequeueSignal(first)?.number).toBe(SIGNAL.SIGUSR1);
    expect(signalPending(first)).toBe(false);
  });

  it('goes past threads that block it, and past one that has another signal to look at', () => {
    const sleepers = twoSleepers();
    const { first, second } = sleepers;
    send(sleepers);
    send(sleepers, SIGNAL.SIGUSR2);
    expect([first, second].map(signalPending)).toEqual([true, true]);
    const blocking = twoSleepers();
    setBlocked(blocking.first, signalBit(SIGNAL.SIGUSR1));
    send(blocking);
    expect([blocking.first, blocking.second].map(signalPending)).toEqual([false, true]);
  });

  it('waits for the first thread that unblocks it where all block it', () => {
    const sleepers = twoSleepers();
    const { first, second } = sleepers;
    for (const task of [first, second]) setBlocked(task, signalBit(SIGNAL.SIGUSR1));
    send(sleepers);
    expect([first, second].map(signalPending)).toEqual([false, false]);
    setBlocked(second, 0n);
    expect([first, second].map(signalPending)).toEqual([false, true]);
  });

  it('is handed on by a thread that ends before it has taken it', () => {
    const sleepers = twoSleepers();
    const { harness, first, second } = sleepers;
    send(sleepers);
    handOnSignals(harness.k, first);
    expect(second.state).toBe('ready');
    expect(signalPending(second)).toBe(true);
  });
});

describe('real-time signals beyond RLIMIT_SIGPENDING', () => {
  it('are refused when tgkill sends them; kill makes them pending once, without a sender', () => {
    const { harness: { k }, first } = twoSleepers();
    const [one, other] = [34, 35];
    first.group.limits.set(11, { soft: 3n, hard: 3n });
    setBlocked(first, signalBit(one) | signalBit(other));
    const tgkill = (): number => sendSignal(k, first, sentSignal(one, SI.TKILL, 7));
    expect([tgkill(), tgkill(), tgkill(), tgkill()]).toEqual([0, 0, 0, -11]);
    const kill = (): number => sendSignal(k, first, sentSignal(other, SI.USER, 7));
    expect([kill(), kill()]).toEqual([0, 0]);
    expect(first.pending.queue.map(({ number, sender }) => [number, sender])).toEqual([[one, 7], [one, 7], [one, 7], [other, 0]]);
    // Standard signals have room always.
    expect(sendSignal(k, first, sentSignal(SIGNAL.SIGTERM, SI.USER, 7))).toBe(0);
  });
});
