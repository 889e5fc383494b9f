/** Kernel accesses to user memory: copies, get_user_pages, futex faults (facts 2.4; 7, rows 46-50). */
import { describe, expect, it } from 'vitest';
import { isAnonymous, releasePage } from '../../../../src/sim/kernel/mm/frames.ts';
import { PROT, protectRegion } from '../../../../src/sim/kernel/mm/mappings.ts';
import { outOfMemory } from '../../../../src/sim/kernel/mm/oomKiller.ts';
import { newFrame } from '../../../../src/sim/kernel/path.ts';
import { Harness } from '../kernelHarness.ts';

const PAGE = 4096;
const EFAULT = 14;
const ENOMEM = 12;

describe('copy_to_user and copy_from_user', () => {
  it('cross pages, fault as the kernel\'s, and bring the same bytes back', () => {
    const h = new Harness();
    const task = h.task();
    const ea = h.map(task, 3 * PAGE) + PAGE - 10;
    const bytes = Uint8Array.from({ length: PAGE + 20 }, (_, i) => i & 0xff);
    expect(h.call(task, 'copy_to_user', { address: ea, bytes })).toBe(0);
    expect(h.faults().map(({ origin, outcome, access, ea: at }) => [origin, outcome, access, Number(at)])).toEqual([
      ['kernel', 'MINOR', 'write', ea], ['kernel', 'MINOR', 'write', ea + 10], ['kernel', 'MINOR', 'write', ea + 10 + PAGE],
    ]);
    expect(task.minFlt).toBe(3);
    const back = new Uint8Array(bytes.length);
    expect(h.call(task, 'copy_from_user', { address: ea, bytes: back })).toBe(0);
    expect(back).toEqual(bytes);
    expect(h.faults()).toHaveLength(3);
  });

  it('answer what is left where a fault is not served, and send no signal', () => {
    const h = new Harness();
    const task = h.task();
    const ea = h.map(task, PAGE);
    expect(h.call(task, 'copy_to_user', { address: ea + PAGE - 6, bytes: new Uint8Array(10) })).toBe(4);
    expect(h.faults().at(-1)).toMatchObject({ origin: 'kernel', outcome: 'SIGSEGV', effect: { signal: undefined } });
    expect(task.pending.queue).toEqual([]);
    expect(h.call(task, 'copy_from_user', { address: 0xc000_0000_0000, bytes: new Uint8Array(8) })).toBe(8);
    protectRegion(h.k, task.mm, ea, PAGE, PROT.READ);
    expect(h.call(task, 'copy_to_user', { address: ea, bytes: new Uint8Array(8) })).toBe(8);
  });

  it('SIGBUS and OOM of a kernel access are -EFAULT for the call and no more', () => {
    const h = new Harness();
    const task = h.task();
    const ea = h.map(task, PAGE, { shared: true, source: h.device('bad', [{ answer: 'sigbus' }, { answer: 'oom' }]) });
    expect(h.call(task, 'copy_from_user', { address: ea, bytes: new Uint8Array(8) })).toBe(8);
    expect(h.call(task, 'copy_from_user', { address: ea, bytes: new Uint8Array(8) })).toBe(8);
    expect(h.faults().map(({ outcome, effect }) => [outcome, effect.signal, effect.killed])).toEqual([['SIGBUS', undefined, undefined], ['OOM', undefined, undefined]]);
    expect(task.state).toBe('running');
  });

  it('row 46: a handler that always says RETRY keeps the kernel spinning', () => {
    const h = new Harness({ kernel: '2.6.18-retry' });
    const task = h.task();
    const ea = h.map(task, PAGE, { shared: true, source: h.device('never', [{ answer: 'retry', count: Infinity }]) });
    task.kernelStack.push(newFrame('copy_to_user', { address: ea, bytes: new Uint8Array(4) }));
    for (let i = 0; i < 3000; i += 1) h.step(task);
    expect(task.kernelStack.length).toBeGreaterThan(0);
    expect(task.minFlt).toBeGreaterThan(50);
    expect(h.faults().every(({ outcome, origin }) => outcome === 'RETRY' && origin === 'kernel')).toBe(true);
  });
});

describe('strncpy_from_user', () => {
  it('finds the NUL across pages, the lack of one, and bad pointers', () => {
    const h = new Harness();
    const task = h.task();
    const ea = h.map(task, 2 * PAGE);
    const text = new TextEncoder().encode('/tmp/a-name-across-pages\0');
    h.call(task, 'copy_to_user', { address: ea + PAGE - 8, bytes: text });
    const bytes = new Uint8Array(64);
    expect(h.call(task, 'strncpy_from_user', { address: ea + PAGE - 8, bytes })).toBe(text.length - 1);
    expect(bytes.subarray(0, text.length)).toEqual(text);
    expect(h.call(task, 'strncpy_from_user', { address: ea + PAGE - 8, bytes: new Uint8Array(6) })).toBe(6);
    expect(h.call(task, 'strncpy_from_user', { address: 8, bytes: new Uint8Array(6) })).toBe(-EFAULT);
  });
});

