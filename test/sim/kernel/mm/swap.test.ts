/** Memory pressure: what goes, what comes back and how (facts 2.3, 7 rows 15 and 16). */
import { describe, expect, it } from 'vitest';
import { readFaults } from '../../../../src/sim/kernel/fault/log.ts';
import type { FaultRecord } from '../../../../src/sim/kernel/fault/state.ts';
import { hostFolder, runAssembly, type AssemblyRun, type RunOptions } from '../assembly.ts';
import { Harness } from '../kernelHarness.ts';
import { PTE_PRESENT, pteFlags } from '../../../../src/sim/kernel/mm/pte.ts';
import { pteOf } from '../../../../src/sim/kernel/mm/pages.ts';
import { lockRegion } from '../../../../src/sim/kernel/mm/mappings.ts';

const PAGE = 4096;
/** 1 MiB is 256 frames, of which the kernel keeps 17. */
const SMALL = { ramBytes: 1 << 20 };

/** Writes `count` pages, a multiple of 16, each with its number, then reads them all and shows their sum. */
function touch(count: number): string {
  return `
        li      r3, 0
        lis     r4, ${String(count)} * 4096 >> 16
        li      r5, 3
        li      r6, 0x22
        li      r7, -1
        li      r8, 0
        system  90
        mr      r30, r3
        li      r5, ${String(count)}
        mtctr   r5
        li      r6, 0
1:      stw     r6, 0(r3)
        addi    r6, r6, 1
        addi    r3, r3, 4096
        bdnz    1b
        mtctr   r5
        mr      r3, r30
        li      r6, 0
2:      lwz     r7, 0(r3)
        add     r6, r6, r7
        addi    r3, r3, 4096
        bdnz    2b
        mr      r3, r6
        show
        quit    0`;
}

function records(run: AssemblyRun): FaultRecord[] {
  return readFaults(run.machine.state.faults, 0, run.machine.state.faults.count);
}

function run(body: string, options: RunOptions['configuration'], hostFiles?: RunOptions['hostFiles']): AssemblyRun {
  return runAssembly(body, { configuration: { ...SMALL, ...options }, cycles: 20_000_000_000, ...(hostFiles ? { hostFiles } : {}) });
}

describe('a program larger than memory', () => {
  it('row 15: keeps its pages on the swap device and gets them back with MAJOR faults', () => {
    const done = run(touch(320), { swapBytes: 1 << 20 });
    expect(done.shown).toEqual([(319 * 320) / 2]);
    const reads = records(done).filter(({ mapping, access }) => mapping === '[anon]' && access === 'read');
    expect(reads.length).toBeGreaterThan(80);
    const major = reads.find(({ outcome }) => outcome === 'MAJOR');
    expect(major).toMatchObject({
      handler: 'anonymous', handlerAnswer: 'none', coreAnswer: { name: 'VM_FAULT_MAJOR', value: 3 },
      effect: { pte: 'core', counters: ['maj_flt', 'pgfault', 'pgmajfault'] },
    });
    expect(major?.trail.some(({ path }) => path === 'do_swap_page')).toBe(true);
    expect(major?.waited).toBeGreaterThanOrEqual(done.machine.profile.cost.diskRead);
    const task = [...done.machine.state.tasks.values()][0];
    expect(task?.majFlt).toBe(records(done).filter(({ outcome }) => outcome === 'MAJOR').length);
  });

  it('without swap it finds no memory: OOM', () => {
    const done = run(touch(320), {});
    expect(done.stop).toMatchObject({ kind: 'exit', exit: { kind: 'signal', signal: 9 } });
    expect(records(done).at(-1)).toMatchObject({ outcome: 'OOM', mapping: '[anon]', access: 'write', coreAnswer: { value: 0 } });
  });

  it('also where the swap device is full', () => {
    const done = run(touch(320), { swapBytes: 16 * PAGE });
    expect(done.stop).toMatchObject({ kind: 'exit', exit: { kind: 'signal', signal: 9 } });
    expect(done.machine.state.frames.swap.used.size).toBeLessThanOrEqual(16);
  });

  it('row 16: a slot that cannot be read is SIGBUS at the address', () => {
    const done = run(touch(320), { swapBytes: 1 << 20, failures: [{ path: 'swap', operation: 'read', firstPage: 1, lastPage: 999, count: 1 }] });
    expect(done.stop).toMatchObject({ kind: 'exit', exit: { kind: 'signal', signal: 7 } });
    const last = records(done).at(-1);
    expect(last).toMatchObject({ outcome: 'SIGBUS', coreAnswer: { name: 'VM_FAULT_SIGBUS', value: 1 }, effect: { signal: { number: 7, code: 2, address: last?.ea } } });
  });

  it('clean pages of files go before any page of the program', () => {
    const files = hostFolder({ data: 'x'.repeat(100 * PAGE) });
    const done = run(`
        .section .rodata
file:   .asciz  "/host/data"
        .text
        address r3, file
        li      r4, 0
        system  5
        mr      r30, r3
1:      mr      r3, r30
        address r4, buffer
        li      r5, 4096
        system  3
        cmpdi   r3, 0
        bne     1b${touch(208)}
        .bss
buffer: .space  4096
        .text`, { swapBytes: 1 << 20 }, files);
    expect(done.shown).toEqual([(207 * 208) / 2]);
    expect(done.machine.state.frames.swap.used.size).toBe(0);
    expect(records(done).filter(({ mapping, access }) => mapping === '[anon]' && access === 'read')).toEqual([]);
  });

  it('sysinfo tells of the swap device', () => {
    const done = run(`
        address r3, info
        system  116
        address r4, info
        ld      r3, 64(r4)
        show
        address r4, info
        ld      r3, 72(r4)
        show
        quit    0
        .bss
        .balign 8
info:   .space  112
        .text`, { swapBytes: 1 << 20 });
    expect(done.shown).toEqual([1 << 20, 1 << 20]);
  });
});

