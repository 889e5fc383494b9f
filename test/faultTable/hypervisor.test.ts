/** Row 55: a hypervisor that refuses the entry of a page in the hashed page table. */
import { describe, expect } from 'vitest';
import { hostFolder } from '../sim/kernel/assembly.ts';
import { ALL, endOf, expectFaults, faultsIn, row, served, spufsServed } from './scenario.ts';

const DATA = '/host/data';
const EFAULT = -14;
const ENTRY_REFUSED = { handlerAnswer: 'none', core: '', outcome: 'SIGBUS', pte: 'nobody', counters: [], signal: [7, 2] } as const;

/** Maps /host/data, which is in the page cache then, at r31. */
const MAP_DATA = `
        address r3, host_path
        li      r4, O_RDONLY
        system  5
        mr      r30, r3
        read_bytes r30, buffer, 16
        mr      r7, r30
        li      r3, 0
        li      r4, 0x4000
        li      r5, 1
        li      r6, 2
        li      r8, 0
        system  90
        mr      r31, r3
        .section .rodata
host_path: .asciz "/host/data"
        .text`;
const hostFiles = hostFolder({ data: 'x'.repeat(5000) });
const refusing = (path: string, page: number): object => ({ configuration: { failures: [{ path, operation: 'hpte' as const, firstPage: page, lastPage: page, count: Infinity }] } });

describe('a page of a file', () => {
  row(55, 'the page is there for Linux; the access made again is SIGBUS, and no page fault', ALL, `${MAP_DATA}
        ld      r3, 0(r31)
        quit    0`, (run, kernel) => {
    expectFaults(faultsIn(run, DATA), [served(kernel, 'page'), ENTRY_REFUSED]);
    const [, refused] = faultsIn(run, DATA);
    expect(refused?.trail.map(({ path }) => path)).toEqual(['low_hash_fault']);
    expect(refused?.effect.signal?.address).toBe(refused?.ea);
    expect(endOf(run)).toBe('signal 7');
    expect(faultsIn(run, DATA).flatMap(({ effect }) => effect.counters)).toEqual(['min_flt', 'pgfault']);
  }, { hostFiles, ...refusing(DATA, 0) });

  row(55, 'the kernel at a buffer there answers -EFAULT, and nobody gets a signal', ALL, `${MAP_DATA}
        li      r3, 1
        mr      r4, r31
        li      r5, 8
        system  4
        show
        quit    3`, (run, kernel) => {
    expectFaults(faultsIn(run, DATA), [served(kernel, 'page'), { handlerAnswer: 'none', core: '', outcome: 'SIGBUS', pte: 'nobody', counters: [] }]);
    expect(run.shown).toEqual([EFAULT]);
    expect(endOf(run)).toBe('exit 3');
  }, { hostFiles, ...refusing(DATA, 0) });

  row(55, 'other pages of the file are none of its business', ALL, `${MAP_DATA}
        ld      r3, 0(r31)
        quit    0`, (run, kernel) => {
    expectFaults(faultsIn(run, DATA), [served(kernel, 'page')]);
    expect(endOf(run)).toBe('exit 0');
  }, { hostFiles, ...refusing(DATA, 1) });
});

describe('registers of an SPE', () => {
  row(55, 'that the kernel believes to have', ALL, `
        create  a
        mr      r27, r3
        load_program a_mem, spin, spin_end
        open_file a_signal1, O_RDWR
        map_file r3, 4096
        mr      r28, r3
        start_thread runner, stack1_top, tid1
        sleep_for ms1
        li      r4, 1
        stw     r4, SIGNAL1(r28)
        quit    0
runner: run_context r27, npc, status
        end_thread`, (run, kernel) => {
    expectFaults(faultsIn(run, '/spu/a/signal1'), [spufsServed(kernel), ENTRY_REFUSED]);
    expect(endOf(run)).toBe('signal 7');
  }, refusing('/spu/a/signal1', 0));
});
