/** spu_run: what it copies out, how it ends, and what a signal makes of it (facts 3.7, 5.1). */
import { describe, expect, it } from 'vitest';
import { faultsOf, KERNELS, runSpufs } from './programs.ts';

const EINTR = 4;
const EBADF = 9;
const EFAULT = 14;
const EINVAL = 22;
/** What a program shows that must not be reached. */
const UNREACHED = 0xbad;
/** SPU_Status: the stop code in the upper half; 2 stopped by stop-and-signal, 4 by halt (facts 6.1). */
const stopped = (code: number): number => (code << 16) | 2;
const HALTED = 4;

const ONE_CONTEXT = `
        create  a
        mr      r30, r3`;

describe('how a run ends', () => {
  it.each(KERNELS)('a stop gives the status, as result and through the pointer, and npc behind it: %s', (kernel) => {
    const run = runSpufs(`${ONE_CONTEXT}
        load_program a_mem, halt_now, halt_now_end
        run_context r30, npc, status
        show
        show_word npc
        show_word status
        quit    0`, { kernel });
    expect(run.stop).toEqual({ kind: 'exit', exit: { kind: 'exit', code: 0 } });
    expect(run.shown).toEqual([stopped(0x11), 4, stopped(0x11)]);
  });

  it('a halt is behind its instruction too; the status pointer may be null', () => {
    const run = runSpufs(`${ONE_CONTEXT}
        load_program a_mem, halts, halts_end
        mr      r3, r30
        address r4, npc
        li      r5, 0
        system  278
        show
        show_word npc
        quit    0
        .section .spu.halts, "ax"
        il      $3, 7
        heqi    $3, 7
        stop    1
        .text`);
    expect(run.shown).toEqual([HALTED, 8]);
  });

  it('runs go on where npc says, with the registers that the context has', () => {
    const run = runSpufs(`${ONE_CONTEXT}
        load_program a_mem, counts, counts_end
        run_context r30, npc, status
        run_context r30, npc, status
        show
        show_word npc
        open_file a_mbox, O_RDONLY
        mr      r29, r3
        read_bytes r29, word, 4
        show_word word
        quit    0
        .section .spu.counts, "ax"
        ai      $3, $3, 5
        stop    1
        ai      $3, $3, 6
        wrch    $SPU_WrOutMbox, $3
        stop    2
        .text`);
    expect(run.shown).toEqual([stopped(2), 20, 11]);
  });

  it('a breakpoint, stop 0x3fff, is a stop like others where nobody traces; from 2.6.20 on it is a SIGTRAP', () => {
    const body = `${ONE_CONTEXT}
        load_program a_mem, breaks, breaks_end
        run_context r30, npc, status
        show
        quit    0
        .section .spu.breaks, "ax"
        stop    0x3fff
        .text`;
    expect(runSpufs(body, { kernel: '2.6.18' }).shown).toEqual([stopped(0x3fff)]);
    const later = runSpufs(body, { kernel: { base: '2.6.18', spuBreakpointTraps: true } });
    expect(later.stop).toEqual({ kind: 'exit', exit: { kind: 'signal', signal: 5 } });
  });
});

describe('what cannot be run', () => {
  it.each(KERNELS)('bad descriptors, other files, bad pointers: %s', (kernel) => {
    const run = runSpufs(`${ONE_CONTEXT}
        load_program a_mem, halt_now, halt_now_end
        li      r29, 99
        run_context r29, npc, status
        show
        li      r29, 1
        run_context r29, npc, status
        show
        open_file a_mem, O_RDWR
        mr      r29, r3
        run_context r29, npc, status
        show
        open_file a, O_RDONLY
        mr      r29, r3
        run_context r29, npc, status
        show
        mr      r3, r30
        li      r4, 16
        address r5, status
        system  278
        show
        mr      r3, r30
        address r4, npc
        li      r5, 16
        system  278
        show
        show_word npc
        show_word status
        quit    0`, { kernel });
    // A directory opened by its name is not what spu_create gave. Nothing ran: npc and status are as they were.
    expect(run.shown).toEqual([-EBADF, -EINVAL, -EINVAL, -EINVAL, -EFAULT, -EFAULT, 0, 0x5a5a_5a5a]);
  });

  it('a pointer to memory that may not be written: the SPU has run, the call is EFAULT', () => {
    const run = runSpufs(`${ONE_CONTEXT}
        load_program a_mem, halt_now, halt_now_end
        mr      r3, r30
        address r4, readonly_npc
        address r5, status
        system  278
        show
        show_word status
        quit    0
        .section .rodata
        .balign 4
readonly_npc: .long 0
        .text`);
    expect(run.shown).toEqual([-EFAULT, stopped(0x11)]);
  });
});

