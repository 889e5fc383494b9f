/** Rows 1 to 14: memory and files. */
import { describe, expect } from 'vitest';
import { hostFolder } from '../sim/kernel/assembly.ts';
import { ALL, endOf, expectFaults, faultsIn, type KernelName, NAMES, refused, row, served } from './scenario.ts';

const ANONYMOUS = `
        li      r3, 0
        lis     r4, 1
        li      r5, 3
        li      r6, 0x22
        li      r7, -1
        li      r8, 0
        system  90
        mr      r31, r3`;
/** Maps two pages of /host/data at r31; MAP_SHARED is 1, MAP_PRIVATE 2. */
const mapFile = (protection: number, flags: number): string => `
        address r3, host_path
        li      r4, O_RDONLY
        system  5
        mr      r30, r3
        mr      r7, r3
        li      r3, 0
        li      r4, 0x4000
        li      r5, ${String(protection)}
        li      r6, ${String(flags)}
        li      r8, 0
        system  90
        mr      r31, r3
        .section .rodata
host_path: .asciz "/host/data"
        .text`;
const READ_FIRST = 'read_bytes r30, buffer, 16';
const hostFiles = hostFolder({ data: 'x'.repeat(5000) });
const DATA = '/host/data';
const FROM_MEMORY = (kernel: KernelName): object => ({ ...served(kernel, 'page') });

describe('anonymous memory', () => {
  row(1, 'a first write', ALL, `${ANONYMOUS}
        std     r4, 8(r31)
        ld      r3, 16(r31)
        show
        quit    0`, (run, kernel) => {
    expectFaults(faultsIn(run, '[anon]').filter(({ pc, origin }) => origin === 'ppe' && pc > 0), [served(kernel, 'none')]);
    expect(run.shown).toEqual([0]);
  });

  row(2, 'a first read', ALL, `${ANONYMOUS}
        ld      r3, 0(r31)
        quit    0`, (run, kernel) => {
    expectFaults(faultsIn(run, '[anon]'), [served(kernel, 'none')]);
    expect([...run.machine.state.tasks.values()].every(({ mm }) => mm.anonPages <= 2)).toBe(true);
  });

  row(5, 'a write to a page that is shared until then', ALL, `${ANONYMOUS}
        ld      r3, 0(r31)
        std     r3, 0(r31)
        quit    0`, (run, kernel) => {
    const [, written] = faultsIn(run, '[anon]');
    expect(written).toMatchObject({ outcome: 'MINOR', handlerAnswer: 'none', effect: { pte: 'core', counters: ['min_flt', 'pgfault'] } });
    expect(written?.trail.some(({ path }) => path === 'do_wp_page')).toBe(true);
    // VM_FAULT_WRITE is stripped where the answers are an enumeration.
    if (NAMES[kernel].minor === 'VM_FAULT_MINOR 2') expect(written?.coreAnswer).toEqual({ name: 'VM_FAULT_MINOR', value: 2 });
  });
});

