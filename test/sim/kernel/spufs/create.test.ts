/** spu_create and the life of a context (facts 3.1). */
import { describe, expect, it } from 'vitest';
import { KERNELS, runSpufs, spufsFaults } from './programs.ts';

const ENOENT = 2;
const EPERM = 1;
const EEXIST = 17;
const ENOTDIR = 20;
const EINVAL = 22;
const EMFILE = 24;
const ENOMEM = 12;
const ENAMETOOLONG = 36;
const BUS_ADRERR = 2;
const SIGBUS = 7;

const tryName = (label: string, flags = 0): string => `
        address r3, ${label}
        li      r4, ${String(flags)}
        li      r5, 0755
        system  279
        show`;
const names = (texts: Readonly<Record<string, string>>): string => `
        .section .rodata
${Object.entries(texts).map(([label, text]) => `${label}: .asciz "${text}"`).join('\n')}
        .text`;

describe('names and parents', () => {
  it.each(KERNELS)('only a new name in /spu makes a context: %s', (kernel) => {
    const run = runSpufs(`
        create  a
        ${['outside', 'root', 'deeper', 'missing', 'no_folder', 'dot', 'dots', 'empty', 'long', 'a'].map((label) => tryName(label)).join('\n')}
        quit    0
        ${names({
    outside: '/tmp/a', root: '/', deeper: '/spu/a/b', missing: '/spu/nothing/b', no_folder: '/spu/a/mem/b', dot: '/spu/.', dots: '/spu/..',
    empty: '', long: `/spu/${'x'.repeat(256)}`,
  })}`, { kernel });
    expect(run.shown).toEqual([-EINVAL, -EINVAL, -EINVAL, -ENOENT, -ENOTDIR, -EEXIST, -EEXIST, -ENOENT, -ENAMETOOLONG, -EEXIST]);
  });

  it.each(KERNELS)('takes no flags: %s', (kernel) => {
    const run = runSpufs(`${[1, 2, 4, 8].map((flag) => tryName('a', flag)).join('\n')}
        quit    0`, { kernel });
    expect(run.shown).toEqual([-EINVAL, -EINVAL, -EINVAL, -EINVAL]);
    expect(run.machine.state.spufs.contexts.size).toBe(0);
  });

  it('a slash at the end and a relative name are fine', () => {
    const run = runSpufs(`
        address r3, spu
        system  12
        ${tryName('relative')}
        ${tryName('slash')}
        address r3, relative_mem
        li      r4, O_RDWR
        system  5
        show
        quit    0
        ${names({ spu: '/spu', relative: 'near', slash: '/spu/far/', relative_mem: '/spu/near/mem' })}`);
    expect(run.shown).toEqual([3, 4, 5]);
    expect(run.machine.state.spufs.ended.map(({ name }) => name)).toEqual(['far', 'near']);
  });

  it('the files have their modes, cut by the mode that is given; no others can be made or removed', () => {
    const stat = (label: string): string => `
        address r3, ${label}
        address r4, buffer
        system  106
        show_word buffer + 24`;
    const run = runSpufs(`
        li      r3, 022
        system  60
        address r3, a
        li      r4, 0
        li      r5, 0740
        system  279
        ${stat('a')}${stat('a_mem')}${stat('a_wbox')}${stat('a_mbox')}
        address r3, a_mem
        system  10
        show
        address r3, a
        system  40
        show
        address r3, made
        li      r4, 0755
        system  39
        show
        open_file made_file, 0102
        show
        quit    0
        ${names({ made: '/spu/made', made_file: '/spu/a/made' })}`);
    const S_IFDIR = 0o040000;
    const S_IFREG = 0o100000;
    expect(run.shown.slice(0, 4)).toEqual([S_IFDIR | 0o740, S_IFREG | 0o640, S_IFREG | 0o200, S_IFREG | 0o440]);
    expect(run.shown.slice(4)).toEqual([-EPERM, -EPERM, -EPERM, -EPERM]);
  });

  it('without a descriptor left no context remains', () => {
    const run = runSpufs(`
1:      li      r3, 1
        system  41
        cmpdi   r3, 0
        bge     1b
        ${tryName('a')}
        li      r3, 9
        system  6
        ${tryName('a')}
        quit    0`);
    expect(run.shown).toEqual([-EMFILE, 9]);
  });

  it('without memory for the local store neither: ENOMEM', () => {
    const run = runSpufs(`
1:      address r3, number
        lbz     r4, 6(r3)
        addi    r4, r4, 1
        stb     r4, 6(r3)
        ${tryName('number')}
        cmpdi   r3, 0
        address r3, tries
        lwz     r4, 0(r3)
        addi    r4, r4, 1
        stw     r4, 0(r3)
        cmpwi   r4, 20
        blt     1b
        quit    0
        .data
tries:  .long   0, 0
number: .asciz  "/spu/c0"
        .text`, { configuration: { ramBytes: 2 << 20 } });
    // 2 MiB hold seven images of 256 KiB besides the program.
    const made = run.shown.filter((fd) => fd >= 0).length;
    expect(made).toBe(7);
    expect(run.shown.slice(made)).toEqual(Array(20 - made).fill(-ENOMEM));
  });
});

