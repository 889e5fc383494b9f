/** Scripted devices: each answer of a handler, under a kernel with NOPAGE_RETRY and one without (facts 7, rows 29-33, 37, 43, 44). */
import { describe, expect, it } from 'vitest';
import { SIGNAL } from '../../../../src/sim/kernel/signal/numbers.ts';
import { dequeueSignal, setBlocked } from '../../../../src/sim/kernel/signal/pending.ts';
import { sendSignal, sentSignal } from '../../../../src/sim/kernel/signal/send.ts';
import type { Task } from '../../../../src/sim/kernel/state.ts';
import { Harness } from '../kernelHarness.ts';

const PAGE = 4096;
const WAIT = { answer: 'wait', cycles: 5000, interruptible: true } as const;

/** Faults, sleeps, and gets a signal while asleep; then runs to the end of the fault. */
function interruptedFault(h: Harness, task: Task, ea: number, signal: number = SIGNAL.SIGALRM): void {
  h.tryAccess(task, ea, 'read');
  h.enterFault(task);
  while (task.state === 'running') h.step(task);
  sendSignal(h.k, task, sentSignal(signal, 0, 1));
  h.run();
}

describe('a wait that a signal interrupts', () => {
  it('row 29: without NOPAGE_RETRY the program gets a SIGBUS that it does not deserve', () => {
    const h = new Harness({ kernel: '2.6.18' });
    const task = h.task();
    const ea = h.map(task, PAGE, { shared: true, source: h.device('busy', [WAIT]) });
    interruptedFault(h, task, ea);
    expect(h.faults()).toMatchObject([{
      mapping: '/dev/busy', handler: 'device_nopage', handlerAnswer: 'NOPAGE_SIGBUS', coreAnswer: { name: 'VM_FAULT_SIGBUS', value: 1 },
      outcome: 'SIGBUS', interruptedBy: SIGNAL.SIGALRM, effect: { pte: 'nobody', signal: { number: SIGNAL.SIGBUS, code: 2 } },
    }]);
    expect([dequeueSignal(task)?.number, dequeueSignal(task)?.number]).toEqual([SIGNAL.SIGBUS, SIGNAL.SIGALRM]);
    expect(task.minFlt).toBe(0);
  });

  it('row 30: with it the access is made again, and counts a MINOR fault for each signal', () => {
    const h = new Harness({ kernel: '2.6.18-retry' });
    const task = h.task();
    const ea = h.map(task, PAGE, { shared: true, source: h.device('busy', [{ ...WAIT, count: 3 }]) });
    interruptedFault(h, task, ea);
    expect(dequeueSignal(task)?.number).toBe(SIGNAL.SIGALRM);
    interruptedFault(h, task, ea, SIGNAL.SIGUSR1);
    expect(dequeueSignal(task)?.number).toBe(SIGNAL.SIGUSR1);
    expect(h.access(task, ea).kind).toBe('done');
    expect(h.faults()).toMatchObject([
      { attempt: 1, retryOf: undefined, handlerAnswer: 'NOPAGE_RETRY', coreAnswer: { name: 'VM_FAULT_MINOR', value: 2 }, outcome: 'RETRY', interruptedBy: SIGNAL.SIGALRM, effect: { pte: 'nobody', signal: undefined } },
      { attempt: 2, retryOf: 0, outcome: 'RETRY', interruptedBy: SIGNAL.SIGUSR1 },
      { attempt: 3, retryOf: 1, outcome: 'MINOR', handlerAnswer: 'page', interruptedBy: undefined, effect: { pte: 'core' } },
    ]);
    expect(h.faults()[2]?.waited).toBeGreaterThanOrEqual(5000);
    expect(task.minFlt).toBe(3);
  });

  it('row 30: attempts go on when the signal\'s handler has faults of its own', () => {
    const h = new Harness({ kernel: '2.6.18-retry' });
    const task = h.task();
    const ea = h.map(task, PAGE, { shared: true, source: h.device('busy', [{ ...WAIT, count: 2 }]) });
    const stack = h.map(task, 2 * PAGE);
    interruptedFault(h, task, ea);
    dequeueSignal(task);
    h.registers(task).pc = 0x5000n;
    h.access(task, stack, 'write');
    expect(h.access(task, 0x10, 'read')).toMatchObject({ kind: 'signal' });
    h.registers(task).pc = 0n;
    h.access(task, ea);
    expect(h.faults().map(({ outcome, attempt, retryOf }) => [outcome, attempt, retryOf])).toEqual([
      ['RETRY', 1, undefined], ['MINOR', 1, undefined], ['SIGSEGV', 1, undefined], ['MINOR', 2, 0],
    ]);
  });

  it('row 33: a blocked signal does not end the wait', () => {
    const h = new Harness({ kernel: '2.6.18' });
    const task = h.task();
    setBlocked(task, 1n << BigInt(SIGNAL.SIGALRM - 1));
    const ea = h.map(task, PAGE, { shared: true, source: h.device('busy', [WAIT]) });
    interruptedFault(h, task, ea);
    expect(h.faults()).toMatchObject([{ outcome: 'MINOR', interruptedBy: undefined }]);
  });

  it('an uninterruptible wait takes its time', () => {
    const h = new Harness({ kernel: '2.6.18' });
    const task = h.task();
    const ea = h.map(task, PAGE, { shared: true, source: h.device('slow', [{ ...WAIT, interruptible: false }]) });
    interruptedFault(h, task, ea);
    expect(h.faults()).toMatchObject([{ outcome: 'MINOR', interruptedBy: undefined }]);
    expect(h.faults()[0]?.waited).toBeGreaterThanOrEqual(5000);
  });
});

