/** What is said about faults: descriptions, listings, JSON. */
import { describe, expect, it } from 'vitest';
import { describeFault } from '../../../../src/sim/kernel/fault/describe.ts';
import { FaultTexts } from '../../../../src/sim/kernel/fault/json.ts';
import { lineOf, listingOf } from '../../../../src/sim/kernel/fault/listing.ts';
import { FAULT_PATHS } from '../../../../src/sim/kernel/fault/paths.ts';
import { MEMORY_PATHS } from '../../../../src/sim/kernel/mm/paths.ts';
import { profileOf } from '../../../../src/sim/kernel/profile/lookup.ts';
import { SIGNAL } from '../../../../src/sim/kernel/signal/numbers.ts';
import { sendSignal, sentSignal } from '../../../../src/sim/kernel/signal/send.ts';
import { Harness } from '../kernelHarness.ts';

const PAGE = 4096;

/** The last fault of an access, described. */
function told(h: Harness): { readonly headline: string; readonly sentences: readonly string[] } {
  const record = h.faults().at(-1);
  if (!record) throw new Error('no fault');
  return describeFault(record, h.k.profile);
}

describe('a description', () => {
  it('of RETRY names the handler\'s answer, the core\'s, and what comes next', () => {
    const h = new Harness();
    const task = h.task();
    h.registers(task).pc = 0x1000_0040n;
    const ea = h.map(task, PAGE, { shared: true, source: h.device('busy', [{ answer: 'wait', cycles: 5000, interruptible: true }]) });
    h.tryAccess(task, ea, 'write');
    h.enterFault(task);
    while (task.state === 'running') h.step(task);
    sendSignal(h.k, task, sentSignal(SIGNAL.SIGALRM, 0, 1));
    h.run();
    const { headline, sentences } = told(h);
    expect(headline).toBe('RETRY: write to 0x40000000000 in /dev/busy');
    expect(sentences).toEqual([
      'The instruction at 0x10000040 of task 1000 wrote to 0x40000000000, in /dev/busy.',
      expect.stringMatching(/^It waited \d+ cycles, until SIGALRM ended the wait\.$/),
      'device_nopage answered NOPAGE_RETRY without setting a PTE: make the access again.',
      'The core of Linux 2.6.18-retry said VM_FAULT_MINOR (2): it has no answer of its own for RETRY.',
      'The instruction will run again, after any pending signal, and fault again unless something has changed.',
    ]);
  });

  it('of SIGBUS, SIGSEGV and OOM says who gets which signal', () => {
    const h = new Harness();
    const task = h.task();
    const ea = h.map(task, PAGE, { shared: true, source: h.device('bad', [{ answer: 'sigbus' }, { answer: 'oom' }]) });
    h.access(task, ea);
    expect(told(h).sentences).toContain('The kernel will send SIGBUS with si_code 2 and si_addr 0x40000000000.');
    h.access(task, 0x10);
    expect(told(h)).toMatchObject({ headline: 'SIGSEGV: read of 0x10 where nothing is mapped' });
    expect(told(h).sentences).toContain('No handler was asked, since no mapping holds the address.');
    h.access(task, ea);
    expect(told(h).sentences).toContain('The kernel will kill this thread with SIGKILL.');
    expect(told(h).sentences).toContain('This is attempt 2 of the same access; fault 0 was the one before.');
  });
});

describe('a listing', () => {
  it('has one line a step, and finds lines and steps for each other', () => {
    for (const path of Object.values({ ...FAULT_PATHS, ...MEMORY_PATHS })) {
      const profile = profileOf('2.6.18-retry');
      const listing = listingOf(path, profile);
      path.steps.forEach(({ text }, step) => {
        const line = listing.lineOfStep(step);
        if (line === undefined) return;
        expect(listing.lines[line - 1]).toContain(lineOf(text, profile));
        expect(listing.stepOfLine(line)).toBe(step);
      });
      expect(listing.stepOfLine(1)).toBeUndefined();
      expect(listing.lines.every((line) => !line.includes('\n'))).toBe(true);
    }
  });

  it('shows the proposal as a line of its own', () => {
    const without = listingOf(MEMORY_PATHS.do_no_page, profileOf('2.6.18')).lines;
    const with_ = listingOf(MEMORY_PATHS.do_no_page, profileOf('2.6.18-retry')).lines;
    expect(with_.slice(1).filter((line) => !without.includes(line))).toEqual([expect.stringContaining('NOPAGE_RETRY: leave the PTE alone, answer VM_FAULT_MINOR')]);
    expect(without.slice(1).filter((line) => !with_.includes(line))).toEqual([]);
  });

  it('every goTo of every path leads to a step', () => {
    for (const path of Object.values({ ...FAULT_PATHS, ...MEMORY_PATHS })) {
      for (const { action } of path.steps) {
        for (const [, label = ''] of action.toString().matchAll(/goTo\(["'](\w+)["']\)/g)) expect(path.labels.has(label), `${path.name}: ${label}`).toBe(true);
      }
    }
  });
});

describe('JSON', () => {
  it('has every field, addresses in hexadecimal', () => {
    const h = new Harness();
    const task = h.task();
    h.access(task, 0x1234, 'write');
    const [record] = h.faults();
    if (!record) throw new Error('no fault');
    const json = JSON.parse(new FaultTexts().of(record, { symbol: 'main+0x4', source: 'a.s:3' })) as Record<string, unknown>;
    expect(json).toEqual({
      id: 0, cycle: record.cycle, attempt: 1, retryOf: null, origin: 'ppe', task: task.tid, context: null, spe: null, pc: '0x0',
      symbol: 'main+0x4', source: 'a.s:3', command: null, tag: null, ea: '0x1234', access: 'write', mapping: '', handler: '', handlerAnswer: 'none',
      coreAnswer: null, outcome: 'SIGSEGV', waited: 0, interruptedBy: null,
      effect: { pte: 'nobody', signal: { name: 'SIGSEGV', siCode: 1, siAddr: '0x1234' }, killed: null, counters: [] },
      trail: ['do_page_fault:0', 'do_page_fault:1', 'do_page_fault:2', 'do_page_fault:12', 'do_page_fault:13'],
    });
  });
});
