/** The page cache and the disk behind it, seen by programs: which access is MAJOR, what dropping does, what reaches the disk (facts 2.3, 7). */
import { describe, expect, it } from 'vitest';
import { hostFolder, runAssembly } from '../assembly.ts';
import { readFaults } from '../../../../src/sim/kernel/fault/log.ts';
import { lookup } from '../../../../src/sim/kernel/files/tree.ts';
import type { AssemblyRun, RunOptions } from '../assembly.ts';

const DATA = hostFolder({ data: 'A'.repeat(3 * 4096) });

/** r30: descriptor; r29: address of a mapping of three pages. */
function opening(path: string, openFlags: number, sharing: number): string {
  return `
        .equ    MAP_KIND, ${String(sharing)}
        .section .rodata
file:   .asciz  "${path}"
        .text
        address r3, file
        li      r4, ${String(openFlags)}
        li      r5, 0644
        system  5
        mr      r30, r3`;
}
const MAP_IT = `
        li      r3, 0
        li      r4, 12288
        li      r5, 3
        li      r6, MAP_KIND
        mr      r7, r30
        li      r8, 0
        system  90
        mr      r29, r3`;
const UNMAP_IT = `
        mr      r3, r29
        li      r4, 12288
        system  91`;
const DROP = `
        mr      r3, r30
        li      r4, 0
        li      r5, 0
        li      r6, 4
        system  233
        show`;

/** Faults of a mapping, as outcome and whether the page came with a wait. */
function faultsOn(run: AssemblyRun, mapping: string): { outcome: string; waited: boolean; signal: number | undefined }[] {
  const { faults } = run.machine.state;
  return readFaults(faults, 0, faults.count).filter((fault) => fault.mapping === mapping)
    .map(({ outcome, waited, effect }) => ({ outcome, waited: waited > 0, signal: effect.signal?.number }));
}

function outcomes(body: string, mapping: string, options: RunOptions = {}): string[] {
  return faultsOn(runAssembly(body, options), mapping).map(({ outcome, waited }) => (waited ? `${outcome} waited` : outcome));
}

describe('a file on the disk', () => {
  it('row 4, row 3: the first access waits, MAJOR; after munmap and mmap it is MINOR; after fadvise DONTNEED it waits again', () => {
    const body = `${opening('/host/data', 0, 2)}${MAP_IT}
        lbz     r4, 0(r29)${UNMAP_IT}${MAP_IT}
        lbz     r4, 0(r29)${UNMAP_IT}${DROP}${MAP_IT}
        lbz     r4, 0(r29)
        quit    0`;
    expect(outcomes(body, '/host/data', { hostFiles: DATA })).toEqual(['MAJOR waited', 'MINOR', 'MAJOR waited']);
  });

  it('pages that are mapped stay in spite of fadvise DONTNEED; madvise DONTNEED takes them out of the mapping', () => {
    const advise = `
        mr      r3, r29
        li      r4, 4096
        li      r5, 4
        system  205
        show`;
    const body = `${opening('/host/data', 0, 2)}${MAP_IT}
        lbz     r4, 0(r29)${DROP}${advise}
        lbz     r4, 0(r29)${advise}${DROP}
        lbz     r4, 0(r29)
        quit    0`;
    expect(outcomes(body, '/host/data', { hostFiles: DATA })).toEqual(['MAJOR waited', 'MINOR', 'MAJOR waited']);
  });

  it('nothing is read ahead: each page waits on its own, unless MADV_WILLNEED has had it read before', () => {
    const body = `${opening('/host/data', 0, 2)}${MAP_IT}
        lbz     r4, 0(r29)
        li      r5, 4096
        lbzx    r4, r29, r5
        addi    r3, r29, 4096
        addi    r3, r3, 4096
        mr      r28, r3
        li      r4, 4096
        li      r5, 3
        system  205
        show
        li      r3, 0
        address r3, pause
        li      r4, 0
        system  162
        lbz     r4, 0(r28)
        quit    0
        .data
        .balign 8
pause:  .quad   0, 20000000
        .text`;
    expect(outcomes(body, '/host/data', { hostFiles: DATA })).toEqual(['MAJOR waited', 'MAJOR waited', 'MINOR']);
  });

  it('row 9: a page that cannot be read twice in a row is SIGBUS; after one failure the second read succeeds', () => {
    const body = `${opening('/host/data', 0, 2)}${MAP_IT}
        lbz     r4, 0(r29)
        quit    0`;
    const fails = (count: number): AssemblyRun => runAssembly(body, {
      hostFiles: DATA, configuration: { failures: [{ path: '/host/data', operation: 'read', firstPage: 0, lastPage: 0, count }] },
    });
    expect(faultsOn(fails(1), '/host/data')).toEqual([{ outcome: 'MAJOR', waited: true, signal: undefined }]);
    const run = fails(Infinity);
    expect(faultsOn(run, '/host/data')).toEqual([{ outcome: 'SIGBUS', waited: true, signal: 7 }]);
    expect(run.stop).toMatchObject({ kind: 'exit', exit: { kind: 'signal', signal: 7 } });
    expect(run.machine.state.counters).toMatchObject({ pgmajfault: 1 });
  });

  it('read() of a page that cannot be read is EIO', () => {
    const run = runAssembly(`${opening('/host/data', 0, 2)}
        mr      r3, r30
        address r4, buffer
        li      r5, 16
        system  3
        show
        quit    0
        .bss
buffer: .space  16
        .text`, { hostFiles: DATA, configuration: { failures: [{ path: '/host/data', operation: 'read', firstPage: 0, lastPage: 0, count: Infinity }] } });
    expect(run.shown).toEqual([-5]);
  });
});

