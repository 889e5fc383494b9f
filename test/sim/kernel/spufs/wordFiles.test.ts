/** Mailboxes and signals as files: words that are taken, waited for, or refused (facts 3.2). */
import { describe, expect, it } from 'vitest';
import { printFile, writeText } from './fileTexts.ts';
import { runSpufs } from './programs.ts';

const EINTR = 4;
const EAGAIN = 11;
const EINVAL = 22;


const CONTEXT = `
        create  a
        mr      r30, r3`;

describe('mailboxes', () => {
  it('mbox never waits; it needs room for a word, and gives one', () => {
    const run = runSpufs(`${CONTEXT}
        load_program a_mem, mails, mails_end
        open_file a_mbox, O_RDONLY
        mr      r29, r3
        read_bytes r29, buffer, 4
        show
        run_context r30, npc, status
        open_file a_mbox_stat, O_RDONLY
        mr      r28, r3
        read_bytes r28, word, 4
        show_word word
        read_bytes r29, buffer, 3
        show
        read_bytes r29, buffer, 8
        show
        show_word buffer
        read_bytes r28, word, 4
        show_word word
        read_bytes r28, word, 3
        show
        quit    0
        .section .spu.mails, "ax"
        il      $3, 77
        wrch    $SPU_WrOutMbox, $3
        stop    1
        .text`);
    expect(run.shown).toEqual([-EAGAIN, 1, -EINVAL, 4, 77, 0, -EINVAL]);
  });

  it('wbox takes four words, one a call, then waits or is EAGAIN; its stat counts free places', () => {
    const run = runSpufs(`${CONTEXT}
        open_file a_wbox, O_WRONLY | O_NONBLOCK
        mr      r29, r3
        open_file a_wbox_stat, O_RDONLY
        mr      r28, r3
        ${Array.from({ length: 5 }, () => `read_bytes r28, word, 4
        show_word word
        write_bytes r29, buffer, 8
        show`).join('\n')}
        write_bytes r29, buffer, 3
        show
        quit    0`);
    expect(run.shown).toEqual([4, 4, 3, 4, 2, 4, 1, 4, 0, -EAGAIN, -EINVAL]);
  });

  it('a writer sleeps until the SPU has read, a reader of ibox until it has written', () => {
    const run = runSpufs(`${CONTEXT}
        load_program a_mem, echo, echo_end
        open_file a_wbox, O_WRONLY
        mr      r29, r3
        ${Array.from({ length: 4 }, () => 'write_bytes r29, word, 4').join('\n')}
        start_thread later, stack1_top, tid1
        write_bytes r29, fifth, 4
        show
        open_file a_ibox, O_RDONLY
        mr      r28, r3
        open_file a_ibox_stat, O_RDONLY
        mr      r27, r3
        ${Array.from({ length: 5 }, () => `read_bytes r28, buffer, 4
        show_word buffer`).join('\n')}
        join_thread tid1
        read_bytes r27, buffer, 4
        show_word buffer
        show_word status
        quit    0
later:  sleep_for ms5
        run_context r30, npc, status
        end_thread
        .data
fifth:  .long   99
        .text
        .section .spu.echo, "ax"
        il      $4, 5
1:      rdch    $3, $SPU_RdInMbox
        ai      $3, $3, 1
        wrch    $SPU_WrOutIntrMbox, $3
        ai      $4, $4, -1
        brnz    $4, 1b
        stop    9
        .text`);
    expect(run.shown).toEqual([4, 1, 1, 1, 1, 100, 0, (9 << 16) | 2]);
  });

  it('a signal ends the sleep: EINTR; O_NONBLOCK does not sleep', () => {
    const run = runSpufs(`${CONTEXT}
        handle  SIGALRM, alarm_action
        set_alarm in5ms
        open_file a_ibox, O_RDONLY
        mr      r29, r3
        read_bytes r29, word, 4
        show
        open_file a_ibox, O_RDONLY | O_NONBLOCK
        mr      r29, r3
        read_bytes r29, word, 4
        show
        quit    0`);
    expect(run.shown).toEqual([-EINTR, -EAGAIN]);
  });

  it('poll waits for ibox and wbox; other files are always ready', () => {
    const run = runSpufs(`${CONTEXT}
        load_program a_mem, late, late_end
        open_file a_ibox, O_RDONLY
        mr      r29, r3
        open_file a_wbox, O_WRONLY
        mr      r28, r3
        open_file a_mbox, O_RDONLY
        mr      r27, r3
        ${Array.from({ length: 4 }, () => 'write_bytes r28, word, 4').join('\n')}
        # at once: ibox has nothing, wbox is full, mbox says it is ready
        address r15, pollfds
        stw     r29, 0(r15)
        stw     r28, 8(r15)
        stw     r27, 16(r15)
        mr      r3, r15
        li      r4, 3
        li      r5, 0
        system  167
        show
        show_word pollfds + 4
        show_word pollfds + 12
        show_word pollfds + 20
        start_thread runner, stack1_top, tid1
        # one after the other: space in wbox, a word in ibox
        address r3, pollfds + 8
        li      r4, 1
        li      r5, -1
        system  167
        show_word pollfds + 12
        address r3, pollfds
        li      r4, 1
        li      r5, -1
        system  167
        show_word pollfds + 4
        quit    0
runner: sleep_for ms1
        run_context r30, npc, status
        end_thread
        .data
        .balign 8
pollfds: .long  0
        .short  1, 0
        .long   0
        .short  4, 0
        .long   0
        .short  5, 0
        .text
        .section .spu.late, "ax"
        rdch    $3, $SPU_RdInMbox
        ilhu    $4, 1
1:      ai      $4, $4, -1
        brnz    $4, 1b
        wrch    $SPU_WrOutIntrMbox, $3
        stop    1
        .text`);
    // events in the upper halfword, revents in the lower: 1 IN, 4 OUT.
    expect(run.shown).toEqual([1, 0x1_0000, 0x4_0000, 0x5_0005, 0x4_0004, 0x1_0001]);
  });
});