describe('what a driver answers', () => {
  it('row 37: an offset beyond the device is SIGBUS', () => {
    const h = new Harness();
    const task = h.task();
    const ea = h.map(task, 2 * PAGE, { shared: true, source: h.device('small', [], PAGE) });
    expect(h.access(task, ea).kind).toBe('done');
    expect(h.access(task, ea + PAGE)).toMatchObject({ kind: 'signal', info: { number: SIGNAL.SIGBUS, code: 2 } });
  });

  it('row 43: it sets the PTE itself and answers RETRY: one MINOR, the core installs nothing', () => {
    const h = new Harness({ kernel: '2.6.18-retry' });
    const task = h.task();
    const ea = h.map(task, PAGE, { shared: true, source: h.device('own', [{ answer: 'installAndRetry' }]) });
    expect(h.access(task, ea, 'read').kind).toBe('done');
    expect(h.faults()).toMatchObject([{ outcome: 'RETRY', handlerAnswer: 'NOPAGE_RETRY', coreAnswer: { name: 'VM_FAULT_MINOR' }, effect: { pte: 'handler', counters: ['min_flt', 'pgfault'] } }]);
    expect(task.minFlt).toBe(1);
  });

  it('row 43 before NOPAGE_RETRY existed: the driver has to say SIGBUS', () => {
    const h = new Harness({ kernel: '2.6.18' });
    const task = h.task();
    const ea = h.map(task, PAGE, { shared: true, source: h.device('own', [{ answer: 'installAndRetry' }]) });
    expect(h.access(task, ea)).toMatchObject({ kind: 'signal', info: { number: SIGNAL.SIGBUS } });
    expect(h.notices.join()).toContain('has no NOPAGE_RETRY');
  });

  it('row 44: RETRY with nothing installed and no signal spins, one fault a turn', () => {
    const h = new Harness({ kernel: '2.6.18-retry' });
    const task = h.task();
    const ea = h.map(task, PAGE, { shared: true, source: h.device('never', [{ answer: 'retry', count: Infinity }]) });
    for (let turn = 0; turn < 50; turn += 1) {
      expect(h.tryAccess(task, ea, 'write')).toBeUndefined();
      h.enterFault(task);
      h.run();
    }
    expect(task.minFlt).toBe(50);
    expect(h.faults().at(-1)).toMatchObject({ attempt: 50, retryOf: 48, outcome: 'RETRY', effect: { pte: 'nobody' } });
  });

  it('oom and sigbus are passed on; afterwards the script goes on', () => {
    const h = new Harness();
    const task = h.task();
    const second = h.task(task);
    const ea = h.map(task, PAGE, { shared: true, source: h.device('mixed', [{ answer: 'sigbus', count: 2 }, { answer: 'oom' }]) });
    expect(h.access(task, ea).kind).toBe('signal');
    expect(h.access(task, ea).kind).toBe('signal');
    expect(h.access(second, ea).kind).toBe('dead');
    expect(h.access(task, ea).kind).toBe('done');
    expect(h.faults().map(({ outcome, handlerAnswer, attempt }) => [outcome, handlerAnswer, attempt])).toEqual([
      ['SIGBUS', 'NOPAGE_SIGBUS', 1], ['SIGBUS', 'NOPAGE_SIGBUS', 2], ['OOM', 'NOPAGE_OOM', 1], ['MINOR', 'page', 3],
    ]);
  });
});

describe('the record before the effect', () => {
  it('is complete when the debugger is told, and the signal is sent only afterwards', () => {
    const h = new Harness({ kernel: '2.6.18' });
    const task = h.task();
    const ea = h.map(task, PAGE, { shared: true, source: h.device('bad', [{ answer: 'sigbus' }]) });
    h.tryAccess(task, ea, 'read');
    h.enterFault(task);
    while (h.decided.length === 0) h.step(task);
    expect(task.pending.queue).toEqual([]);
    expect(h.decided).toMatchObject([{ pending: false, record: { id: 0, outcome: 'SIGBUS', effect: { signal: { number: SIGNAL.SIGBUS, code: 2, address: BigInt(ea) } } } }]);
    // mmap_sem is free by then: whoever looks finds nothing locked.
    expect(task.mm.mmapSem.readers).toEqual([]);
    h.run();
    expect(task.pending.queue.map(({ number }) => number)).toEqual([SIGNAL.SIGBUS]);
    expect(h.decided[0]?.record).toEqual(h.faults()[0]);
  });
});