describe('get_user_pages', () => {
  it('brings pages in and holds them', () => {
    const h = new Harness();
    const task = h.task();
    const ea = h.map(task, 3 * PAGE);
    const frames: number[] = [];
    expect(h.call(task, 'get_user_pages', { mm: task.mm, address: ea, end: ea + 3 * PAGE, write: true, frames, got: 0 })).toBe(3);
    expect(frames.map((frame) => isAnonymous(h.k, frame))).toEqual([true, true, true]);
    expect(h.faults().map(({ origin, outcome }) => [origin, outcome])).toEqual([['kernel', 'MINOR'], ['kernel', 'MINOR'], ['kernel', 'MINOR']]);
    for (const frame of frames) releasePage(h.k, frame);
  });

  it('answers the pages that it got, or the error', () => {
    const h = new Harness();
    const task = h.task();
    const ea = h.map(task, PAGE);
    const end = ea + 2 * PAGE;
    expect(h.call(task, 'get_user_pages', { mm: task.mm, address: ea, end, write: true, frames: undefined, got: 0 })).toBe(1);
    expect(h.call(task, 'get_user_pages', { mm: task.mm, address: ea + PAGE, end, write: false, frames: undefined, got: 0 })).toBe(-EFAULT);
    const device = h.map(task, PAGE, { shared: true, source: h.device('oom', [{ answer: 'oom' }, { answer: 'sigbus' }]) });
    const one = { mm: task.mm, address: device, end: device + PAGE, write: false, frames: undefined, got: 0 };
    expect(h.call(task, 'get_user_pages', { ...one })).toBe(-ENOMEM);
    expect(h.call(task, 'get_user_pages', { ...one })).toBe(-EFAULT);
  });

  it('row 50: loops while the handler says RETRY, one min_flt a turn, until the PTE appears', () => {
    const h = new Harness({ kernel: '2.6.18-retry' });
    const task = h.task();
    const ea = h.map(task, PAGE, { shared: true, source: h.device('later', [{ answer: 'retry', count: 7 }, { answer: 'page' }]) });
    expect(h.call(task, 'get_user_pages', { mm: task.mm, address: ea, end: ea + PAGE, write: false, frames: undefined, got: 0 })).toBe(1);
    expect(task.minFlt).toBe(8);
    expect(h.faults().map(({ outcome, attempt }) => [outcome, attempt])).toEqual([
      ...Array.from({ length: 7 }, (_, i) => ['RETRY', i + 1]), ['MINOR', 8],
    ]);
  });

  it.each([['2.6.21', 3], ['2.6.23', -ENOMEM]])('goes on in a process that the OOM killer has chosen, until 2.6.23: %s', (kernel, answer) => {
    const h = new Harness({ kernel });
    const asking = h.task();
    const victim = h.task();
    const ea = h.map(victim, 64 * PAGE);
    expect(outOfMemory(h.k, asking)).toBe('another');
    expect(h.call(victim, 'get_user_pages', { mm: victim.mm, address: ea, end: ea + 3 * PAGE, write: true, frames: undefined, got: 0 })).toBe(answer);
  });

  it('mlock brings in every page of the range, as far as its mapping allows', () => {
    const h = new Harness();
    const task = h.task();
    const ea = h.map(task, 2 * PAGE);
    protectRegion(h.k, task.mm, ea + PAGE, PAGE, PROT.READ);
    expect(h.call(task, 'do_mlock', { address: ea, length: 2 * PAGE })).toBe(0);
    expect(task.mm.vmas.every(({ locked }) => locked)).toBe(true);
    expect(task.mm).toMatchObject({ anonPages: 1, filePages: 1 });
    expect(task.mm.mmapSem).toMatchObject({ readers: [], writer: undefined });
  });
});

describe('futex_handle_fault', () => {
  it('brings the page in for two attempts, then gives up', () => {
    const h = new Harness();
    const task = h.task();
    const ea = h.map(task, PAGE);
    expect(h.call(task, 'futex_handle_fault', { address: ea, write: true, attempt: 1 })).toBe(0);
    expect(task.minFlt).toBe(1);
    expect(h.call(task, 'futex_handle_fault', { address: ea, write: true, attempt: 3 })).toBe(-EFAULT);
    expect(h.call(task, 'futex_handle_fault', { address: 16, write: true, attempt: 1 })).toBe(-EFAULT);
    expect(task.mm.mmapSem.readers).toEqual([]);
  });
});

describe('mmap_sem', () => {
  it('a waiting writer keeps later readers out, and is served first', () => {
    const h = new Harness({ threads: 3 });
    const a = h.task();
    const b = h.task(a);
    const c = h.task(a);
    const slow = h.map(a, PAGE, { shared: true, source: h.device('slow', [{ answer: 'wait', cycles: 10_000 }]) });
    const quick = h.map(a, PAGE);
    h.tryAccess(a, slow, 'read');
    h.enterFault(a);
    while (a.state === 'running') h.step(a);
    b.kernelStack.push(newFrame('do_munmap', { address: 0x7000_0000, length: PAGE }));
    h.step(b);
    expect(b.state).toBe('uninterruptible');
    h.tryAccess(c, quick, 'write');
    h.enterFault(c);
    while (c.state === 'running') h.step(c);
    expect(c.waitingOn).toBe(a.mm.mmapSem.queue);
    h.run();
    expect(h.faults().map(({ task, outcome }) => [task, outcome])).toEqual([[a.tid, 'MINOR'], [c.tid, 'MINOR']]);
    expect(h.faults()[1]?.waited).toBeGreaterThan(5000);
    expect(a.mm.mmapSem).toMatchObject({ readers: [], writer: undefined, granted: [] });
  });
});