describe('signals', () => {
  const SIGNALS = (type: string): string => `${CONTEXT}
        ${writeText('a_signal1_type', type)}
        ${printFile('a_signal1_type', 'li r3, 1\naddress r4, newline\nli r5, 1\nsystem 4')}
        open_file a_signal1, O_RDWR
        mr      r29, r3
        write_bytes r29, one, 4
        write_bytes r29, two, 8
        show
        read_bytes r29, buffer, 8
        show
        show_word buffer
        write_bytes r29, one, 2
        show
        quit    0
        .section .rodata
        .balign 4
one:    .long   1
two:    .long   6, 8
newline: .byte  10
        .text`;

  it.each([['0', 6], ['1', 7]])('overwrite or OR, as the type says, which is decimal without a line end: %s', (type, value) => {
    const run = runSpufs(SIGNALS(type));
    expect(run.lines).toEqual([type]);
    expect(run.shown).toEqual([1, 0, 4, 4, value, -EINVAL]);
  });

  it('in 2.6.18 signal2 of a context on an SPE reads the first register', () => {
    const run = runSpufs(`${CONTEXT}
        load_program a_mem, halt_now, halt_now_end
        open_file a_signal1, O_RDWR
        mr      r29, r3
        open_file a_signal2, O_RDWR
        mr      r28, r3
        write_bytes r29, one, 4
        write_bytes r28, two, 4
        read_bytes r28, word, 4
        show_word word
        run_context r30, npc, status
        read_bytes r28, word, 4
        show_word word
        read_bytes r29, word, 4
        show_word word
        quit    0
        .section .rodata
        .balign 4
one:    .long   11
two:    .long   22
        .text`);
    // Saved: its own register. Bound since the run: the other one.
    expect(run.shown).toEqual([22, 11, 11]);
  });

  it('reach the SPU through its channels', () => {
    const run = runSpufs(`${CONTEXT}
        load_program a_mem, hears, hears_end
        open_file a_signal2, O_RDWR
        mr      r29, r3
        write_bytes r29, one, 4
        run_context r30, npc, status
        open_file a_mbox, O_RDONLY
        mr      r28, r3
        read_bytes r28, word, 4
        show_word word
        quit    0
        .section .rodata
        .balign 4
one:    .long   0x4711
        .text
        .section .spu.hears, "ax"
        rdch    $3, $SPU_RdSigNotify2
        wrch    $SPU_WrOutMbox, $3
        stop    1
        .text`);
    expect(run.shown).toEqual([0x4711]);
  });
});

