/** Rows of facts, section 7, that need no SPE: what each fault's record says and what the program sees. */
import { describe, expect, it } from 'vitest';
import type { FaultRecord } from '../../../../src/sim/kernel/fault/state.ts';
import { protectRegion, PROT } from '../../../../src/sim/kernel/mm/mappings.ts';
import { takeFrames } from '../../../../src/sim/kernel/mm/frames.ts';
import { SIGNAL } from '../../../../src/sim/kernel/signal/numbers.ts';
import { sendSignal, sentSignal } from '../../../../src/sim/kernel/signal/send.ts';
import type { Task } from '../../../../src/sim/kernel/state.ts';
import { Harness } from '../kernelHarness.ts';

const PAGE = 4096;

function only(h: Harness): FaultRecord {
  const faults = h.faults();
  expect(faults).toHaveLength(1);
  const [record] = faults;
  if (!record) throw new Error('no fault');
  return record;
}

function counters(h: Harness, task: Task): object {
  return { min: task.minFlt, maj: task.majFlt, pgfault: h.k.state.counters.pgfault, pgmajfault: h.k.state.counters.pgmajfault };
}

/** Fills all memory that is left. */
function useUpMemory(h: Harness): void {
  while (takeFrames(h.k, 1) !== undefined);
}

describe('anonymous memory', () => {
  it('row 1: a first write gets a zeroed page of its own, MINOR', () => {
    const h = new Harness();
    const task = h.task();
    const ea = h.map(task, 4 * PAGE);
    expect(h.access(task, ea + 8, 'write').kind).toBe('done');
    expect(only(h)).toMatchObject({
      origin: 'ppe', access: 'write', ea: BigInt(ea + 8), mapping: '[anon]', handler: 'anonymous', handlerAnswer: 'none',
      coreAnswer: { name: 'VM_FAULT_MINOR', value: 2 }, outcome: 'MINOR', attempt: 1, retryOf: undefined,
      effect: { pte: 'core', signal: undefined, killed: undefined, counters: ['min_flt', 'pgfault'] },
    });
    expect(counters(h, task)).toEqual({ min: 1, maj: 0, pgfault: 1, pgmajfault: 0 });
    expect(task.mm).toMatchObject({ anonPages: 1, filePages: 0 });
    // The entry was put into the hash table with the PTE (facts 2.1 step 5).
    expect(h.k.state.counters.hashRefill).toBe(0);
  });

  it('rows 2 and 5: a first read gets the page of zeros, a later write its copy', () => {
    const h = new Harness();
    const task = h.task();
    const ea = h.map(task, PAGE);
    h.access(task, ea, 'read');
    expect(task.mm).toMatchObject({ anonPages: 0, filePages: 1 });
    h.access(task, ea, 'write');
    expect(h.faults().map((f) => [f.access, f.outcome, f.coreAnswer?.value, f.trail.some((t) => t.path === 'do_wp_page')])).toEqual([
      ['read', 'MINOR', 2, false],
      // VM_FAULT_WRITE 0x10 is stripped by handle_mm_fault.
      ['write', 'MINOR', 2, true],
    ]);
    expect(counters(h, task)).toEqual({ min: 2, maj: 0, pgfault: 2, pgmajfault: 0 });
    expect(task.mm).toMatchObject({ anonPages: 1, filePages: 0 });
  });

  it('row 13: no memory kills the thread, counts no fault, and leaves the other threads', () => {
    const h = new Harness();
    const task = h.task();
    const second = h.task(task);
    const ea = h.map(task, PAGE);
    useUpMemory(h);
    expect(h.access(second, ea, 'write')).toEqual({ kind: 'dead' });
    expect(only(h)).toMatchObject({
      outcome: 'OOM', coreAnswer: { name: 'VM_FAULT_OOM', value: 0 }, effect: { pte: 'nobody', killed: 'thread', signal: undefined, counters: ['pgfault'] },
    });
    expect(h.notices).toEqual(['Out of memory: process 1000 (test) has the most badness, 1.', 'VM: killing process test']);
    expect(task.state).toBe('running');
    expect(task.group.exit).toBeUndefined();
    expect(second.exitCode).toBe(SIGNAL.SIGKILL);
    expect(task.minFlt + second.minFlt).toBe(0);
  });

  it('row 13: where the kernel kills groups, all threads get SIGKILL', () => {
    const h = new Harness({ kernel: { base: '2.6.18', oomKills: 'group' } });
    const task = h.task();
    const second = h.task(task);
    const ea = h.map(task, PAGE);
    useUpMemory(h);
    h.access(second, ea, 'write');
    expect(only(h).effect.killed).toBe('group');
    expect(task.group.exit).toEqual({ kind: 'signal', signal: SIGNAL.SIGKILL });
    expect(task.pending.queue.map(({ number }) => number)).toEqual([SIGNAL.SIGKILL]);
  });

  it('row 13: a mapping\'s own limit is OOM too', () => {
    const h = new Harness({ mappingLimits: new Map([['[anon]', 2 * PAGE]]) });
    const task = h.task();
    const ea = h.map(task, 4 * PAGE);
    expect(h.access(task, ea, 'write').kind).toBe('done');
    expect(h.access(task, ea + PAGE, 'write').kind).toBe('done');
    expect(h.access(task, ea + 2 * PAGE, 'write').kind).toBe('dead');
    expect(h.faults().map((f) => f.outcome)).toEqual(['MINOR', 'MINOR', 'OOM']);
  });

  it('row 13: process 1 is not killed: it tries until there is memory', () => {
    const h = new Harness();
    h.k.state.nextTid = 1;
    const init = h.task();
    const ea = h.map(init, PAGE);
    useUpMemory(h);
    h.tryAccess(init, ea, 'write');
    h.enterFault(init);
    for (let i = 0; i < 200; i += 1) h.step(init);
    expect(init.kernelStack.length).toBeGreaterThan(0);
    expect(h.faults()).toEqual([]);
    h.k.state.frames.used -= 1;
    h.k.state.frames.references[1000] = 0;
    h.k.state.frames.hint = 0;
    h.run();
    expect(only(h)).toMatchObject({ outcome: 'MINOR', attempt: 1 });
  });
});

