/** What became of the files of a context from kernel to kernel (facts 3.2, 3.3). */
import { describe, expect, it } from 'vitest';
import type { AssemblyRun } from '../assembly.ts';
import { type Era, ERAS } from './eras.ts';
import { printFile, writeText } from './fileTexts.ts';
import { runSpufs } from './programs.ts';

const EPERM = 1;
const ENOENT = 2;
const EAGAIN = 11;
const EACCES = 13;
const EBUSY = 16;
const ENODEV = 19;
const EINVAL = 22;

const CONTEXT = `
        create  a
        mr      r30, r3`;
/** Names of files that only later kernels have. */
const LATER = ['psmap', 'object-id', 'lslr', 'event_status', 'mbox_info', 'ibox_info', 'wbox_info', 'dma_info', 'proxydma_info', 'capabilities', 'tid', 'stat', 'switch_log'];
const label = (file: string): string => `a_${file.replace('-', '_')}`;
const NAMES = `
        .section .rodata
${LATER.map((file) => `${label(file)}: .asciz "/spu/a/${file}"`).join('\n')}
        .text`;
const run = (kernel: Era, body: string, uid = 1000): AssemblyRun => runSpufs(`${CONTEXT}${body}
        quit    0${NAMES}`, { kernel, configuration: { uid } });

describe('which files there are', () => {
  const SINCE: Readonly<Record<string, Era>> = {
    psmap: '2.6.19', 'object-id': '2.6.19', lslr: '2.6.21', mbox_info: '2.6.21', ibox_info: '2.6.21', wbox_info: '2.6.21', dma_info: '2.6.21',
    proxydma_info: '2.6.21', event_status: '2.6.23', capabilities: '2.6.23', tid: '2.6.23', stat: '2.6.23', switch_log: '2.6.27',
  };

  it.each(ERAS)('%s', (kernel) => {
    const found = run(kernel, LATER.map((file) => `
        open_file ${label(file)}, O_RDONLY
        show`).join(''));
    expect(found.shown.map((fd) => fd !== -ENOENT)).toEqual(LATER.map((file) => ERAS.indexOf(SINCE[file] ?? kernel) <= ERAS.indexOf(kernel)));
    const tagMask = run(kernel, `
        open_file a_spu_tag_mask, O_RDONLY
        show`);
    expect(tagMask.shown.map((fd) => fd > 0)).toEqual([ERAS.indexOf(kernel) < ERAS.indexOf('2.6.21')]);
  });
});

describe('text of registers', () => {
  it.each([['2.6.18', 'ff'], ['2.6.21', 'ff'], ['2.6.23', '0xff']] as const)('numbers in %s: %s', (kernel, text) => {
    expect(run(kernel, `${writeText('a_decr', '255')}${printFile('a_decr')}`).lines).toEqual([text]);
  });

  it('object-id keeps what a library writes, 64 bits of it', () => {
    const found = run('2.6.19', `${printFile('a_object_id')}${writeText('a_object_id', '0x123456789abcdef0')}${printFile('a_object_id')}`);
    expect(found.lines).toEqual(['0x0', '0x123456789abcdef0']);
  });

  it('cntl: the status as text, and run control; not before 2.6.19', () => {
    const found = run('2.6.19', `${printFile('a_cntl')}
        load_program a_mem, halt_now, halt_now_end
        run_context r30, npc, status
        show${printFile('a_cntl')}${writeText('a_cntl', '0')}`);
    // There is no newline: what printFile shows of the second read, nothing, follows at once.
    const nothing = '0'.repeat(16);
    expect(found.lines).toEqual([`0x00000000${nothing}`, `0x00110002${nothing}`]);
    expect(found.shown).toContain(0x0011_0002);
    expect(run('2.6.18', `
        open_file a_cntl, O_RDWR
        mr      r29, r3
        read_bytes r29, buffer, 100
        show
        write_bytes r29, zero, 4
        show`).shown).toEqual([-EINVAL, -EINVAL]);
  });

  it('lslr is the mask of local-store addresses, and is only read', () => {
    const found = run('2.6.23', `${printFile('a_lslr')}${writeText('a_lslr', '1')}`);
    expect(found.lines).toEqual(['0x3ffff']);
    expect(found.shown.at(-1)).toBe(-EACCES);
  });

  it('capabilities and tid: what the context can do, and the thread that runs it', () => {
    const found = run('2.6.23', `${printFile('a_capabilities')}${printFile('a_tid')}`);
    expect(found.lines).toEqual(['sched', 'step', String([...found.machine.state.tasks.keys()][0])]);
  });

  it('stat: state, milliseconds, switches, faults, interrupts, library calls', () => {
    const found = run('2.6.23', `
        load_program a_mem, spin, spin_end
        run_context r30, npc, status${printFile('a_stat')}`);
    const [state, user, ...others] = (found.lines[0] ?? '').split(' ');
    expect(state).toBe('loaded');
    expect(Number(user)).toBeGreaterThanOrEqual(19);
    // One stop-and-signal interrupt; nobody else wanted the SPE.
    expect(others.slice(3)).toEqual(['0', '0', '0', '0', '0', '0', '1', '0']);
  });
});

describe('mailboxes and signals', () => {
  it('wbox takes as many words as there is room for from 2.6.19 on, one before', () => {
    const fill = `
        open_file a_wbox, O_WRONLY | O_NONBLOCK
        mr      r29, r3
        write_bytes r29, buffer, 24
        show
        write_bytes r29, buffer, 4
        show`;
    expect(run('2.6.18', fill).shown).toEqual([4, 4]);
    expect(run('2.6.19', fill).shown).toEqual([16, -EAGAIN]);
  });

  it('a signal register gives the word that the SPU has not read from 2.6.21 on, else nothing', () => {
    const read = `
        open_file a_signal1, O_RDWR
        mr      r29, r3
        read_bytes r29, word, 4
        show
        write_bytes r29, status, 4
        read_bytes r29, word, 4
        show
        show_word word
        read_bytes r29, word, 3
        show`;
    expect(run('2.6.19', read).shown).toEqual([4, 4, 0x5a5a_5a5a, -EINVAL]);
    expect(run('2.6.21', read).shown).toEqual([0, 4, 0x5a5a_5a5a, -EINVAL]);
  });
});

