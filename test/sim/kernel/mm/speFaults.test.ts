/** DMA of an SPE to pages that are on a disk: served by the thread in spu_run (facts 5.2, 7 row 53). */
import { describe, expect, it } from 'vitest';
import { readFaults } from '../../../../src/sim/kernel/fault/log.ts';
import { hostFolder } from '../assembly.ts';
import { runSpufs } from '../spufs/programs.ts';

/** Runs a context whose SPU gets 16 bytes from the address in its first word, and shows the first byte that came. */
const GET = `
        .section .rodata
data:   .asciz  "/host/data"
        .text
        address r3, data
        li      r4, 0
        system  5
        mr      r7, r3
        lis     r3, 0x4000
        li      r4, 4096
        li      r5, 1
        li      r6, 0x12
        li      r8, 0
        system  90
        create  a
        mr      r30, r3
        load_program a_mem, fetch, fetch_end
        run_context r30, npc, status
        show
        quit    0
        .section .spu.fetch, "ax"
        il      $2, 0
        ila     $3, 0x1000
        ilhu    $4, 0x4000
        il      $5, 16
        il      $6, 0x40
        transfer $3, $2
        stop    5
        .text`;

describe('row 53', () => {
  it('a page on the disk is MAJOR for the thread in spu_run, and the DMA goes on', () => {
    const run = runSpufs(GET, { kernel: '2.6.18', hostFiles: hostFolder({ data: 'x'.repeat(4096) }) });
    const [fault, ...more] = readFaults(run.machine.state.faults, 0, 100).filter(({ mapping }) => mapping === '/host/data');
    expect(more).toEqual([]);
    expect(fault).toMatchObject({ origin: 'mfc', outcome: 'MAJOR', command: 'get', task: 1000, coreAnswer: { value: 3 }, effect: { counters: ['maj_flt', 'pgfault', 'pgmajfault'] } });
    expect(fault?.waited).toBeGreaterThanOrEqual(run.machine.profile.cost.diskRead);
    // Stopped with code 5.
    expect((run.shown[0] ?? 0) >>> 16).toBe(5);
  });

  it('one that the disk cannot read is SIGBUS for it', () => {
    const run = runSpufs(GET, {
      kernel: '2.6.18', hostFiles: hostFolder({ data: 'x'.repeat(4096) }),
      configuration: { failures: [{ path: '/host/data', operation: 'read', firstPage: 0, lastPage: 0, count: Infinity }] },
    });
    expect(run.stop).toMatchObject({ kind: 'exit', exit: { kind: 'signal', signal: 7 } });
  });
});