describe('files', () => {
  const bytes = new Uint8Array(2 * PAGE).fill(0x5a);

  it('row 3: a page in the page cache is MINOR', () => {
    const h = new Harness();
    const task = h.task();
    const ea = h.map(task, 2 * PAGE, { prot: PROT.READ, source: h.source(h.file('/tmp/data', bytes, true)) });
    const end = h.access(task, ea);
    expect(end.kind === 'done' && h.k.memory[end.physical]).toBe(0x5a);
    expect(only(h)).toMatchObject({
      mapping: '/tmp/data', handler: 'filemap_nopage', handlerAnswer: 'page', outcome: 'MINOR', waited: 0,
      effect: { pte: 'core', counters: ['min_flt', 'pgfault'] },
    });
    expect(task.mm).toMatchObject({ anonPages: 0, filePages: 1 });
  });

  it('row 4: one that is not comes from the disk, MAJOR; the wait is not interruptible', () => {
    const h = new Harness();
    const task = h.task();
    const ea = h.map(task, 2 * PAGE, { prot: PROT.READ, source: h.source(h.file('/host/data', bytes, false)) });
    h.tryAccess(task, ea, 'read');
    h.enterFault(task);
    while (task.state !== 'uninterruptible') h.step(task);
    sendSignal(h.k, task, sentSignal(SIGNAL.SIGUSR1, 0, 1));
    expect(task.state).toBe('uninterruptible');
    h.run();
    expect(only(h)).toMatchObject({
      handlerAnswer: 'page', coreAnswer: { name: 'VM_FAULT_MAJOR', value: 3 }, outcome: 'MAJOR', interruptedBy: undefined,
      effect: { pte: 'core', counters: ['pgfault', 'pgmajfault', 'maj_flt'].sort((a, b) => order(a) - order(b)) },
    });
    expect(only(h).waited).toBeGreaterThanOrEqual(h.k.profile.cost.diskRead - 100 * h.k.profile.cost.step);
    expect(counters(h, task)).toEqual({ min: 0, maj: 1, pgfault: 1, pgmajfault: 1 });
    const end = h.access(task, ea);
    expect(end.kind === 'done' && h.k.memory[end.physical]).toBe(0x5a);
    expect(h.faults()).toHaveLength(1);
  });

  it('row 6: a first write to a private file page copies it at once', () => {
    const h = new Harness();
    const task = h.task();
    const file = h.file('/tmp/data', bytes, true);
    const ea = h.map(task, PAGE, { source: h.source(file) });
    const end = h.access(task, ea, 'write');
    if (end.kind !== 'done') throw new Error('not done');
    h.k.memory[end.physical] = 1;
    expect(only(h)).toMatchObject({ handlerAnswer: 'page', outcome: 'MINOR', effect: { pte: 'core' } });
    expect(task.mm).toMatchObject({ anonPages: 1, filePages: 0 });
    const other = h.map(task, PAGE, { source: h.source(file) });
    const seen = h.access(task, other, 'read');
    expect(seen.kind === 'done' && h.k.memory[seen.physical]).toBe(0x5a);
  });

  it('shared writes reach the file', () => {
    const h = new Harness();
    const task = h.task();
    const source = h.source(h.file('/tmp/data', bytes, true));
    const first = h.map(task, PAGE, { source, shared: true });
    const second = h.map(task, PAGE, { source, shared: true });
    const written = h.access(task, first, 'write');
    const read = h.access(task, second, 'read');
    expect(written).toEqual(read);
  });

  it('row 8: beyond the end of the file is SIGBUS, BUS_ADRERR, at the address', () => {
    const h = new Harness();
    const task = h.task();
    const ea = h.map(task, 4 * PAGE, { source: h.source(h.file('/tmp/data', bytes, true)) }) + 2 * PAGE + 16;
    const end = h.access(task, ea, 'read');
    expect(end).toMatchObject({ kind: 'signal', info: { number: SIGNAL.SIGBUS, code: 2, address: BigInt(ea) } });
    expect(only(h)).toMatchObject({
      handlerAnswer: 'NOPAGE_SIGBUS', coreAnswer: { name: 'VM_FAULT_SIGBUS', value: 1 }, outcome: 'SIGBUS',
      effect: { pte: 'nobody', signal: { number: SIGNAL.SIGBUS, code: 2, address: BigInt(ea) }, counters: ['pgfault'] },
    });
    expect(counters(h, task)).toEqual({ min: 0, maj: 0, pgfault: 1, pgmajfault: 0 });
  });

  it('row 9: a disk that fails is SIGBUS; PGMAJFAULT was counted by then', () => {
    const h = new Harness();
    const task = h.task();
    const ea = h.map(task, PAGE, { source: h.source(h.file('/host/data', bytes, false)) });
    h.hostFiles.clear();
    const { used } = h.k.state.frames;
    expect(h.access(task, ea)).toMatchObject({ kind: 'signal', info: { number: SIGNAL.SIGBUS, code: 2 } });
    expect(only(h)).toMatchObject({ handlerAnswer: 'NOPAGE_SIGBUS', outcome: 'SIGBUS', effect: { counters: ['pgfault', 'pgmajfault'] } });
    expect(h.k.state.frames.used).toBe(used);
  });

  it('row 13: no page for a read from the disk is NOPAGE_OOM', () => {
    const h = new Harness();
    const task = h.task();
    const ea = h.map(task, PAGE, { source: h.source(h.file('/host/data', bytes, false)) });
    useUpMemory(h);
    expect(h.access(task, ea).kind).toBe('dead');
    expect(only(h)).toMatchObject({ handlerAnswer: 'NOPAGE_OOM', outcome: 'OOM' });
  });
});

