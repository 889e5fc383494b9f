/** The files of a context's directory: what each takes, gives, waits for and refuses (facts 3.2). */
import { describe, expect, it } from 'vitest';
import { printFile, writeText } from './fileTexts.ts';
import { runSpufs } from './programs.ts';

const EINTR = 4;
const EACCES = 13;
const EINVAL = 22;
const EFBIG = 27;
const ESPIPE = 29;

const CONTEXT = `
        create  a
        mr      r30, r3`;

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
