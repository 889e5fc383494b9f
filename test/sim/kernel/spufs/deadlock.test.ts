/** Deadlocks around SPEs are found, and say who waits for what and who holds it. */
import { describe, expect, it } from 'vitest';
import { KERNELS, runSpufs } from './programs.ts';

const MESSAGE = 'No thread can run and no event is due.';

function sentenceOf(run: ReturnType<typeof runSpufs>): string {
  return run.stop.kind === 'deadlock' ? run.stop.report.sentence : run.stop.kind;
}

describe('a thread waits for an SPU that waits itself', () => {
  const RUN = `
        create  a
        mr      r30, r3
        load_program a_mem, listen, listen_end`;

  it.each(KERNELS)('for a word in its mailbox: %s', (kernel) => {
    const run = runSpufs(`${RUN}
        run_context r30, npc, status
        quit    0`, { kernel });
    expect(sentenceOf(run)).toBe(
      `${MESSAGE} Thread 1000 (test.s) waits for stop_wq of /spu/a, held by the SPU of /spu/a on SPE 0, which waits for SPU_RdInMbox at 0x0.`,
    );
    expect(run.stop).toMatchObject({ report: { waits: [{ tid: 1000, waitsFor: 'stop_wq of /spu/a', path: 'spufs_run_spu', interruptible: true }] } });
  });

  it('and another thread for an answer, another for its turn, another for the SPE', () => {
    const run = runSpufs(`${RUN}
        create  b
        mr      r28, r3
        open_file a_ibox, O_RDONLY
        mr      r29, r3
        start_thread reader, stack1_top, tid1
        start_thread second, stack2_top, tid2
        start_thread third, stack3_top, tid3
        run_context r30, npc, status
        quit    0
reader: read_bytes r29, word, 4
        end_thread
second: sleep_for ms1
        run_context r30, npc2, status2
        end_thread
third:  sleep_for ms1
        run_context r28, npc2, status2
        end_thread`);
    expect(sentenceOf(run).split('. ').slice(1).sort()).toEqual([
      'Thread 1000 (test.s) waits for stop_wq of /spu/a, held by the SPU of /spu/a on SPE 0, which waits for SPU_RdInMbox at 0x0',
      'Thread 1001 (test.s) waits for ibox_wq of /spu/a, held by the SPU of /spu/a on SPE 0, which waits for SPU_RdInMbox at 0x0',
      'Thread 1002 (test.s) waits for run_sema of /spu/a, held by thread 1000 (test.s)',
      'Thread 1003 (test.s) waits for the SPE run queue at priority 120, held by /spu/a on SPE 0.',
    ].sort());
  });

  it('for a DMA that never ends, because its fault was not served: the handler of SIGBUS came back', () => {
    const run = runSpufs(`
        handle  7, back_action
        create  a
        mr      r30, r3
        load_program a_mem, dma, dma_end
        run_context r30, npc, status
        show
        quit    0
back:   blr
        .section .rodata
        .balign 8
back_action: .quad back_descriptor, 0x10000000, 0, 0
back_descriptor: .quad back, 0, 0
        .text
        .section .spu.dma, "ax"
        il      $2, 0
        ilhu    $4, 0x5000
        il      $5, 16
        il      $6, 0x40
        wrch    $MFC_LSA, $2
        wrch    $MFC_EAH, $2
        wrch    $MFC_EAL, $4
        wrch    $MFC_Size, $5
        wrch    $MFC_TagID, $2
        wrch    $MFC_Cmd, $6
        il      $8, 1
        wrch    $MFC_WrTagMask, $8
        wrch    $MFC_WrTagUpdate, $8
        rdch    $9, $MFC_RdTagStat
        stop    1
        .text`);
    expect(sentenceOf(run)).toBe(`${MESSAGE} Thread 1000 (test.s) waits for stop_wq of /spu/a, `
      + 'held by the SPU of /spu/a on SPE 0, which waits for MFC_RdTagStat at 0x34, while its DMA stands still.');
  });

  it('for an SPU whose context was taken off its SPE', () => {
    const run = runSpufs(`
        create  a
        mr      r30, r3
        load_program a_mem, forever, forever_end
        start_thread reader, stack1_top, tid1
        run_context r30, npc, status
        quit    0
reader: sleep_for ms1
        open_file a_regs, O_RDONLY
        mr      r29, r3
        read_bytes r29, buffer, 16
        end_thread`);
    expect(sentenceOf(run)).toBe(`${MESSAGE} Thread 1000 (test.s) waits for stop_wq of /spu/a, `
      + 'held by the SPU of /spu/a without an SPE, which ran when it lost its SPE.');
  });

  it('for a stopped one', () => {
    const run = runSpufs(`
        create  a
        open_file a_ibox, O_RDONLY
        mr      r29, r3
        read_bytes r29, word, 4
        quit    0`);
    expect(sentenceOf(run)).toBe(`${MESSAGE} Thread 1000 (test.s) waits for ibox_wq of /spu/a, held by the SPU of /spu/a without an SPE, which is stopped.`);
  });
});