/** Counters in the order of the log's bits. */
function order(counter: string): number {
  return ['min_flt', 'maj_flt', 'pgfault', 'pgmajfault'].indexOf(counter);
}

describe('no handler is asked', () => {
  it('row 10: no mapping is SIGSEGV, SEGV_MAPERR, and no PGFAULT', () => {
    const h = new Harness();
    const task = h.task();
    expect(h.access(task, 0x1234, 'write')).toMatchObject({ kind: 'signal', info: { number: SIGNAL.SIGSEGV, code: 1, address: 0x1234n, trap: 0x300, dsisr: 0x4200_0000 } });
    expect(only(h)).toMatchObject({ outcome: 'SIGSEGV', coreAnswer: undefined, mapping: '', effect: { signal: { code: 1 }, counters: [] } });
    expect(counters(h, task)).toEqual({ min: 0, maj: 0, pgfault: 0, pgmajfault: 0 });
  });

  it('row 10: an address outside the user region is a segment trap', () => {
    const h = new Harness();
    const task = h.task();
    const kernel = 0xc000_0000_0000_0000;
    expect(h.access(task, kernel)).toMatchObject({ kind: 'signal', info: { code: 1, address: 0xc000_0000_0000_0000n, trap: 0x380 } });
  });

  it('row 11: a forbidden write, read and execution are SEGV_ACCERR', () => {
    const h = new Harness();
    const task = h.task();
    const readable = h.map(task, PAGE, { prot: PROT.READ });
    const none = h.map(task, PAGE, { prot: 0 });
    h.access(task, readable, 'read');
    expect(h.access(task, readable, 'write')).toMatchObject({ kind: 'signal', info: { number: SIGNAL.SIGSEGV, code: 2 } });
    expect(h.access(task, none, 'read')).toMatchObject({ kind: 'signal', info: { code: 2, address: BigInt(none) } });
    expect(h.access(task, readable, 'execute')).toMatchObject({ kind: 'signal', info: { code: 2, trap: 0x400 } });
    expect(h.faults().map((f) => [f.access, f.outcome, f.mapping])).toEqual([
      ['read', 'MINOR', '[anon]'], ['write', 'SIGSEGV', '[anon]'], ['read', 'SIGSEGV', '[anon]'], ['execute', 'SIGSEGV', '[anon]'],
    ]);
  });

  it('row 11: mprotect takes access away from present pages', () => {
    const h = new Harness();
    const task = h.task();
    const ea = h.map(task, PAGE);
    h.access(task, ea, 'write');
    protectRegion(h.k, task.mm, ea, PAGE, PROT.READ);
    expect(h.access(task, ea, 'read').kind).toBe('done');
    expect(h.access(task, ea, 'write')).toMatchObject({ info: { code: 2 } });
    protectRegion(h.k, task.mm, ea, PAGE, 0);
    expect(h.access(task, ea, 'read')).toMatchObject({ info: { code: 2 } });
  });
});