describe('pages in memory under pressure', () => {
  function pressed(h: Harness, pages: number): { task: ReturnType<Harness['task']>; ea: number; press: () => void } {
    const task = h.task();
    const ea = h.map(task, pages * PAGE);
    const others = h.map(task, 400 * PAGE);
    let next = 0;
    return {
      task, ea,
      press: () => {
        for (let i = 0; i < 200; i += 1) h.access(task, others + (next + i) % 400 * PAGE, 'write');
        next += 200;
      },
    };
  }

  it('that are mlocked stay', () => {
    const h = new Harness({ ramBytes: 1 << 20, swapBytes: 4 << 20 });
    const { task, ea, press } = pressed(h, 4);
    lockRegion(h.k, task.mm, ea, 4 * PAGE, true);
    for (let i = 0; i < 4; i += 1) h.access(task, ea + i * PAGE, 'write');
    for (let round = 0; round < 6; round += 1) press();
    for (let i = 0; i < 4; i += 1) expect(pteFlags(pteOf(h.k, task.mm, ea + i * PAGE)) & PTE_PRESENT).toBe(PTE_PRESENT);
  });

  it('row 15: a page that is still in the swap cache is MINOR', () => {
    const h = new Harness({ ramBytes: 1 << 20, swapBytes: 4 << 20 });
    const { task, ea } = pressed(h, 300);
    const second = h.task(task);
    for (let i = 0; i < 239; i += 1) {
      h.tryAccess(task, ea + i * PAGE, 'write');
      h.enterFault(task);
      while (task.kernelStack.length > 0) h.step(task);
    }
    // No frame is left: the next fault begins to swap out, and sleeps.
    h.tryAccess(task, ea + 239 * PAGE, 'write');
    h.enterFault(task);
    while (task.state !== 'uninterruptible') h.step(task);
    const swapped = [...h.k.state.frames.swap.cache.values()];
    expect(swapped.length).toBeGreaterThan(0);
    const page = Array.from({ length: 239 }, (_, i) => ea + i * PAGE).find((at) => (pteFlags(pteOf(h.k, task.mm, at)) & PTE_PRESENT) === 0) ?? 0;
    h.tryAccess(second, page, 'read');
    h.enterFault(second);
    while (second.kernelStack.length > 0) h.step(second);
    expect(h.faults().at(-1)).toMatchObject({ task: second.tid, outcome: 'MINOR', waited: 0, effect: { counters: ['min_flt', 'pgfault'] } });
    expect(h.faults().at(-1)?.trail.some(({ path }) => path === 'do_swap_page')).toBe(true);
    h.run();
    expect(h.faults().at(-1)).toMatchObject({ task: task.tid, outcome: 'MINOR' });
    expect(h.faults().at(-1)?.waited).toBeGreaterThan(0);
  });

  it('nothing is lost or leaked by swapping to and fro: unmapping gives back every frame and slot', () => {
    const h = new Harness({ ramBytes: 1 << 20, swapBytes: 4 << 20 });
    const before = h.k.state.frames.used;
    const { task, ea, press } = pressed(h, 4);
    const host = h.access(task, ea, 'write');
    if (host.kind !== 'done') throw new Error('not done');
    h.k.memory[host.physical] = 77;
    for (let round = 0; round < 6; round += 1) press();
    const again = h.access(task, ea, 'read');
    expect(again.kind === 'done' && h.k.memory[again.physical]).toBe(77);
    for (const vma of [...task.mm.vmas]) h.call(task, 'do_munmap', { address: vma.start, length: vma.end - vma.start });
    while (h.nextEvent());
    expect(h.k.state.frames.swap.used.size).toBe(0);
    expect(h.k.state.frames.swap.cache.size).toBe(0);
    expect(h.k.state.frames.used).toBe(before);
    expect(task.mm).toMatchObject({ anonPages: 0, filePages: 0 });
  });
});