describe('mmap_sem (facts 8.5)', () => {
  // One SPE: a runs and faults late; the toucher waits for the SPE with mmap_sem; the mapper wants to write.
  const circle = (bystander: string): ReturnType<typeof runSpufs> => runSpufs(`
        create  a
        mr      r30, r3
        create  b
        load_program a_mem, late, late_end
        open_file b_signal1, O_RDWR
        mr      r29, r3
        map_file r29, 4096
        mr      r28, r3
        start_thread toucher, stack1_top, tid1
        start_thread mapper, stack2_top, tid2
        ${bystander}
        run_context r30, npc, status
        quit    0
toucher: sleep_for ms1
        stw     r3, SIGNAL1(r28)
        end_thread
mapper: sleep_for ms5
        map_file r29, 4096
        end_thread
        .bss
        .balign 4096
fresh:  .space  4096
        .text
        # spins 20 ms, then puts to a page that was never touched
        .section .spu.late, "ax"
        ilhu    $3, 12
1:      ai      $3, $3, -1
        brnz    $3, 1b
        il      $2, 0
        ilhu    $4, fresh@ppu@h
        iohl    $4, fresh@ppu@l
        il      $5, 16
        il      $6, 0x20
        transfer $2, $2
        stop    1
        .text`.replace('fresh@ppu@h', '(fresh@ppu)@h').replace('fresh@ppu@l', '(fresh@ppu)@l'));

  it('a touch holds it while it waits for the SPE; a writer queues; the SPE\'s own fault queues behind the writer', () => {
    const run = circle('');
    const waits = run.stop.kind === 'deadlock' ? run.stop.report.waits : [];
    expect(waits.map(({ tid, path, holders, interruptible }) => ({ tid, path, holders, interruptible }))).toEqual([
      { tid: 1000, path: 'spu_handle_mm_fault', holders: ['thread 1001 (test.s)'], interruptible: false },
      { tid: 1001, path: 'get_idle_spu', holders: ['/spu/a on SPE 0'], interruptible: true },
      { tid: 1002, path: 'do_mmap', holders: ['thread 1001 (test.s)'], interruptible: false },
    ]);
    expect(run.notices).toEqual([]);
  });

  it('is told when it closes, where other threads run on', () => {
    const run = circle(`start_thread bystander, stack3_top, tid3
        b       2f
bystander: sleep_for ms20
        sleep_for ms20
        quit    9
2:`);
    expect(run.stop).toMatchObject({ kind: 'exit' });
    expect(run.notices).toEqual([
      'Deadlock: these threads wait for each other while the rest of the program runs on: thread 1000 (test.s) waits for mmap_sem of address space 1, '
      + 'thread 1001 (test.s) waits for the SPE run queue at priority 120, thread 1002 (test.s) waits for mmap_sem of address space 1. '
      + 'Only a signal to thread 1001 (test.s) could change that.',
    ]);
  });

  it('for a list that has stalled and that nobody acknowledges', () => {
    const run = runSpufs(`
        create  a
        mr      r30, r3
        load_program a_mem, stalls, stalls_end
        run_context r30, npc, status
        quit    0
        .section .spu.stalls, "ax"
        br      begin
        .balign 16
list:   .long   0x80000000, 0, 0, 0
begin:  il      $2, 0
        ila     $3, list
        il      $4, 16
        il      $5, 0x44
        wrch    $MFC_EAL, $3
        wrch    $MFC_Size, $4
        wrch    $MFC_Cmd, $5
        il      $6, 1
        wrch    $MFC_WrTagMask, $6
        il      $6, 2
        wrch    $MFC_WrTagUpdate, $6
wait:   rdch    $6, $MFC_RdTagStat
        .text`);
    expect(sentenceOf(run)).toBe(`${MESSAGE} Thread 1000 (test.s) waits for stop_wq of /spu/a, held by the SPU of /spu/a on SPE 0, `
      + 'which waits for MFC_RdTagStat at 0x4c, while a list of its DMA waits for MFC_WrListStallAck.');
  });
});
