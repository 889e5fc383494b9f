/** Mappings of spufs files: what can be mapped, what a touch makes of it, and when pages go again (facts 3.3-3.6). */
import { describe, expect, it } from 'vitest';
import { KERNELS, pathsOf, runSpufs, spufsFaults } from './programs.ts';

const EPERM = 1;
const ENODEV = 19;
const EINVAL = 22;
const SIGBUS = 7;
const SIGSEGV = 11;
const BUS_ADRERR = 2;
const SEGV_ACCERR = 2;

const CONTEXT = `
        create  a
        mr      r30, r3`;
const map = (label: string, length: string, how = 'MAP_SHARED'): string => `
        open_file ${label}, O_RDWR
        mr      r29, r3
        map_file r29, ${length}, ${how}
        mr      r28, r3`;

describe('what can be mapped', () => {
  it.each(KERNELS)('mem and the signals; mss, mfc and cntl only with CAP_SYS_RAWIO, which guests do not have; never privately: %s', (kernel) => {
    const show = (file: string, how: string): string => `${map(`a_${file}`, '4096', how)}
        cmpdi   r3, 0
        blt     1f
        li      r3, 0
1:      show
        close_file r29`;
    const files = ['mem', 'signal1', 'signal2', 'mss', 'mfc', 'cntl', 'regs', 'mbox', 'npc'];
    const run = runSpufs(`${CONTEXT}${files.map((file) => show(file, 'MAP_SHARED')).join('')}${files.map((file) => show(file, 'MAP_PRIVATE')).join('')}
        quit    0`, { kernel });
    // Row 42 for what could be mapped otherwise. Stale PTEs of mss and mfc (row 41) are out of reach for that reason.
    expect(run.shown).toEqual([
      0, 0, 0, -EPERM, -EPERM, -EPERM, -ENODEV, -ENODEV, -ENODEV,
      -EINVAL, -EINVAL, -EINVAL, -EINVAL, -EINVAL, -EINVAL, -ENODEV, -ENODEV, -ENODEV,
    ]);
  });

  it('the mapping obeys its protection: SIGSEGV, no handler is asked', () => {
    const run = runSpufs(`
        handle  11, fault_action
        ${CONTEXT}
        open_file a_signal1, O_RDWR
        mr      r7, r3
        li      r3, 0
        li      r4, 4096
        li      r5, 1
        li      r6, MAP_SHARED
        li      r8, 0
        system  90
        stw     r3, SIGNAL1(r3)
        quit    0`);
    expect(run.shown.slice(0, 2)).toEqual([SIGSEGV, SEGV_ACCERR]);
    expect(spufsFaults(run)).toMatchObject([{ outcome: 'SIGSEGV', handlerAnswer: 'none', coreAnswer: undefined }]);
  });
});