describe('shared anonymous memory', () => {
  it('begins with MINOR faults, for no disk has it', () => {
    const done = run(`
        li      r3, 0
        li      r4, 4096
        li      r5, 3
        li      r6, 0x21
        li      r7, -1
        li      r8, 0
        system  90
        stw     r3, 0(r3)
        quit    0`, {});
    expect(records(done).filter(({ mapping }) => mapping.startsWith('/dev/zero')).map(({ outcome, waited }) => [outcome, waited])).toEqual([['MINOR', 0]]);
  });
});

describe('mmap', () => {
  it('of locked or populated memory brings the pages in, by get_user_pages', () => {
    const body = (flags: number): string => `
        li      r3, 0
        li      r4, 8192
        li      r5, 3
        li      r6, 0x22
        ori     r6, r6, ${String(flags)}
        li      r7, -1
        li      r8, 0
        system  90
        stb     r3, 0(r3)
        stb     r3, 4096(r3)
        quit    0`;
    const origins = (flags: number): string[] => records(run(body(flags), {})).filter(({ mapping }) => mapping === '[anon]').map(({ origin }) => origin);
    expect(origins(0)).toEqual(['ppe', 'ppe']);
    expect(origins(0x80)).toEqual(['kernel', 'kernel']);
    expect(origins(0x8000)).toEqual(['kernel', 'kernel']);
  });
});

describe('after a fork', () => {
  /** A page with 7 in it; the child presses it out of memory, then `body` runs in it; the parent shows what it has. */
  const forked = (body: string): string => `
        li      r3, 0
        li      r4, 4096
        li      r5, 3
        li      r6, 0x22
        li      r7, -1
        li      r8, 0
        system  90
        mr      r31, r3
        li      r4, 7
        stw     r4, 0(r31)
        system  2
        cmpdi   r3, 0
        beq     child
        li      r4, 0
        li      r5, 0
        li      r6, 0
        system  114
        lwz     r3, 0(r31)
        show
        quit    0
child:  li      r3, 0
        lis     r4, 20
        li      r5, 3
        li      r6, 0x22
        li      r7, -1
        li      r8, 0
        system  90
        li      r5, 320
        mtctr   r5
1:      stw     r5, 0(r3)
        addi    r3, r3, 4096
        bdnz    1b
        ${body}
        quit    0`;

  it('pages that both have go to one slot, and a write of one leaves the other its own', () => {
    const done = run(forked(`lwz     r3, 0(r31)
        show
        li      r4, 9
        stw     r4, 0(r31)
        lwz     r3, 0(r31)
        show`), { swapBytes: 4 << 20 });
    expect(done.shown).toEqual([7, 9, 7]);
  });

  it('also where the first touch is the write: do_swap_page hands it to do_wp_page', () => {
    const done = run(forked(`li      r4, 9
        stw     r4, 0(r31)
        lwz     r3, 0(r31)
        show`), { swapBytes: 4 << 20 });
    expect(done.shown).toEqual([9, 7]);
    const write = records(done).find(({ task, access, trail }) => task !== 1000 && access === 'write' && trail.some(({ path }) => path === 'do_swap_page'));
    expect(write?.trail.some(({ path }) => path === 'do_wp_page')).toBe(true);
    expect(write?.outcome).toBe('MAJOR');
  });
});
