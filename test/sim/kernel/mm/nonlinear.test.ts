/** remap_file_pages and what faults make of it (facts 2.3 do_file_page, 7 row 17). */
import { describe, expect, it } from 'vitest';
import { readFaults } from '../../../../src/sim/kernel/fault/log.ts';
import { hostFolder, runAssembly, type AssemblyRun, type RunOptions } from '../assembly.ts';

const PAGES = ['A', 'B', 'C'].map((letter) => letter.repeat(4096)).join('');
const MAP_NONBLOCK = 0x1_0000;

/** Maps a file of three pages shared (r29), and shows the answer of remap_file_pages on the first page of it. */
function remapped(index: number, flags: number, protection = 0): string {
  return `
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
        li      r6, 1
        li      r8, 0
        system  90
        mr      r29, r3
        li      r4, 4096
        li      r5, ${String(protection)}
        li      r6, ${String(index)}
        lis     r7, ${String(flags >> 16)}
        system  239
        show
        lbz     r3, 0(r29)
        show
        quit    0`;
}

function run(body: string, options: RunOptions = {}): AssemblyRun {
  return runAssembly(body, { hostFiles: hostFolder({ data: PAGES }), ...options });
}

function faults(done: AssemblyRun): ReturnType<typeof readFaults> {
  return readFaults(done.machine.state.faults, 0, 1000).filter(({ mapping }) => mapping === '/host/data');
}

describe('a page of another place in the file', () => {
  it('is put in by the call, which waits for the disk; touching it is no fault', () => {
    const done = run(remapped(2, 0));
    expect(done.shown).toEqual([0, 'C'.charCodeAt(0)]);
    expect(faults(done)).toEqual([]);
    expect(done.machine.cycle).toBeGreaterThan(done.machine.profile.cost.diskRead);
  });

  it('row 17: with MAP_NONBLOCK only named by the PTE: the fault is MAJOR, filemap_populate its handler', () => {
    const done = run(remapped(2, MAP_NONBLOCK));
    expect(done.shown).toEqual([0, 'C'.charCodeAt(0)]);
    expect(faults(done)).toMatchObject([{ handler: 'filemap_populate', handlerAnswer: 'page', coreAnswer: { name: 'VM_FAULT_MAJOR', value: 3 }, outcome: 'MAJOR', effect: { counters: ['maj_flt', 'pgfault'] } }]);
  });

  it('row 17: MAJOR also where the page cache has it by then', () => {
    const done = run(remapped(2, MAP_NONBLOCK).replace('        lbz     r3, 0(r29)', '        li      r4, 8192\n        lbzx    r3, r29, r4\n        lbz     r3, 0(r29)'));
    expect(faults(done).map(({ outcome, waited }) => [outcome, waited > 0])).toEqual([['MAJOR', true], ['MAJOR', false]]);
  });

  it('beyond the end of the file is SIGBUS, a page that cannot be read OOM', () => {
    const beyond = run(remapped(9, MAP_NONBLOCK));
    expect(beyond.shown[0]).toBe(-22);
    const unreadable = run(remapped(2, MAP_NONBLOCK), { configuration: { failures: [{ path: '/host/data', operation: 'read', firstPage: 2, lastPage: 2, count: Infinity }] } });
    expect(faults(unreadable)).toMatchObject([{ handlerAnswer: 'NOPAGE_OOM', coreAnswer: { name: 'VM_FAULT_OOM', value: 0 }, outcome: 'OOM', effect: { killed: 'thread' } }]);
  });

  it('cannot have other permissions', () => {
    expect(run(remapped(1, 0, 1)).shown[0]).toBe(-22);
  });
});