describe('signals', () => {
  const INTERRUPTED = `${ONE_CONTEXT}
        load_program a_mem, forever, forever_end
        set_alarm in5ms
        run_context r30, npc, status
        show
        show_word alarms
        show_word status
        quit    0`;

  it.each(KERNELS)('a handler without SA_RESTART: EINTR, and the SPU is stopped where it was: %s', (kernel) => {
    const run = runSpufs(`handle SIGALRM, alarm_action\n${INTERRUPTED}`, { kernel });
    // SPU_Status 0: neither running nor stopped by an instruction.
    expect(run.shown).toEqual([-EINTR, 1, 0]);
  });

  it('with SA_RESTART the run is taken up again where the SPU was', () => {
    const run = runSpufs(`${ONE_CONTEXT}
        handle  SIGALRM, alarm_restarts
        load_program a_mem, spin, spin_end
        set_alarm in5ms
        run_context r30, npc, status
        show
        show_word alarms
        quit    0`);
    expect(run.shown).toEqual([stopped(0x22), 1]);
    // Two instructions a turn, 786,432 turns: none is lost and none is done twice.
    expect(run.machine.state.instructions.spu).toBe(2 * 786_432 + 2);
  });

  it('without a handler it kills, also inside spu_run', () => {
    const run = runSpufs(INTERRUPTED);
    expect(run.stop).toEqual({ kind: 'exit', exit: { kind: 'signal', signal: 14 } });
  });

  it('SIGKILL from another thread ends the program inside spu_run', () => {
    const run = runSpufs(`${ONE_CONTEXT}
        load_program a_mem, forever, forever_end
        start_thread killer, stack1_top, tid1
        run_context r30, npc, status
        li      r3, ${String(UNREACHED)}
        show
        quit    0
killer: sleep_for ms1
        system  20
        li      r4, 9
        system  37
        end_thread`);
    expect(run.shown).toEqual([]);
    expect(run.stop).toEqual({ kind: 'exit', exit: { kind: 'signal', signal: 9 } });
    expect(run.machine.state.spufs.slots.map(({ context }) => context)).toEqual([undefined]);
  });

  it('one that comes together with a stop wins in 2.6.18, and the status is lost; from 2.6.20 on the stop wins', () => {
    // One CPU: the thread in spu_run, woken by the stop, does not run before the writer has sent the signal too.
    const body = `${ONE_CONTEXT}
        load_program a_mem, listen, listen_end
        start_thread writer, stack1_top, tid1
        run_context r30, npc, status
        show
        show_word npc
        quit    0
writer: sleep_for ms5
        open_file a_wbox, O_WRONLY
        mr      r29, r3
        system  20
        mr      r28, r3
        write_bytes r29, word, 4
        li      r5, 10000
        mtctr   r5
1:      bdnz    1b
        mr      r3, r28
        mr      r4, r28
        li      r5, SIGALRM
        system  250
        end_thread`;
    const configuration = { spes: 1, ppeThreads: 1 };
    const early = runSpufs(`handle SIGALRM, alarm_action\n${body}`, { kernel: '2.6.18', configuration });
    expect(early.shown).toEqual([-EINTR, 8]);
    const later = runSpufs(`handle SIGALRM, alarm_action\n${body}`, { kernel: { base: '2.6.18', stopBeatsSignal: true }, configuration });
    expect(later.shown).toEqual([stopped(0x33), 8]);
  });

  it('wakes a thread that waits for its turn on the context', () => {
    const run = runSpufs(`
        handle  SIGALRM, alarm_action
        ${ONE_CONTEXT}
        load_program a_mem, forever, forever_end
        start_thread first, stack1_top, tid1
        sleep_for ms1
        set_alarm in5ms
        li      r3, 0
        address r4, zero
        li      r5, 0
        li      r6, 8
        run_context r30, npc2, status2
        show
        quit    0
first:  li      r3, 0
        address r4, alarm_mask
        li      r5, 0
        li      r6, 8
        system  174
        run_context r30, npc, status
        end_thread`);
    expect(run.shown).toEqual([-EINTR]);
  });
});