describe('registers', () => {
  it.each(KERNELS)('row 23: a SAVED context is put on an idle SPE: MINOR; the handler is asked twice, since binding raised truncate_count: %s', (kernel) => {
    const run = runSpufs(`${CONTEXT}${map('a_signal1', '4096')}
        li      r4, 5
touch:  stw     r4, SIGNAL1(r28)
        lwz     r3, SIGNAL1(r28)
        show
        quit    0`, { kernel });
    expect(run.shown).toEqual([5]);
    const [fault, ...others] = spufsFaults(run);
    expect(others).toEqual([]);
    expect(fault).toMatchObject({
      origin: 'ppe', access: 'write', mapping: '/spu/a/signal1', handler: 'spufs_ps_nopage', handlerAnswer: 'page', context: 'a', spe: undefined,
      coreAnswer: { name: 'VM_FAULT_MINOR', value: 2 }, outcome: 'MINOR', attempt: 1, retryOf: undefined, waited: 0, interruptedBy: undefined,
      effect: { pte: 'core', signal: undefined, killed: undefined, counters: ['min_flt', 'pgfault'] },
    });
    expect(fault && pathsOf(fault)).toEqual([
      'do_page_fault', 'handle_mm_fault', '__handle_mm_fault', 'handle_pte_fault', 'do_no_page', 'spufs_ps_nopage', 'spu_acquire_runnable',
      'spu_activate', 'get_idle_spu', 'spu_activate', 'spu_acquire_runnable', 'spufs_ps_nopage', 'do_no_page', 'spufs_ps_nopage',
      'spu_acquire_runnable', 'spufs_ps_nopage', 'do_no_page', 'handle_pte_fault', '__handle_mm_fault', 'handle_mm_fault', 'do_page_fault',
    ]);
    expect(run.machine.state.spufs.ended).toMatchObject([{ name: 'a', faults: { MINOR: 1, RETRY: 0, SIGBUS: 0 } }]);
  });

  it.each(KERNELS)('row 21: a context that is on an SPE gives its page at once: %s', (kernel) => {
    const run = runSpufs(`${CONTEXT}
        load_program a_mem, halt_now, halt_now_end
        run_context r30, npc, status
        ${map('a_signal2', '4096')}
        li      r4, 9
        stw     r4, SIGNAL1(r28)
        quit    0`, { kernel });
    const [fault, ...others] = spufsFaults(run);
    expect(others).toEqual([]);
    expect(fault).toMatchObject({ mapping: '/spu/a/signal2', outcome: 'MINOR', handlerAnswer: 'page', waited: 0, effect: { pte: 'core', counters: ['min_flt', 'pgfault'] } });
    expect(fault && pathsOf(fault).filter((path) => path === 'spufs_ps_nopage' || path === 'spu_activate')).toEqual(['spufs_ps_nopage', 'spufs_ps_nopage']);
  });

  it('are those of the SPE: a word that is stored there reaches the SPU', () => {
    const run = runSpufs(`${CONTEXT}
        load_program a_mem, hears, hears_end
        ${map('a_signal1', '4096')}
        start_thread sender, stack1_top, tid1
        run_context r30, npc, status
        open_file a_mbox, O_RDONLY
        mr      r27, r3
        read_bytes r27, word, 4
        show_word word
        quit    0
sender: sleep_for ms1
        li      r4, 0x321
        stw     r4, SIGNAL1(r28)
        end_thread
        .section .spu.hears, "ax"
        rdch    $3, $SPU_RdSigNotify1
        wrch    $SPU_WrOutMbox, $3
        stop    1
        .text`);
    expect(run.shown).toEqual([0x321]);
  });

  it.each(KERNELS)('row 37: from 0x4000 on there is nothing: SIGBUS, and no SPE is asked for: %s', (kernel) => {
    const run = runSpufs(`
        handle  7, fault_action
        ${CONTEXT}${map('a_signal1', '0x5000')}
        lis     r4, 0
        ori     r4, r4, 0x4008
        add     r27, r28, r4
        lwz     r3, 0(r27)
        quit    0`, { kernel });
    expect(run.shown.slice(0, 2)).toEqual([SIGBUS, BUS_ADRERR]);
    const faults = spufsFaults(run);
    expect(faults).toMatchObject([{ outcome: 'SIGBUS', handlerAnswer: 'NOPAGE_SIGBUS', coreAnswer: { value: 1 }, effect: { pte: 'nobody', counters: ['pgfault'] } }]);
    expect(faults.flatMap(pathsOf)).not.toContain('spu_acquire_runnable');
  });

  it('row 37: the last page before that, and an offset of the mapping', () => {
    const run = runSpufs(`${CONTEXT}
        open_file a_signal1, O_RDWR
        mr      r29, r3
        map_file r29, 4096, MAP_SHARED, 0x3000
        lwz     r4, 0(r3)
        map_file r29, 4096, MAP_SHARED, 0x4000
        mr      r28, r3
        li      r3, 1
        show
        lwz     r4, 0(r28)
        quit    0`);
    expect(spufsFaults(run).map(({ outcome }) => outcome)).toEqual(['MINOR', 'SIGBUS']);
  });

  it('from 2.6.19 on the area of a file ends after a page', () => {
    const run = runSpufs(`${CONTEXT}${map('a_signal1', '0x2000')}
        lwz     r4, 0(r28)
        lis     r4, 0
        ori     r4, r4, 0x1000
        lwzx    r4, r28, r4
        quit    0`, { kernel: { base: '2.6.18', psMapLimit: 4096 } });
    expect(spufsFaults(run).map(({ outcome }) => outcome)).toEqual(['MINOR', 'SIGBUS']);
  });

  it('lose their page when the context leaves its SPE: the next touch faults again', () => {
    const run = runSpufs(`${CONTEXT}${map('a_signal1', '4096')}
        li      r4, 5
        stw     r4, SIGNAL1(r28)
        open_file a_regs, O_RDONLY
        mr      r27, r3
        read_bytes r27, buffer, 16
        lwz     r3, SIGNAL1(r28)
        show
        quit    0`);
    expect(run.shown).toEqual([5]);
    expect(spufsFaults(run).map(({ outcome, access, attempt }) => [outcome, access, attempt])).toEqual([['MINOR', 'write', 1], ['MINOR', 'read', 1]]);
  });
});