describe('the end of a context', () => {
  const frames = (run: ReturnType<typeof runSpufs>): number => run.machine.state.frames.used;

  it('closing the last descriptor of spu_create takes the directory away and gives the memory back', () => {
    const body = (close: string): string => `
        create  a
        mr      r30, r3
        mr      r3, r30
        system  41
        close_file r30
        show
        open_file a_mem, O_RDWR
        mr      r29, r3
        close_file r29
        ${close}
        open_file a_mem, O_RDWR
        show
        li      r3, 1
        show
1:      b       1b`;
    const open = runSpufs(body(''), { cycles: 3_000_000 });
    expect(open.shown.slice(0, 3)).toEqual([0, 3, 1]);
    const closed = runSpufs(body('li r3, 4\nsystem 6'), { cycles: 3_000_000 });
    expect(closed.shown).toEqual([0, -ENOENT, 1]);
    expect(closed.machine.state.spufs.contexts.size).toBe(0);
    expect(frames(open) - frames(closed)).toBe(64);
  });

  it('opening and closing the directory by its name does not end it', () => {
    const run = runSpufs(`
        create  a
        mr      r30, r3
        load_program a_mem, halt_now, halt_now_end
        open_file a, O_RDONLY
        mr      r29, r3
        mr      r3, r29
        address r4, buffer
        li      r5, 4096
        system  202
        show
        close_file r29
        run_context r30, npc, status
        show
        quit    0`);
    // Two entries of 24 bytes for . and .. and one for each of the 23 files.
    expect(run.shown[0]).toBeGreaterThan(24 * 25);
    expect(run.shown[1]).toBe((0x11 << 16) | 2);
  });

  it.each(KERNELS)('row 34: closed, but mapped: a touch of its registers is SIGBUS: %s', (kernel) => {
    const run = runSpufs(`
        handle  7, fault_action
        create  a
        mr      r30, r3
        open_file a_signal1, O_RDWR
        mr      r29, r3
        map_file r29, 4096
        mr      r28, r3
        close_file r29
        close_file r30
        stw     r3, SIGNAL1(r28)
        quit    0`, { kernel });
    expect(run.stop).toEqual({ kind: 'exit', exit: { kind: 'exit', code: 77 } });
    expect(run.shown.slice(0, 2)).toEqual([SIGBUS, BUS_ADRERR]);
    const [fault, ...others] = spufsFaults(run);
    expect(others).toEqual([]);
    expect(fault).toMatchObject({
      outcome: 'SIGBUS', handler: 'spufs_ps_nopage', handlerAnswer: 'NOPAGE_SIGBUS', coreAnswer: { name: 'VM_FAULT_SIGBUS', value: 1 }, context: 'a',
      waited: 0, interruptedBy: undefined, effect: { pte: 'nobody', counters: ['pgfault'], signal: { number: SIGBUS, code: BUS_ADRERR } },
    });
    expect(fault?.trail.at(-1)?.path).toBe('do_page_fault');
  });

  it('row 34: its registers lose their pages, for the SPE is given back', () => {
    const run = runSpufs(`
        handle  7, fault_action
        create  a
        mr      r30, r3
        open_file a_signal1, O_RDWR
        mr      r29, r3
        map_file r29, 4096
        mr      r28, r3
        stw     r3, SIGNAL1(r28)
        close_file r30
        stw     r3, SIGNAL1(r28)
        quit    0`);
    expect(spufsFaults(run).map(({ outcome }) => outcome)).toEqual(['MINOR', 'SIGBUS']);
  });

  it('where the profile answers RETRY for it (2.6.21 to 2.6.24, row 35), the access faults for ever and can be killed', () => {
    const run = runSpufs(`
        create  a
        mr      r30, r3
        open_file a_signal1, O_RDWR
        mr      r29, r3
        map_file r29, 4096
        mr      r28, r3
        close_file r30
        set_alarm in5ms
        stw     r3, SIGNAL1(r28)
        quit    0`, { kernel: { base: '2.6.18-retry', deadContext: 'retry' } });
    expect(run.stop).toEqual({ kind: 'exit', exit: { kind: 'signal', signal: 14 } });
    const faults = spufsFaults(run);
    expect(faults.length).toBeGreaterThan(100);
    expect(new Set(faults.map(({ outcome, handlerAnswer }) => `${outcome} ${handlerAnswer}`))).toEqual(new Set(['RETRY NOPAGE_RETRY']));
    expect(faults.at(-1)?.attempt).toBe(faults.length);
  });

  it('its memory can still be touched, and its name is free for another', () => {
    const run = runSpufs(`
        create  a
        mr      r30, r3
        open_file a_mem, O_RDWR
        mr      r29, r3
        map_file r29, 4096
        mr      r28, r3
        li      r4, 42
        stw     r4, 0(r28)
        close_file r30
        close_file r29
        create  a
        mr      r30, r3
        open_file a_mem, O_RDWR
        mr      r29, r3
        read_bytes r29, word, 4
        show_word word
        lwz     r3, 0(r28)
        show
        mr      r3, r28
        li      r4, 4096
        system  91
        close_file r30
        show
        quit    0`);
    expect(run.shown).toEqual([0, 42, 0]);
    expect(run.machine.state.spufs.ended.map(({ name }) => name)).toEqual(['a (closed)', 'a']);
    expect(run.machine.state.spufs.contexts.size).toBe(0);
  });

  it('closing it under a thread in spu_run waits for the end of the run', () => {
    const run = runSpufs(`
        create  a
        mr      r30, r3
        load_program a_mem, spin, spin_end
        start_thread closer, stack1_top, tid1
        run_context r30, npc, status
        show
        join_thread tid1
        show_word result
        open_file a_mem, O_RDWR
        show
        quit    0
closer: sleep_for ms5
        close_file r30
        keep_word r3, result
        end_thread`);
    expect(run.shown).toEqual([(0x22 << 16) | 2, 0, -ENOENT]);
  });

  it('the end of the program ends its contexts', () => {
    const run = runSpufs(`
        create  a
        mr      r30, r3
        open_file a_signal1, O_RDWR
        mr      r29, r3
        map_file r29, 4096
        stw     r3, SIGNAL1(r3)
        quit    0`);
    const { contexts, ended, slots, runQueue } = run.machine.state.spufs;
    expect({ contexts: contexts.size, ended, slots: slots.map(({ context }) => context), idle: runQueue.idle, active: runQueue.active }).toMatchObject({
      contexts: 0, ended: [{ name: 'a', faults: { MINOR: 1 } }], slots: [undefined], idle: [0], active: [],
    });
  });
});