describe('two threads run one context', () => {
  it('one after the other', () => {
    const run = runSpufs(`${ONE_CONTEXT}
        load_program a_mem, spin, spin_end
        start_thread second, stack1_top, tid1
        run_context r30, npc, status
        join_thread tid1
        show_word status
        show_word status2
        quit    0
second: run_context r30, npc2, status2
        end_thread`);
    expect(run.shown).toEqual([stopped(0x22), stopped(0x22)]);
    expect(run.machine.state.instructions.spu).toBe(2 * (2 * 786_432 + 2));
  });
});

describe('errors of the SPE become signals', () => {
  const failing = (program: string): string => `
        handle  4, fault_action
        handle  7, fault_action
        ${ONE_CONTEXT}
        load_program a_mem, fails, fails_end
        run_context r30, npc, status
        li      r3, ${String(UNREACHED)}
        show
        quit    0
        .section .spu.fails, "ax"
        ${program}
        .text`;
  const SIGILL = 4;
  const SIGBUS = 7;
  const ILL_ILLOPC = 1;
  const BUS_ADRALN = 1;
  const BUS_OBJERR = 3;
  const SI_KERNEL = 0x80;

  it.each(KERNELS)('an instruction that is none: SIGILL, at npc - 4: %s', (kernel) => {
    const run = runSpufs(failing('nop\n.long 0x00800000'), { kernel });
    expect(run.shown).toEqual([SIGILL, ILL_ILLOPC, 4]);
    expect(run.stop).toEqual({ kind: 'exit', exit: { kind: 'exit', code: 77 } });
  });

  it('a channel that is none: SIGILL as well', () => {
    expect(runSpufs(failing('nop\nnop\nrdch $3, $ch100')).shown).toEqual([SIGILL, ILL_ILLOPC, 8]);
  });

  const dma = (size: number, opcode: number): string => `
        il      $2, 0
        il      $3, 0x100
        il      $4, ${String(size)}
        il      $5, ${String(opcode)}
        wrch    $MFC_LSA, $3
        wrch    $MFC_EAH, $2
        wrch    $MFC_EAL, $3
        wrch    $MFC_Size, $4
        wrch    $MFC_TagID, $2
        wrch    $MFC_Cmd, $5
1:      br      1b`;

  it('a DMA of 3 bytes: SIGBUS, which says no more in 2.6.18 and BUS_ADRALN from 2.6.22 on', () => {
    expect(runSpufs(failing(dma(3, 0x40))).shown).toEqual([SIGBUS, SI_KERNEL, 0]);
    expect(runSpufs(failing(dma(3, 0x40)), { kernel: { base: '2.6.18', dmaAlignmentCode: true } }).shown).toEqual([SIGBUS, BUS_ADRALN, 0]);
  });

  it('a command that the MFC does not know: SIGBUS, BUS_OBJERR', () => {
    expect(runSpufs(failing(dma(16, 0x7f))).shown).toEqual([SIGBUS, BUS_OBJERR, 0]);
  });

  it('no page fault is recorded for them', () => {
    expect(faultsOf(runSpufs(failing('.long 0x00800000')).machine).filter(({ origin }) => origin === 'mfc')).toEqual([]);
  });
});
