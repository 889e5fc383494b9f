/** No memory: who is chosen, who is killed, and who is not (facts 2.2 step 9, 7 rows 13 and 14). */
import { describe, expect, it } from 'vitest';
import { readFaults } from '../../../../src/sim/kernel/fault/log.ts';
import { outOfMemory } from '../../../../src/sim/kernel/mm/oomKiller.ts';
import { hostFolder, runAssembly } from '../assembly.ts';
import { Harness } from '../kernelHarness.ts';

const PAGE = 4096;

describe('out_of_memory', () => {
  it('chooses the process with the larger address space', () => {
    const h = new Harness();
    const small = h.task();
    const large = h.task();
    h.map(small, 16 * PAGE);
    h.map(large, 64 * PAGE);
    expect(outOfMemory(h.k, large)).toBe('itself');
    expect(outOfMemory(h.k, small)).toBe('another');
    expect(large.group.exit).toEqual({ kind: 'signal', signal: 9 });
    expect(small.group.exit).toBeUndefined();
    // It is about to end: nobody else has to.
    expect(outOfMemory(h.k, small)).toBe('another');
    expect(small.group.exit).toBeUndefined();
  });

  it('counts a nice process twice, and spares one that has worked for long', () => {
    const h = new Harness();
    const nice = h.task();
    const other = h.task();
    h.map(nice, 40 * PAGE);
    h.map(other, 64 * PAGE);
    nice.nice = 5;
    expect(outOfMemory(h.k, nice)).toBe('itself');
    nice.userCycles = 16 * 8 * h.k.configuration.cyclesPerSecond;
    expect(outOfMemory(h.k, nice)).toBe('another');
  });

  it('divides the points of root by four twice, for CAP_SYS_ADMIN and CAP_SYS_RAWIO', () => {
    const said = [0, 1000].map((uid) => {
      const h = new Harness({ uid });
      const task = h.task();
      h.map(task, 64 * PAGE);
      outOfMemory(h.k, task);
      return h.notices.at(-1);
    });
    expect(said).toEqual([expect.stringMatching(/badness, 4\.$/), expect.stringMatching(/badness, 64\.$/)]);
  });

  it('never chooses process 1', () => {
    const h = new Harness();
    h.k.state.nextTid = 1;
    const init = h.task();
    h.map(init, 64 * PAGE);
    expect(outOfMemory(h.k, init)).toBe('nobody');
    h.k.state.nextTid = 50;
    const other = h.task();
    h.map(other, PAGE);
    expect(outOfMemory(h.k, init)).toBe('another');
    expect(other.group.exit).toEqual({ kind: 'signal', signal: 9 });
  });
});

/** Maps a file of three pages and reads the first byte of each. */
const READ_FILE = `
        .section .rodata
file:   .asciz  "/host/data"
        .text
        address r3, file
        li      r4, 0
        system  5
        mr      r7, r3
        li      r3, 0
        li      r4, 12288
        li      r5, 1
        li      r6, 2
        li      r8, 0
        system  90
        lbz     r4, 0(r3)
        lbz     r4, 4096(r3)
        addi    r3, r3, 4096
        lbz     r4, 4096(r3)
        quit    0`;

describe('a mapping with a limit', () => {
  it('row 14: the handler gives a page, and the core finds no room for it', () => {
    const run = runAssembly(READ_FILE, { hostFiles: hostFolder({ data: 'x'.repeat(3 * PAGE) }), configuration: { mappingLimits: new Map([['/host/data', 2 * PAGE]]) } });
    const faults = readFaults(run.machine.state.faults, 0, 100).filter(({ mapping }) => mapping === '/host/data');
    expect(faults.map(({ outcome }) => outcome)).toEqual(['MAJOR', 'MAJOR', 'OOM']);
    expect(faults[2]).toMatchObject({ handlerAnswer: 'page', coreAnswer: { name: 'VM_FAULT_OOM', value: 0 }, effect: { pte: 'nobody', killed: 'thread' } });
    expect(run.stop).toMatchObject({ kind: 'exit', exit: { kind: 'signal', signal: 9 } });
  });
});

describe('process 1', () => {
  const TOUCH = `
        li      r3, 0
        li      r4, 8192
        li      r5, 3
        li      r6, 0x22
        li      r7, -1
        li      r8, 0
        system  90
        stb     r3, 0(r3)
        stb     r3, 4096(r3)
        quit    0`;

  it('row 13: tries for ever, and the debug console hears of it once', () => {
    const run = runAssembly(TOUCH, { configuration: { init: true, mappingLimits: new Map([['[anon]', PAGE]]) }, cycles: 1_000_000 });
    expect(run.stop.kind).toBe('budget');
    expect(run.notices).toEqual(['Process 1 has found no memory for its access to 0x40000001000 100 times: it cannot be killed, and tries for ever.']);
    expect(run.machine.state.counters.pgfault).toBeGreaterThan(1000);
    expect(readFaults(run.machine.state.faults, 0, 100).filter(({ mapping }) => mapping === '[anon]').map(({ outcome }) => outcome)).toEqual(['MINOR']);
  });
});
