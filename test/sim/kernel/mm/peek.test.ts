/** The debugger's reads and writes: no fault, no counter, nothing installed by reading. */
import { describe, expect, it } from 'vitest';
import { peek, peekWord, poke } from '../../../../src/sim/kernel/mm/peek.ts';
import { PROT } from '../../../../src/sim/kernel/mm/mappings.ts';
import { Harness } from '../kernelHarness.ts';

const PAGE = 4096;

describe('peek', () => {
  it('sees present, untouched and file pages alike, and ends where nothing is mapped', () => {
    const h = new Harness();
    const task = h.task();
    const data = Uint8Array.from({ length: PAGE }, (_, i) => i & 0xff);
    const cached = h.map(task, PAGE, { prot: PROT.READ, source: h.source(h.file('/tmp/a', data, true)) });
    const onDisk = h.map(task, PAGE, { prot: 0, source: h.source(h.file('/host/b', data, false)) });
    const anonymous = h.map(task, PAGE);
    h.call(task, 'copy_to_user', { address: anonymous + 4, bytes: Uint8Array.of(1, 2, 3, 4) });
    const before = structuredClone({ counters: h.k.state.counters, mm: task.mm, count: h.k.state.faults.count });
    expect(peek(h.k, task.mm, cached + 16, 8)).toEqual(data.slice(16, 24));
    expect(peek(h.k, task.mm, onDisk + 32, 8)).toEqual(data.slice(32, 40));
    expect(peekWord(h.k, task.mm, anonymous + 4)).toBe(0x0102_0304);
    expect(peek(h.k, task.mm, anonymous + PAGE - 4, 16)).toHaveLength(4);
    expect(peek(h.k, task.mm, 0x1000, 4)).toHaveLength(0);
    expect(structuredClone({ counters: h.k.state.counters, mm: task.mm, count: h.k.state.faults.count })).toEqual(before);
  });
});

describe('poke', () => {
  it('writes private pages without touching the file or the page of zeros', () => {
    const h = new Harness();
    const task = h.task();
    const file = h.file('/tmp/a', new Uint8Array(PAGE).fill(7), true);
    const text = h.map(task, PAGE, { prot: PROT.READ | PROT.EXEC, source: h.source(file) });
    const shared = h.map(task, PAGE, { prot: PROT.READ, shared: true, source: h.source(file) });
    const zero = h.map(task, PAGE);
    const other = h.map(task, PAGE);
    h.access(task, zero, 'read');
    h.access(task, other, 'read');
    const counters = structuredClone(h.k.state.counters);
    expect(poke(h.k, task.mm, text + 4, Uint8Array.of(1, 2))).toBe(2);
    expect(poke(h.k, task.mm, zero, Uint8Array.of(5))).toBe(1);
    expect([...peek(h.k, task.mm, text + 3, 4)]).toEqual([7, 1, 2, 7]);
    expect([...peek(h.k, task.mm, shared + 3, 4)]).toEqual([7, 7, 7, 7]);
    expect([...peek(h.k, task.mm, zero, 1), ...peek(h.k, task.mm, other, 1)]).toEqual([5, 0]);
    expect(poke(h.k, task.mm, shared, Uint8Array.of(9))).toBe(1);
    expect(h.k.state.counters).toEqual(counters);
    expect(h.access(task, text, 'execute').kind).toBe('done');
    expect(h.access(task, text, 'write')).toMatchObject({ kind: 'signal', info: { code: 2 } });
    expect(poke(h.k, task.mm, 0x1000, Uint8Array.of(1))).toBe(0);
  });
});