describe('pages of files', () => {
  row(3, 'a page in the page cache', ALL, `${mapFile(1, 2)}
        ${READ_FIRST}
        ld      r3, 0(r31)
        quit    0`, (run, kernel) => {
    expectFaults(faultsIn(run, DATA), [served(kernel, 'page')]);
  }, { hostFiles });

  row(4, 'a page that is on the disk', ALL, `${mapFile(1, 2)}
        ld      r3, 0(r31)
        quit    0`, (run, kernel) => {
    expectFaults(faultsIn(run, DATA), [{ ...served(kernel, 'page'), core: NAMES[kernel].major, outcome: 'MAJOR', counters: ['maj_flt', 'pgfault', 'pgmajfault'] }]);
    expect(faultsIn(run, DATA)[0]?.waited).toBeGreaterThan(600_000);
  }, { hostFiles });

  row(6, 'a first write to a private page', ALL, `${mapFile(3, 2)}
        ${READ_FIRST}
        std     r3, 0(r31)
        read_bytes r30, buffer, 8
        quit    0`, (run, kernel) => {
    expect(faultsIn(run, DATA)).toHaveLength(1);
    expect(faultsIn(run, DATA)[0]).toMatchObject({ outcome: 'MINOR', handlerAnswer: 'page', effect: { pte: 'core' } });
    expectFaults(faultsIn(run, DATA), [FROM_MEMORY(kernel) as ReturnType<typeof served>]);
  }, { hostFiles });

  row(8, 'beyond the end of the file', ALL, `${mapFile(1, 2)}
        ld      r3, 0x2000(r31)
        quit    0`, (run, kernel) => {
    expectFaults(faultsIn(run, DATA), [refused(kernel, 'file')]);
    expect(endOf(run)).toBe('signal 7');
  }, { hostFiles });

  row(9, 'the disk fails, twice', ALL, `${mapFile(1, 2)}
        ld      r3, 0(r31)
        quit    0`, (run, kernel) => {
    expectFaults(faultsIn(run, DATA), [{ ...refused(kernel, 'file'), counters: ['pgfault', 'pgmajfault'] }]);
    expect(endOf(run)).toBe('signal 7');
  }, { hostFiles, configuration: { failures: [{ path: DATA, operation: 'read', firstPage: 0, lastPage: 0, count: 2 }] } });

  row(7, 'page_mkwrite refuses a shared write', ALL, `
        address r3, file_path
        li      r4, 0102
        li      r5, 0666
        system  5
        mr      r30, r3
        write_bytes r30, buffer, 4096
        map_file r30, 4096
        std     r3, 0(r3)
        quit    0
        .section .rodata
file_path: .asciz "/tmp/file"
        .text`, (run, kernel) => {
    expectFaults(faultsIn(run, '/tmp/file'), [{ ...refused(kernel, 'file'), handlerAnswer: 'page' }]);
    expect(endOf(run)).toBe('signal 7');
  }, { configuration: { failures: [{ path: '/tmp/file', operation: 'mkwrite', firstPage: 0, lastPage: 9, count: Infinity }] } });
});

describe('no handler is asked', () => {
  const nothing = { handlerAnswer: 'none', core: '', outcome: 'SIGSEGV', pte: 'nobody', counters: [] } as const;

  row(10, 'no mapping', ALL, `
        lis     r3, 0x3000
        stw     r3, 0(r3)
        quit    0`, (run) => {
    expectFaults(faultsIn(run, ''), [{ ...nothing, signal: [11, 1] }]);
    expect(endOf(run)).toBe('signal 11');
  });

  row(11, 'the mapping does not allow it', ALL, `${mapFile(1, 2)}
        stw     r3, 0(r31)
        quit    0`, (run) => {
    expectFaults(faultsIn(run, DATA), [{ ...nothing, signal: [11, 2] }]);
  }, { hostFiles });

  row(12, 'a stack grows near r1, and not far below it', ALL, `
        addis   r4, r1, -4
        ld      r3, 0(r4)
        addis   r4, r1, -48
        ld      r3, 0(r4)
        quit    0`, (run, kernel) => {
    expectFaults(faultsIn(run, '[stack]').slice(-1), [served(kernel, 'none')]);
    expectFaults(faultsIn(run, ''), [{ ...nothing, signal: [11, 1] }]);
  });
});

describe('out of memory', () => {
  const program = `${ANONYMOUS}
        start_thread toucher, stack1_top, tid1
        join_thread tid1
        quit    5
toucher:
        std     r4, 0(r31)
        lis     r4, 0
        ori     r4, r4, 0x8000
        add     r4, r4, r31
        std     r4, 0(r4)
        std     r4, 0x1000(r4)
        end_thread`;
  const check = (run: Parameters<Parameters<typeof row>[4]>[0], kernel: KernelName, ends: string): void => {
    expectFaults(faultsIn(run, '[anon]').filter(({ outcome }) => outcome === 'OOM'), [
      { handlerAnswer: 'none', core: NAMES[kernel].oom, outcome: 'OOM', pte: 'nobody', counters: ['pgfault'] },
    ]);
    expect(endOf(run)).toBe(ends);
  };
  const options = { configuration: { mappingLimits: new Map([['[anon]', 8192]]) } };

  row(13, 'only the thread is killed', ['2.6.18', '2.6.18-retry', '2.6.19', '2.6.21'], program, (run, kernel) => { check(run, kernel, 'exit 5'); }, options);
  row(13, 'the whole program is killed', ['2.6.23', '2.6.25', '2.6.27', '2.6.30'], program, (run, kernel) => { check(run, kernel, 'signal 9'); }, options);
  row(14, 'the limit of a group', ['2.6.25', '2.6.27', '2.6.30'], program, (run, kernel) => { check(run, kernel, 'signal 9'); }, options);
});