describe('stacks', () => {
  const top = 0x0fff_0000_0000;

  function stack(): { h: Harness; task: Task } {
    const h = new Harness();
    const task = h.task();
    h.map(task, 0x2_0000, { at: top - 0x2_0000, source: { handler: 'anonymous', name: '[stack]', file: undefined, context: undefined, pteFlags: 0 }, flags: 0x100 });
    return { h, task };
  }

  it('row 12: within 1 MiB of its end a stack grows for any access', () => {
    const { h, task } = stack();
    expect(h.access(task, top - 0x8_0000, 'write').kind).toBe('done');
    expect(only(h)).toMatchObject({ mapping: '[stack]', outcome: 'MINOR' });
  });

  it('row 12: further down only near r1', () => {
    const { h, task } = stack();
    const ea = top - 0x20_0000;
    h.registers(task).setGpr(1, BigInt(ea + 4096));
    expect(h.access(task, ea, 'write')).toMatchObject({ info: { number: SIGNAL.SIGSEGV, code: 1 } });
    h.registers(task).setGpr(1, BigInt(ea + 2048));
    expect(h.access(task, ea, 'write').kind).toBe('done');
  });

  it.each([
    ['stdu r1,-32752(r1)', 0xf821_8011, true],
    ['stwu r1,-32752(r1)', 0x9421_8010, true],
    ['stdux r1,r1,r0', 0x7c21_016a, true],
    ['std r1,-32752(r1)', 0xf821_8010, false],
    ['stdu r2,8(r2)', 0xf842_0009, false],
  ])('row 12: after %s', (_name, word, grows) => {
    const { h, task } = stack();
    const code = h.map(task, PAGE, { prot: PROT.READ | PROT.WRITE | PROT.EXEC });
    const host = h.access(task, code, 'write');
    if (host.kind !== 'done') throw new Error('no code page');
    new DataView(h.k.memory.buffer).setUint32(host.physical, word);
    const registers = h.registers(task);
    registers.pc = BigInt(code);
    registers.setGpr(1, BigInt(top - 0x1000));
    expect(h.access(task, top - 0x20_0000, 'write').kind).toBe(grows ? 'done' : 'signal');
  });

  it('row 12: not beyond 8 MiB, and not into another mapping', () => {
    const { h, task } = stack();
    h.registers(task).setGpr(1, 0n);
    expect(h.access(task, top - 0x80_0000 - 8, 'write')).toMatchObject({ info: { code: 1 } });
    const blocker = h.map(task, PAGE, { at: top - 0x5_0000 });
    // Below the blocker the next mapping is the blocker, which is no stack.
    expect(h.access(task, blocker - 8, 'write')).toMatchObject({ info: { code: 1 } });
    expect(h.access(task, blocker + PAGE, 'write').kind).toBe('done');
  });
});

