/** Rows 15 to 17: a PTE that names where its page is, on the swap device or elsewhere in its file. */
import { describe, expect } from 'vitest';
import type { FaultRecord } from '../../src/sim/kernel/fault/state.ts';
import { type AssemblyRun, hostFolder } from '../sim/kernel/assembly.ts';
import { ALL, endOf, type Expected, expectFaults, faultsIn, type KernelName, NAMES, row, served } from './scenario.ts';

const ANON = '[anon]';
const SIGBUS: readonly [number, number] = [7, 2];

/** Writes to 320 pages from r30 on, more than a memory of 1 MiB has: the first ones go to the swap device. */
const FILL_MEMORY = `
        li      r3, 0
        lis     r4, 320 * 4096 >> 16
        li      r5, 3
        li      r6, 0x22
        li      r7, -1
        li      r8, 0
        system  90
        mr      r30, r3
        li      r5, 320
        mtctr   r5
        li      r6, 1
1:      stw     r6, 0(r3)
        addi    r6, r6, 1
        addi    r3, r3, 4096
        bdnz    1b`;
const SMALL = { ramBytes: 1 << 20, swapBytes: 2 << 20 };
const cycles = 20_000_000_000;

const major = (kernel: KernelName, counters: Expected['counters'] = ['maj_flt', 'pgfault', 'pgmajfault']): Expected =>
  ({ handlerAnswer: 'none', core: NAMES[kernel].major, outcome: 'MAJOR', pte: 'core', counters });

/** Faults of reads, which come after all writes. */
function reads(run: AssemblyRun): FaultRecord[] {
  return faultsIn(run, ANON).filter(({ access, origin }) => access === 'read' && origin === 'ppe');
}

describe('a page on the swap device', () => {
  row(15, 'the disk has it: MAJOR; whoever comes while it is being read finds it in the swap cache: MINOR', ALL, `${FILL_MEMORY}
        start_thread reader, stack1_top, tid1
        lwz     r3, 0(r30)
        show
        join_thread tid1
        quit    0
reader: lwz     r3, 0(r30)
        show
        end_thread`, (run, kernel) => {
    expectFaults(reads(run), [major(kernel), { ...served(kernel, 'none'), pte: 'nobody' }]);
    expect(reads(run).every(({ waited, trail }) => waited > 0 && trail.some(({ path }) => path === 'do_swap_page'))).toBe(true);
    expect(run.shown).toEqual([1, 1]);
  }, { configuration: SMALL, cycles });

  row(16, 'that cannot be read', ALL, `${FILL_MEMORY}
        lwz     r3, 0(r30)
        quit    0`, (run, kernel) => {
    expectFaults(reads(run), [{ handlerAnswer: 'none', core: NAMES[kernel].sigbus, outcome: 'SIGBUS', pte: 'nobody', counters: ['pgfault', 'pgmajfault'], signal: SIGBUS }]);
    expect(endOf(run)).toBe('signal 7');
  }, { configuration: { ...SMALL, failures: [{ path: 'swap', operation: 'read', firstPage: 1, lastPage: 999, count: Infinity }] }, cycles });
});

const DATA = '/host/data';
const hostFiles = hostFolder({ data: ['A', 'B', 'C'].map((letter) => letter.repeat(4096)).join('') });
/** Has the first page of a mapping of /host/data, r31, be page 2 of the file when it is touched (MAP_NONBLOCK). */
const REMAP = `
        address r3, host_path
        li      r4, O_RDONLY
        system  5
        mr      r7, r3
        li      r3, 0
        li      r4, 12288
        li      r5, 1
        li      r6, 1
        li      r8, 0
        system  90
        mr      r31, r3
        li      r4, 4096
        li      r5, 0
        li      r6, 2
        lis     r7, 1
        system  239
        show
        .section .rodata
host_path: .asciz "/host/data"
        .text`;
const TOUCH = `
        lbz     r3, 0(r31)
        show
        quit    0`;
/** Page 2 in the mapping's own order: it is in the page cache then. */
const READ_BEFORE = `
        li      r4, 8192
        lbzx    r3, r31, r4`;
const POPULATES: readonly KernelName[] = ['2.6.18', '2.6.18-retry', '2.6.19', '2.6.21'];
const ASKS_FAULT: readonly KernelName[] = ['2.6.23', '2.6.25', '2.6.27', '2.6.30'];

describe('a page of a nonlinear mapping', () => {
  const populated = (kernel: KernelName): Expected => ({ ...major(kernel, ['maj_flt', 'pgfault']), handlerAnswer: 'page', pte: 'handler' });

  row(17, 'from the disk', POPULATES, `${REMAP}${TOUCH}`, (run, kernel) => {
    expectFaults(faultsIn(run, DATA), [populated(kernel)]);
    expect(faultsIn(run, DATA)[0]).toMatchObject({ handler: 'filemap_populate' });
    expect(run.shown).toEqual([0, 'C'.charCodeAt(0)]);
  }, { hostFiles });

  row(17, 'from the page cache is MAJOR all the same', POPULATES, `${REMAP}${READ_BEFORE}${TOUCH}`, (run, kernel) => {
    expectFaults(faultsIn(run, DATA).slice(1), [populated(kernel)]);
    expect(faultsIn(run, DATA)[1]?.waited).toBe(0);
  }, { hostFiles });

  row(17, 'from the disk', ASKS_FAULT, `${REMAP}${TOUCH}`, (run, kernel) => {
    expectFaults(faultsIn(run, DATA), [{ ...major(kernel), handlerAnswer: 'page' }]);
    expect(faultsIn(run, DATA)[0]).toMatchObject({ handler: 'filemap_fault' });
    expect(faultsIn(run, DATA)[0]?.trail.some(({ path }) => path === 'do_nonlinear_fault')).toBe(true);
    expect(run.shown).toEqual([0, 'C'.charCodeAt(0)]);
  }, { hostFiles });

  // The handler of old is gone, and what ->fault says of the page holds (facts 2.3).
  row(17, 'from the page cache is MINOR', ASKS_FAULT, `${REMAP}${READ_BEFORE}${TOUCH}`, (run, kernel) => {
    expectFaults(faultsIn(run, DATA).slice(1), [served(kernel, 'page')]);
    expect(run.shown).toEqual([0, 'C'.charCodeAt(0)]);
  }, { hostFiles });
});
