/** Running contexts from kernel to kernel: events, SIGIO, saved contexts, stale pages (facts 3.5 to 3.7, 5.1). */
import { describe, expect, it } from 'vitest';
import { contexts, names } from './contention.ts';
import { runSpufs, spufsFaults } from './programs.ts';

const stopped = (code: number): number => (code << 16) | 2;
const createWith = (flags: number): string => `
        address r3, a
        li      r4, ${String(flags)}
        li      r5, 0755
        system  279
        mr      r30, r3`;
/** A DMA from an address that is not mapped. */
const BAD_DMA = `
        .section .spu.bad_dma, "ax"
        il      $2, 0
        ilhu    $4, 0x3000
        il      $5, 16
        il      $6, 0x40
        transfer $2, $2
        stop    7
        .text`;

describe('events instead of signals', () => {
  it.each([['2.6.19', 0x0800], ['2.6.21', 0x0040], ['2.6.23', 0x0040]] as const)('a DMA to where nothing is mapped, %s: the run ends, and the third argument says why', (kernel, event) => {
    const run = runSpufs(`${createWith(1)}
        load_program a_mem, bad_dma, bad_dma_end
        run_context r30, npc, status
        show
        show_word status
        quit    0${BAD_DMA}`, { kernel });
    expect(run.stop).toMatchObject({ kind: 'exit', exit: { kind: 'exit', code: 0 } });
    // The SPU waited for its tag group when it was stopped: no stop bit.
    expect(run.shown).toEqual([0, event]);
  });

  it('an instruction that is none: SPE_EVENT_SPE_ERROR', () => {
    const run = runSpufs(`${createWith(1)}
        load_program a_mem, illegal, illegal_end
        run_context r30, npc, status
        show
        show_word status
        quit    0
        .section .spu.illegal, "ax"
        .long   0x00800000
        .text`, { kernel: '2.6.21' });
    expect(run.shown[1]).toBe(0x10);
  });

  it('a run that ends well reports no event; in 2.6.18 the same word is the status', () => {
    const program = `${createWith(0)}
        load_program a_mem, halt_now, halt_now_end
        run_context r30, npc, status
        show
        show_word status
        quit    0`;
    expect(runSpufs(program, { kernel: '2.6.18' }).shown).toEqual([stopped(0x11), stopped(0x11)]);
    expect(runSpufs(program, { kernel: '2.6.19' }).shown).toEqual([stopped(0x11), 0]);
  });
});

describe('SIGIO', () => {
  it('comes to the owner when the SPU writes its interrupt mailbox', () => {
    const run = runSpufs(`${createWith(0)}
        load_program a_mem, mail, mail_end
        handle  29, alarm_action
        open_file a_ibox, O_RDONLY | O_NONBLOCK
        mr      r29, r3
        system  20
        mr      r5, r3
        mr      r3, r29
        li      r4, 8
        system  55
        mr      r3, r29
        li      r4, 4
        li      r5, 020000 | O_NONBLOCK
        system  55
        read_bytes r29, word, 4
        show
        run_context r30, npc, status
        show
        show_word alarms
        read_bytes r29, word, 4
        show
        show_word word
        quit    0
        .section .spu.mail, "ax"
        il      $3, 0x123
        wrch    $SPU_WrOutIntrMbox, $3
        ilhu    $4, 1
1:      ai      $4, $4, -1
        brnz    $4, 1b
        stop    0x11
        .text`, { kernel: '2.6.21' });
    expect(run.shown[0]).toBe(-11);
    expect(run.shown.slice(-3)).toEqual([1, 4, 0x123]);
  });
});

describe('a context that a file has taken off its SPE', () => {
  const program = `${createWith(0)}
        load_program a_mem, spin, spin_end
        start_thread reader, stack1_top, tid1
        li      r3, 0
        address r4, alarm_mask
        li      r5, 0
        li      r6, 8
        system  174
        run_context r30, npc, status
        show
        quit    0
reader: handle  SIGALRM, alarm_action
        sleep_for ms1
        open_file a_regs, O_RDONLY
        mr      r29, r3
        read_bytes r29, buffer, 16
        sleep_for ms20
        sleep_for ms20
        quit    1`;

  it('is forgotten by spu_run up to 2.6.22', () => {
    expect(runSpufs(program, { kernel: '2.6.21' }).stop).toMatchObject({ exit: { code: 1 } });
  });

  it.each(['2.6.23', '2.6.25'] as const)('has one again when the file is done, from 2.6.23 on: %s', (kernel) => {
    expect(runSpufs(program, { kernel }).shown).toEqual([stopped(0x22)]);
  });
});

describe('pages of registers after a context has moved (row 41)', () => {
  /** c1 has its SPE until its run ends; c2 has it then. The page of c1 that was touched before is written to. */
  const program = (file: string, signal: number): string => `${contexts(2)}
        load_program c1_mem, halt_now, halt_now_end
        load_program c2_mem, listen_signal, listen_signal_end
        open_file ${file}, O_RDWR
        mr      r29, r3
        map_file r29, 0x20000
        lis     r4, ${String(signal)}@h
        ori     r4, r4, ${String(signal)}@l
        add     r28, r3, r4
        lwz     r3, 0(r28)
        start_thread other, stack1_top, tid1
        sleep_for ms1
        run_context r20, npc, status
        sleep_for ms1
        li      r5, 0x77
        stw     r5, 0(r28)
        join_thread tid1
        show_word status2
        quit    0
other:  run_context r21, npc2, status2
        keep_word r3, status2
        end_thread
        .section .rodata
c1_psmap: .asciz "/spu/c1/psmap"
        .text
        .section .spu.listen_signal, "ax"
        rdch    $3, $SPU_RdSigNotify1
        stop    0x44
        .text${names(2)}`;

  it('2.6.19: psmap still shows the SPE, and the write goes to the context that is there now', () => {
    const run = runSpufs(program('c1_psmap', 0x1400c), { kernel: '2.6.19' });
    expect(run.shown).toEqual([stopped(0x44)]);
    // The one touch at the beginning, and nothing afterwards.
    expect(spufsFaults(run)).toHaveLength(1);
  });

  it('2.6.19: signal1 has lost its page; the write waits for the SPE, which the other never leaves', () => {
    const run = runSpufs(program('c1_signal1', 0xc), { kernel: '2.6.19' });
    expect(run.stop.kind).toBe('deadlock');
  });

  it('2.6.21: so has psmap', () => {
    const run = runSpufs(program('c1_psmap', 0x1400c), { kernel: '2.6.21' });
    expect(run.stop.kind).toBe('deadlock');
  });
});