/** A file of one page in /tmp that holds 'x' in its first byte. */
const NEW_FILE = `${opening('/tmp/data', 0o102, 1)}
        mr      r3, r30
        li      r4, 12288
        system  93${MAP_IT}`;
const SYNC = `
        mr      r3, r29
        li      r4, 12288
        li      r5, 4
        system  144
        show`;

describe('writing to a shared mapping', () => {
  it('reaches the disk by msync: only then can the page leave the page cache', () => {
    const body = (sync: string): string => `${NEW_FILE}
        li      r4, 88
        stb     r4, 0(r29)${sync}${UNMAP_IT}${DROP}${MAP_IT}
        lbz     r3, 0(r29)
        show
        quit    0`;
    const synced = runAssembly(body(SYNC));
    expect(faultsOn(synced, '/tmp/data').map(({ outcome }) => outcome)).toEqual(['MAJOR', 'MAJOR']);
    expect(synced.shown).toEqual([0, 0, 88]);
    // Dirty: DONTNEED only begins to write it, and it is still there.
    const dirty = runAssembly(body(''));
    expect(faultsOn(dirty, '/tmp/data').map(({ outcome }) => outcome)).toEqual(['MAJOR', 'MINOR']);
    expect(dirty.shown).toEqual([0, 88]);
  });

  it('msync sleeps while the disk writes, and once only', () => {
    const run = runAssembly(`${NEW_FILE}
        li      r4, 88
        stb     r4, 0(r29)${SYNC}${SYNC}
        quit    0`);
    expect(run.shown).toEqual([0, 0]);
    const { diskWrite } = run.machine.profile.cost;
    expect(run.machine.cycle).toBeGreaterThan(diskWrite);
    expect(run.machine.cycle).toBeLessThan(2 * diskWrite);
  });

  it('a write after msync makes the page dirty again without a fault', () => {
    const run = runAssembly(`${NEW_FILE}
        li      r4, 88
        stb     r4, 0(r29)${SYNC}
        li      r4, 89
        stb     r4, 0(r29)${UNMAP_IT}
        quit    0`);
    expect(faultsOn(run, '/tmp/data')).toHaveLength(1);
    const inode = lookup(run.machine.kernel, '/tmp/data');
    expect(typeof inode === 'object' && [...inode.dirty]).toEqual([0]);
  });

  it('a page that the disk does not take is EIO, once', () => {
    const run = runAssembly(`${NEW_FILE}
        li      r4, 88
        stb     r4, 0(r29)${SYNC}${SYNC}
        quit    0`, { configuration: { failures: [{ path: '/tmp/data', operation: 'write', firstPage: 0, lastPage: 9, count: 1 }] } });
    expect(run.shown).toEqual([-5, 0]);
  });

  it('row 8: truncation takes the page out of the mapping; the next touch is SIGBUS', () => {
    const run = runAssembly(`${NEW_FILE}
        li      r4, 88
        stb     r4, 0(r29)
        mr      r3, r30
        li      r4, 0
        system  93
        show
        lbz     r4, 0(r29)
        quit    0`);
    expect(faultsOn(run, '/tmp/data').map(({ outcome, signal }) => [outcome, signal])).toEqual([['MAJOR', undefined], ['SIGBUS', 7]]);
  });

  it('a file that was cut off and grows again is all zero there, also when it had been on the disk', () => {
    const run = runAssembly(`${NEW_FILE}
        li      r4, 88
        stb     r4, 8(r29)${SYNC}${UNMAP_IT}${DROP}
        mr      r3, r30
        li      r4, 4
        system  93
        mr      r3, r30
        li      r4, 12288
        system  93${MAP_IT}
        lbz     r3, 8(r29)
        show
        quit    0`);
    expect(run.shown).toEqual([0, 0, 0]);
  });
});

describe('page_mkwrite', () => {
  const refuses = (count: number): RunOptions => ({ configuration: { failures: [{ path: '/tmp/data', operation: 'mkwrite', firstPage: 0, lastPage: 0, count }] } });

  it('row 7: a refusal of the first write is SIGBUS, BUS_ADRERR, and counts as no fault', () => {
    const run = runAssembly(`${NEW_FILE}
        stb     r4, 0(r29)
        quit    0`, refuses(Infinity));
    expect(readFaults(run.machine.state.faults, 0, 100).filter(({ mapping }) => mapping === '/tmp/data')).toMatchObject([
      { outcome: 'SIGBUS', handlerAnswer: 'page', coreAnswer: { name: 'VM_FAULT_SIGBUS', value: 1 }, effect: { pte: 'nobody', signal: { number: 7, code: 2 }, counters: ['pgfault', 'pgmajfault'] } },
    ]);
  });

  it('row 7: a page that was read first is asked about by do_wp_page', () => {
    const run = runAssembly(`${NEW_FILE}
        lbz     r4, 0(r29)
        stb     r4, 0(r29)
        quit    0`, refuses(Infinity));
    expect(readFaults(run.machine.state.faults, 0, 100).filter(({ mapping }) => mapping === '/tmp/data').map(({ outcome, trail }) => [outcome, trail.at(-1)?.path, trail.some(({ path }) => path === 'do_wp_page')])).toEqual([
      ['MAJOR', 'do_page_fault', false], ['SIGBUS', 'do_page_fault', true],
    ]);
  });

  it('where it agrees the write is a MINOR fault, and the following ones are none', () => {
    const run = runAssembly(`${NEW_FILE}
        lbz     r4, 0(r29)
        stb     r4, 0(r29)
        stb     r4, 1(r29)
        quit    0`, refuses(0));
    expect(faultsOn(run, '/tmp/data').map(({ outcome }) => outcome)).toEqual(['MAJOR', 'MINOR']);
  });
});
