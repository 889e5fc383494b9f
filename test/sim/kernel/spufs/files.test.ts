/** The files of a context's directory: what each takes, gives, waits for and refuses (facts 3.2). */
import { describe, expect, it } from 'vitest';
import { runSpufs } from './programs.ts';

const EINTR = 4;
const EAGAIN = 11;
const EACCES = 13;
const EINVAL = 22;
const EFBIG = 27;
const ESPIPE = 29;

const CONTEXT = `
        create  a
        mr      r30, r3`;
/** Reads a whole text file into `buffer` and prints it. */
const printFile = (label: string, end = ''): string => `
        open_file ${label}, O_RDONLY
        mr      r29, r3
        read_bytes r29, buffer, 100
        mr      r5, r3
        li      r3, 1
        address r4, buffer
        system  4
        ${end}
        read_bytes r29, buffer, 100
        show
        close_file r29`;
const writeText = (label: string, text: string): string => `
        open_file ${label}, O_WRONLY
        mr      r29, r3
        address r4, text_${label}
        li      r5, ${String(text.length)}
        mr      r3, r29
        system  4
        show
        close_file r29
        .section .rodata
text_${label}: .ascii "${text}"
        .text`;

describe('mem', () => {
  it('is 256 KiB with a position; it ends there, and can be written up to there', () => {
    const run = runSpufs(`${CONTEXT}
        open_file a_mem, O_RDWR
        mr      r29, r3
        li      r4, 0x7ffc
        slwi    r4, r4, 3
        ori     r4, r4, 0x1c
        li      r5, 0
        system  19
        show
        write_bytes r29, pattern, 8
        show
        write_bytes r29, pattern, 8
        show
        mr      r3, r29
        address r4, buffer
        li      r5, 100
        lis     r6, 3
        ori     r6, r6, 0xfff8
        system  179
        show
        show_word buffer
        show_word buffer + 4
        mr      r3, r29
        address r4, buffer
        li      r5, 4
        lis     r6, 4
        system  179
        show
        quit    0
        .section .rodata
        .balign 4
pattern: .long  0x11223344, 0x55667788
        .text`);
    // lseek to the last word; of eight bytes four fit; then none; pread64 of what is there; nothing at the end.
    expect(run.shown).toEqual([0x3fffc, 4, -EFBIG, 8, 0, 0x1122_3344, 0]);
  });

  it('shows the local store of the SPE while the context is on one, and its image afterwards', () => {
    const run = runSpufs(`${CONTEXT}
        load_program a_mem, writer, writer_end
        run_context r30, npc, status
        open_file a_mem, O_RDONLY
        mr      r29, r3
        ${['', 'load_regs'].map((step) => `${step === '' ? '' : `open_file a_regs, O_RDONLY
        mr      r28, r3
        read_bytes r28, buffer, 16`}
        mr      r3, r29
        address r4, word
        li      r5, 4
        li      r6, 0x100
        system  179
        show_word word`).join('\n')}
        quit    0
        .section .spu.writer, "ax"
        ila     $3, 0x155
        stqa    $3, 0x100
        stop    1
        .text`);
    expect(run.shown).toEqual([0x155, 0x155]);
    expect(run.machine.state.spufs.runQueue.idle).toEqual([0]);
  });
});