describe('info files of a saved context', () => {
  it('mailboxes: the words that are in them', () => {
    const found = run('2.6.21', `
        open_file a_wbox, O_WRONLY
        mr      r29, r3
        write_bytes r29, status, 4
        write_bytes r29, zero, 4
        open_file a_wbox_info, O_RDONLY
        mr      r29, r3
        read_bytes r29, buffer, 100
        show
        show_word buffer
        read_bytes r29, buffer, 100
        show
        open_file a_mbox_info, O_RDONLY
        mr      r29, r3
        read_bytes r29, buffer, 4
        show`);
    expect(found.shown).toEqual([8, 0x5a5a_5a5a, 0, 0]);
  });

  it('dma_info has 552 bytes with a queue of 16, proxydma_info 280 with one of 8, all or nothing', () => {
    const found = run('2.6.21', `
        open_file a_dma_info, O_RDONLY
        mr      r29, r3
        read_bytes r29, buffer, 1000
        show
        open_file a_proxydma_info, O_RDONLY
        mr      r29, r3
        read_bytes r29, buffer, 279
        show
        read_bytes r29, buffer, 280
        show`);
    expect(found.shown).toEqual([552, -EINVAL, 280]);
  });
});

describe('mappings', () => {
  const mapAll = ['mss', 'mfc', 'cntl', 'signal1', 'signal2'].map((file) => `
        open_file a_${file}, O_RDWR
        mr      r29, r3
        map_file r29, 4096
        show`).join('');

  it('mss, mfc and cntl need no privilege from 2.6.19 on', () => {
    expect(run('2.6.18', mapAll).shown.map((address) => address === -EPERM)).toEqual([true, true, true, false, false]);
    expect(run('2.6.19', mapAll).shown.every((address) => address > 0)).toBe(true);
  });

  it('psmap shows the whole problem state: 128 KiB', () => {
    const found = run('2.6.19', `
        open_file a_psmap, O_RDWR
        mr      r29, r3
        map_file r29, 0x20000
        mr      r28, r3
        lis     r4, 1
        ori     r4, r4, 0x400c
        li      r5, 0x77
        stwx    r5, r28, r4
        ori     r4, r28, 0
        addi    r4, r4, 0x4014
        lwz     r3, 0(r4)
        show
        open_file a_signal1, O_RDWR
        mr      r29, r3
        read_bytes r29, word, 4
        show_word word
        read_bytes r29, word, 0
        show`);
    // Four free places in the inbound mailbox; what was written to Sig_Notify_1.
    expect(found.shown).toEqual([0x400, 0x77, 0]);
  });

  it('psmap cannot be read or written', () => {
    expect(run('2.6.19', `
        open_file a_psmap, O_RDWR
        mr      r29, r3
        read_bytes r29, buffer, 4
        show
        write_bytes r29, buffer, 4
        show`).shown).toEqual([-EINVAL, -EINVAL]);
  });
});

describe('switch_log', () => {
  it('tells when the context got and left its SPE, and how its run ended; one reader only', () => {
    const found = run('2.6.27', `
        open_file a_switch_log, O_RDONLY | O_NONBLOCK
        mr      r28, r3
        open_file a_switch_log, O_RDONLY
        show
        read_bytes r28, buffer, 100
        show
        load_program a_mem, halt_now, halt_now_end
        run_context r30, npc, status
        open_file a_regs, O_RDONLY
        mr      r29, r3
        read_bytes r29, buffer, 16
        read_bytes r28, buffer, 200
        mr      r5, r3
        li      r3, 1
        address r4, buffer
        system  4`);
    expect(found.shown).toEqual([-EBUSY, -EAGAIN]);
    const lines = found.lines.map((line) => line.split(' ').slice(1, 4).join(' '));
    // On SPE 0: got it, ended with stop 0x11, left it for the reader of regs.
    expect(lines).toEqual(['0 0 0', `0 2 ${String(0x0011_0002)}`, '0 1 0']);
  });
});

describe('NOSCHED and isolated contexts', () => {
  const createWith = (flags: number): string => `
        address r3, b
        li      r4, ${String(flags)}
        li      r5, 0755
        system  279
        show`;

  it('ISOLATE needs NOSCHED, and a loader that there is none of', () => {
    expect(run('2.6.21', `${createWith(0x8)}${createWith(0xc)}`, 0).shown).toEqual([-EINVAL, -ENODEV]);
  });

  it('NOSCHED is for the privileged', () => {
    expect(run('2.6.21', `${createWith(0x4)}${createWith(0xc)}`).shown).toEqual([-EPERM, -EPERM]);
  });

  it('NOSCHED lacks every file that needs a save, and its signal registers can only be written', () => {
    const found = run('2.6.21', `${createWith(0x4)}
        open_file b_regs, O_RDONLY
        show
        open_file b_decr, O_RDONLY
        show
        open_file b_npc, O_RDONLY
        show
        open_file b_signal1, O_RDWR
        mr      r29, r3
        read_bytes r29, word, 4
        show
        write_bytes r29, word, 4
        show`, 0);
    expect(found.shown.map((value) => (value > 0 ? 'ok' : value))).toEqual(['ok', -ENOENT, -ENOENT, 'ok', -EINVAL, 'ok']);
  });
});