describe('races and refills', () => {
  it('row 18: of two threads that fault on one page both count MINOR, one drops its page', () => {
    const h = new Harness();
    const task = h.task();
    const second = h.task(task);
    const ea = h.map(task, PAGE);
    for (const t of [task, second]) {
      h.tryAccess(t, ea, 'write');
      h.enterFault(t);
    }
    const before = h.k.state.frames.used;
    h.run();
    expect(h.faults().map((f) => [f.task, f.outcome, f.effect.pte])).toEqual([
      [task.tid, 'MINOR', 'core'], [second.tid, 'MINOR', 'nobody'],
    ]);
    expect([task.minFlt, second.minFlt]).toEqual([1, 1]);
    expect(h.k.state.frames.used).toBe(before + 1);
  });

  it('row 19: only the hash-table entry is missing: a refill, no fault', () => {
    const h = new Harness();
    const task = h.task();
    const ea = h.map(task, PAGE);
    h.access(task, ea, 'write');
    h.mmu.table.clear();
    h.mmu.flushTlbs();
    expect(h.access(task, ea, 'write').kind).toBe('done');
    expect(h.faults()).toHaveLength(1);
    expect(h.k.state.counters).toMatchObject({ pgfault: 1, hashRefill: 1 });
  });

  it('row 20: an SLB miss is counted and is no fault', () => {
    const h = new Harness();
    const task = h.task();
    const places = Array.from({ length: 70 }, (_, i) => h.map(task, PAGE, { at: 0x1_0000_0000 + i * 0x1000_0000 }));
    for (const ea of places) h.access(task, ea, 'write');
    const { slbMiss } = h.k.state.counters;
    expect(slbMiss).toBe(70);
    for (const ea of places) h.access(task, ea, 'write');
    expect(h.faults()).toHaveLength(70);
    // Round robin over 61 entries finds none of 70 again.
    expect(h.k.state.counters.slbMiss).toBe(140);
  });

  it('truncate_count: a page that went meanwhile is asked for again', () => {
    const h = new Harness();
    const task = h.task();
    const file = h.file('/tmp/data', new Uint8Array(PAGE), true);
    const ea = h.map(task, PAGE, { source: h.source(file) });
    h.tryAccess(task, ea, 'read');
    h.enterFault(task);
    while (task.kernelStack.at(-1)?.path !== 'filemap_nopage') h.step(task);
    file.inode.truncateCount += 1;
    h.run();
    const asked = only(h).trail.filter(({ path, step }) => path === 'filemap_nopage' && step === 0);
    expect(asked).toHaveLength(2);
    expect(only(h).outcome).toBe('MINOR');
  });

  it('row 56: a fault whose PTE is in order by then is MINOR', () => {
    const h = new Harness();
    const task = h.task();
    const ea = h.map(task, PAGE);
    h.tryAccess(task, ea, 'read');
    h.enterFault(task);
    const fault = task.kernelStack.pop();
    h.access(task, ea, 'read');
    if (fault) task.kernelStack.push(fault);
    h.run();
    expect(h.faults().map((f) => [f.outcome, f.effect.pte])).toEqual([['MINOR', 'core'], ['MINOR', 'nobody']]);
  });
});