describe('registers', () => {
  it('regs and fpcr: quadwords in the order of the guest; reading takes the context off its SPE', () => {
    const run = runSpufs(`${CONTEXT}
        load_program a_mem, sets, sets_end
        run_context r30, npc, status
        ${printFile('a_phys_id')}
        open_file a_regs, O_RDWR
        mr      r26, r3
        mr      r3, r26
        address r4, buffer
        li      r5, 16
        li      r6, 3 * 16
        system  179
        show
        show_word buffer
        show_word buffer + 12
        ${printFile('a_phys_id')}
        mr      r3, r26
        address r4, quad
        li      r5, 16
        li      r6, 4 * 16
        system  180
        show
        mr      r3, r26
        address r4, quad
        li      r5, 16
        li      r6, 128 * 16
        system  180
        show
        run_context r30, npc, status
        open_file a_mbox, O_RDONLY
        mr      r28, r3
        read_bytes r28, word, 4
        show_word word
        open_file a_fpcr, O_RDONLY
        mr      r28, r3
        read_bytes r28, buffer, 100
        show
        quit    0
        .section .rodata
        .balign 16
quad:   .long   1234, 2, 3, 4
        .text
        .section .spu.sets, "ax"
        ila     $3, 0x2abcd
        stop    1
        wrch    $SPU_WrOutMbox, $4
        stop    2
        .text`);
    expect(run.lines).toEqual(['0x0', '0xffffffff']);
    expect(run.shown).toEqual([0, 16, 0x2abcd, 0x2abcd, 0, 16, -EFBIG, 1234, 16]);
  });

  it('npc and others are hexadecimal without 0x, and read what they are given as C does', () => {
    const run = runSpufs(`${CONTEXT}
        ${writeText('a_npc', '0x1234')}
        ${printFile('a_npc')}
        ${writeText('a_srr0', '100')}
        ${printFile('a_srr0')}
        ${writeText('a_event_mask', '017\\n')}
        ${printFile('a_event_mask')}
        ${writeText('a_decr', '0xffffffff')}
        ${printFile('a_decr')}
        ${writeText('a_spu_tag_mask', 'x')}
        ${printFile('a_spu_tag_mask')}
        ${printFile('a_decr_status')}
        quit    0`);
    // 100 was decimal: 0x64. 017 was octal: 0xf. Each text is at its end when it has been read.
    expect(run.lines).toEqual(['1234', '64', 'f', 'ffffffff', '0', '0']);
    expect(run.shown).toEqual([6, 0, 3, 0, 5, 0, 10, 0, 1, 0, 0]);
  });

  it('decr stands still while the context is saved, as it was when it left its SPE', () => {
    const run = runSpufs(`${CONTEXT}
        load_program a_mem, ticks, ticks_end
        run_context r30, npc, status
        ${printFile('a_decr')}
        sleep_for ms1
        ${printFile('a_decr')}
        ${printFile('a_decr_status')}
        quit    0
        .section .spu.ticks, "ax"
        ilhu    $3, 0x7000
        wrch    $SPU_WrDec, $3
        stop    1
        .text`);
    const [first = '', second, running] = run.lines;
    expect(second).toBe(first);
    expect(running).toBe('1');
    const value = parseInt(first, 16);
    expect(value).toBeLessThan(0x7000_0000);
    expect(value).toBeGreaterThan(0x7000_0000 - 100_000);
  });

  it('phys-id cannot be written, cntl and mss can be neither read nor written', () => {
    const run = runSpufs(`${CONTEXT}
        open_file a_phys_id, O_RDWR
        mr      r29, r3
        write_bytes r29, word, 4
        show
        ${['a_cntl', 'a_mss'].map((file) => `open_file ${file}, O_RDWR
        mr      r29, r3
        write_bytes r29, word, 4
        show
        read_bytes r29, word, 4
        show`).join('\n')}
        quit    0`);
    expect(run.shown).toEqual([-EACCES, -EINVAL, -EINVAL, -EINVAL, -EINVAL]);
  });

  it('only mem, regs, fpcr and cntl have a position', () => {
    const files = ['mem', 'regs', 'fpcr', 'cntl', 'npc', 'mbox', 'signal1', 'decr', 'mfc', 'signal1_type'];
    const run = runSpufs(`${CONTEXT}
        ${files.map((file) => `open_file a_${file}, O_RDWR
        li      r4, 8
        li      r5, 0
        system  19
        show`).join('\n')}
        quit    0`);
    expect(run.shown).toEqual([8, 8, 8, 8, ...Array<number>(6).fill(-ESPIPE)]);
  });
});

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

describe('a file that is open', () => {
  it('cannot be cut or sent commands', () => {
    const run = runSpufs(`${CONTEXT}
        open_file a_mem, O_RDWR
        mr      r29, r3
        mr      r3, r29
        li      r4, 0
        system  93
        show
        quit    0`);
    expect(run.shown).toEqual([-EINVAL]);
  });

  it('taking the context off its SPE does not wake its spu_run, which in 2.6.18 then waits for a signal', () => {
    const run = runSpufs(`${CONTEXT}
        handle  SIGALRM, alarm_action
        load_program a_mem, spin, spin_end
        start_thread reader, stack1_top, tid1
        run_context r30, npc, status
        show
        show_word alarms
        quit    0
reader: li      r3, 0
        address r4, alarm_mask
        li      r5, 0
        li      r6, 8
        system  174
        sleep_for ms1
        open_file a_regs, O_RDONLY
        mr      r29, r3
        read_bytes r29, buffer, 16
        sleep_for ms20
        sleep_for ms20
        set_alarm in5ms
        end_thread`);
    expect(run.shown).toEqual([-EINTR, 1]);
    // 1 ms of the program's 20 ms had passed when the registers were read.
    expect(run.machine.state.instructions.spu).toBeLessThan(200_000);
  });
});