describe('mem', () => {
  it.each(KERNELS)('row 38: shows the image, then the local store of the SPE, then the image: a MINOR each time it changes: %s', (kernel) => {
    const run = runSpufs(`${CONTEXT}
        load_program a_mem, stores, stores_end
        ${map('a_mem', '0x40000')}
        lwz     r3, 0x100(r28)
        show
        lwz     r3, 0x104(r28)
        show
        run_context r30, npc, status
        lwz     r3, 0x100(r28)
        show
        open_file a_regs, O_RDONLY
        mr      r27, r3
        read_bytes r27, buffer, 16
        lwz     r3, 0x100(r28)
        show
        quit    0
        .section .spu.stores, "ax"
        ila     $3, 0x777
        stqa    $3, 0x100
        stop    1
        .text`, { kernel });
    expect(run.shown).toEqual([0, 0, 0x777, 0x777]);
    const faults = spufsFaults(run);
    expect(faults.map(({ outcome, handler, handlerAnswer, waited }) => [outcome, handler, handlerAnswer, waited])).toEqual(
      Array(3).fill(['MINOR', 'spufs_mem_nopage', 'page', 0]),
    );
    // It never activates the context (facts 3.4).
    expect(faults.flatMap(pathsOf)).not.toContain('spu_activate');
  });

  it('what is written through it is there for the SPU, and a program can be loaded so', () => {
    const run = runSpufs(`${CONTEXT}${map('a_mem', '4096')}
        address r4, halt_now
        lwz     r5, 0(r4)
        stw     r5, 0(r28)
        run_context r30, npc, status
        show
        quit    0`);
    expect(run.shown).toEqual([(0x11 << 16) | 2]);
  });

  it.each(KERNELS)('row 39: nothing bounds it: what lies behind shows, the kernel\'s memory or the SPE\'s registers: %s', (kernel) => {
    const run = runSpufs(`${CONTEXT}
        load_program a_mem, halt_now, halt_now_end
        ${map('a_mem', '0x50000')}
        lis     r27, 4
        lwzx    r3, r28, r27
        show
        run_context r30, npc, status
        lis     r27, 4
        ori     r27, r27, 0x4024
        lwzx    r3, r28, r27
        show
        quit    0`, { kernel });
    // SPU_Status at 0x4024 of the registers, which follow the local store by 0x40000.
    expect(run.shown).toEqual([0, (0x11 << 16) | 2]);
    expect(spufsFaults(run).map(({ outcome }) => outcome)).toEqual(['MINOR', 'MINOR']);
  });

  it('rows 39 and 40: where it is bounded, that is SIGBUS', () => {
    const run = runSpufs(`${CONTEXT}${map('a_mem', '0x50000')}
        lis     r27, 4
        addi    r26, r27, -8
        lwzx    r3, r28, r26
        lwzx    r3, r28, r27
        quit    0`, { kernel: { base: '2.6.18', memBounded: true } });
    expect(spufsFaults(run).map(({ outcome }) => outcome)).toEqual(['MINOR', 'SIGBUS']);
  });

  it('memory that was shown beyond its end is given back as it was', () => {
    const run = runSpufs(`${CONTEXT}${map('a_mem', '0x80000')}
        lis     r27, 4
        stwx    r27, r28, r27
        mr      r3, r28
        lis     r4, 8
        system  91
        show
        quit    0`);
    expect(run.shown).toEqual([0]);
    const { frames } = run.machine.state;
    expect(frames.used).toBe(frames.references.reduce((sum, users) => sum + (users > 0 ? 1 : 0), 0) - 17);
  });
});

describe('with pages of 64 KiB', () => {
  const configuration = { pageBytes: 65536, ramBytes: 16 << 20 } as const;

  it('a mapping of either signal shows the page with both; the others cannot be shown alone', () => {
    const run = runSpufs(`${CONTEXT}${map('a_signal2', '0x10000')}
        lis     r26, 0
        ori     r26, r26, 0xc00c
        li      r4, 0x22
        stwx    r4, r28, r26
        li      r4, 0x11
        stw     r4, 0x400c(r28)
        lwz     r3, 0x400c(r28)
        show
        lwzx    r3, r28, r26
        show
        ${['mss', 'mfc', 'cntl'].map((file) => `${map(`a_${file}`, '0x10000')}
        show`).join('\n')}
        quit    0`, { configuration });
    expect(run.shown).toEqual([0x11, 0x22, -ENODEV, -ENODEV, -ENODEV]);
    expect(spufsFaults(run).map(({ outcome }) => outcome)).toEqual(['MINOR']);
  });

  it('the local store has four pages', () => {
    const run = runSpufs(`${CONTEXT}
        load_program a_mem, stores, stores_end
        run_context r30, npc, status
        ${map('a_mem', '0x40000')}
        lis     r27, 2
        ori     r27, r27, 0x8000
        lwzx    r3, r28, r27
        show
        quit    0
        .section .spu.stores, "ax"
        ila     $4, 0x28000
        ila     $3, 0x777
        stqd    $3, 0($4)
        stop    1
        .text`, { configuration });
    expect(run.shown).toEqual([0x777]);
  });
});
