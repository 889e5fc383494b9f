/** Faults that wait for an SPE, faults of DMA, and the kernel's own accesses to registers (facts 7, rows 26-34, 46-54). */
import { describe, expect, it } from 'vitest';
import type { FaultRecord } from '../../../../src/sim/kernel/fault/state.ts';
import { faultsOf, KERNELS, pathsOf, runSpufs, spufsFaults } from './programs.ts';

const EFAULT = 14;
const SIGBUS = 7;
const SIGALRM = 14;
const BUS_ADRERR = 2;
const SI_KERNEL = 0x80;
/** At 79.8 million cycles a second. */
const MS = 79_800;
const SPIN_CYCLES = 2 * 786_432;

/**
 * One SPE. The main thread runs b on it, which spins for 20 ms; the toucher, whose code is
 * `touch`, has registers of the saved context a mapped at r28. Signals go to the toucher.
 */
const busy = (touch: string, more = ''): string => `
        create  a
        mr      r27, r3
        create  b
        mr      r30, r3
        load_program b_mem, spin, spin_end
        load_program a_mem, halt_now, halt_now_end
        open_file a_signal1, O_RDWR
        mr      r29, r3
        map_file r29, 4096
        mr      r28, r3
        ${more}
        start_thread toucher, stack1_top, tid1
        li      r3, 0
        address r4, alarm_mask
        li      r5, 0
        li      r6, 8
        system  174
        run_context r30, npc, status
        show
        join_thread tid1
        show_word alarms
        show_word result
        quit    0
toucher:
        sleep_for ms1
        ${touch}
        end_thread`;
const STORE = `
        li      r4, 5
        stw     r4, SIGNAL1(r28)`;

function only(faults: readonly FaultRecord[]): FaultRecord {
  expect(faults).toHaveLength(1);
  const [fault] = faults;
  if (!fault) throw new Error('There is no fault.');
  return fault;
}

describe('every SPE is busy', () => {
  it.each(KERNELS)('row 26: without a signal the touch waits for the end of the run, then MINOR: %s', (kernel) => {
    const run = runSpufs(busy(STORE), { kernel });
    expect(run.shown).toEqual([(0x22 << 16) | 2, 0, 0]);
    const fault = only(spufsFaults(run));
    expect(fault).toMatchObject({ outcome: 'MINOR', handlerAnswer: 'page', attempt: 1, interruptedBy: undefined, effect: { pte: 'core', counters: ['min_flt', 'pgfault'] } });
    // It began about 1 ms into a run of 19.7 ms.
    expect(fault.waited).toBeGreaterThan(SPIN_CYCLES - 1.2 * MS);
    expect(fault.waited).toBeLessThan(SPIN_CYCLES);
  });

  it.each(KERNELS)('row 26: of better priority it has the SPE when the slice of 100 ms is over, and the run goes on afterwards: %s', (kernel) => {
    const run = runSpufs(`
        create  a
        create  b
        mr      r30, r3
        load_program b_mem, long_spin, long_spin_end
        open_file a_signal1, O_RDWR
        mr      r29, r3
        map_file r29, 4096
        mr      r28, r3
        start_thread toucher, stack1_top, tid1
        li      r3, 0
        li      r4, 0
        li      r5, 5
        system  97
        run_context r30, npc, status
        show
        quit    0
toucher:
        sleep_for ms1
        ${STORE}
        # without this the SPE stays with a, for the toucher's priority is the better one
        open_file a_regs, O_RDONLY
        mr      r29, r3
        read_bytes r29, buffer, 16
        end_thread
        .section .spu.long_spin, "ax"
        ilhu    $3, 150
1:      ai      $3, $3, -1
        brnz    $3, 1b
        stop    0x22
        .text`, { kernel });
    expect(run.shown).toEqual([(0x22 << 16) | 2]);
    const fault = only(spufsFaults(run));
    expect(fault).toMatchObject({ outcome: 'MINOR', handlerAnswer: 'page' });
    expect(fault.waited).toBeGreaterThan(98 * MS);
    expect(fault.waited).toBeLessThan(101 * MS);
    // Not an instruction of the interrupted program is lost or done twice.
    expect(run.machine.state.instructions.spu).toBe(2 * 150 * 65_536 + 2);
  });

  it('row 29: 2.6.18 answers a signal during the wait with SIGBUS, which the program did not earn', () => {
    const run = runSpufs(busy(`handle 7, fault_action\nset_alarm in5ms${STORE}`, 'handle SIGALRM, alarm_action'), { kernel: '2.6.18' });
    expect(run.stop).toEqual({ kind: 'exit', exit: { kind: 'exit', code: 77 } });
    expect(run.shown.slice(0, 2)).toEqual([SIGBUS, BUS_ADRERR]);
    const fault = only(spufsFaults(run));
    expect(fault).toMatchObject({
      outcome: 'SIGBUS', handlerAnswer: 'NOPAGE_SIGBUS', coreAnswer: { name: 'VM_FAULT_SIGBUS', value: 1 }, interruptedBy: SIGALRM, attempt: 1,
      effect: { pte: 'nobody', signal: { number: SIGBUS, code: BUS_ADRERR, address: fault.ea }, counters: ['pgfault'] },
    });
    expect(fault.waited).toBeGreaterThan(4.9 * MS);
    expect(fault.waited).toBeLessThan(5.1 * MS);
    // Both signals come: SIGBUS in addition to SIGALRM.
    expect(faultsOf(run.machine).some(({ outcome }) => outcome === 'OOM')).toBe(false);
  });

  it('row 30: with the proposal the handler runs, the store is taken again, waits again and ends MINOR', () => {
    const run = runSpufs(busy(`set_alarm in5ms${STORE}\nlwz r5, SIGNAL1(r28)\nkeep_word r5, result`, 'handle SIGALRM, alarm_action'), { kernel: '2.6.18-retry' });
    expect(run.shown).toEqual([(0x22 << 16) | 2, 1, 5]);
    const faults = spufsFaults(run);
    expect(faults).toMatchObject([
      {
        outcome: 'RETRY', handlerAnswer: 'NOPAGE_RETRY', coreAnswer: { name: 'VM_FAULT_MINOR', value: 2 }, interruptedBy: SIGALRM, attempt: 1, retryOf: undefined,
        effect: { pte: 'nobody', signal: undefined, killed: undefined, counters: ['min_flt', 'pgfault'] },
      },
      { outcome: 'MINOR', handlerAnswer: 'page', coreAnswer: { value: 2 }, interruptedBy: undefined, attempt: 2, retryOf: faults[0]?.id, effect: { pte: 'core' } },
    ]);
    expect(faults[0] && pathsOf(faults[0])).toEqual([
      'do_page_fault', 'handle_mm_fault', '__handle_mm_fault', 'handle_pte_fault', 'do_no_page', 'spufs_ps_nopage', 'spu_acquire_runnable',
      'spu_activate', 'get_idle_spu', 'spu_activate', 'spu_acquire_runnable', 'spufs_ps_nopage', 'do_no_page', 'handle_pte_fault',
      '__handle_mm_fault', 'handle_mm_fault', 'do_page_fault',
    ]);
  });

  it('row 30: one RETRY for each signal, each counted as min_flt', () => {
    const run = runSpufs(busy(`set_alarm every5ms${STORE}`, 'handle SIGALRM, alarm_action'), { kernel: '2.6.18-retry' });
    const faults = spufsFaults(run);
    // 18.7 ms of waiting hold three alarms 5 ms apart.
    expect(faults.map(({ outcome }) => outcome)).toEqual(['RETRY', 'RETRY', 'RETRY', 'MINOR']);
    expect(faults.map(({ attempt }) => attempt)).toEqual([1, 2, 3, 4]);
    expect(run.shown[1]).toBe(3);
  });

  it('row 30: a signal without a handler kills in the wait, after RETRY has been answered', () => {
    const run = runSpufs(busy(`set_alarm in5ms${STORE}`), { kernel: '2.6.18-retry' });
    expect(run.stop).toEqual({ kind: 'exit', exit: { kind: 'signal', signal: SIGALRM } });
    expect(only(spufsFaults(run))).toMatchObject({ outcome: 'RETRY', interruptedBy: SIGALRM });
  });

  it.each(KERNELS)('row 33: a signal that is blocked ends no wait: %s', (kernel) => {
    const block = 'li r3, 0\naddress r4, alarm_mask\nli r5, 0\nli r6, 8\nsystem 174';
    const run = runSpufs(busy(`${block}\nset_alarm every5ms${STORE}`, 'handle SIGALRM, alarm_action'), { kernel });
    expect(only(spufsFaults(run))).toMatchObject({ outcome: 'MINOR', interruptedBy: undefined });
    expect(run.shown[1]).toBe(0);
  });

  it.each(KERNELS)('row 33: one that is ignored is not even queued: %s', (kernel) => {
    // The other thread must not block it: a blocked signal is queued even where it is ignored.
    const run = runSpufs(`${busy(`set_alarm every5ms${STORE}`, 'handle SIGALRM, ignore_action').replace('system  174', '')}
        .section .rodata
        .balign 8
ignore_action: .quad 1, 0, 0, 0
        .text`, { kernel });
    expect(only(spufsFaults(run))).toMatchObject({ outcome: 'MINOR', interruptedBy: undefined });
    expect(run.shown[0]).toBe((0x22 << 16) | 2);
  });

  it('mem does not wait', () => {
    const run = runSpufs(busy('lwz r5, 0(r26)\nkeep_word r5, result', `
        open_file a_mem, O_RDWR
        mr      r29, r3
        map_file r29, 4096
        mr      r26, r3`));
    // stop 0x11
    expect(run.shown[2]).toBe(0x11);
    expect(only(spufsFaults(run))).toMatchObject({ mapping: '/spu/a/mem', outcome: 'MINOR', waited: 0 });
  });
});

describe('the kernel touches registers for the program', () => {
  // write(1, registers, 4) to a pipe.
  const WRITE = `
        lwz     r3, pipe_write@l(r25)
        mr      r4, r28
        addi    r4, r4, SIGNAL1
        li      r5, 4
        system  4
        keep_word r3, result`;
  const body = (alarm: string): string => busy(`lis r25, pipe_write@ha\n${alarm}${WRITE}`, `
        handle  SIGALRM, alarm_action
        address r3, pipe_ends
        system  42
        .data
        .balign 8
pipe_ends: .long 0
pipe_write: .long 0
        .text`);

  it.each(KERNELS)('waits like the program itself: MINOR: %s', (kernel) => {
    const run = runSpufs(body(''), { kernel });
    expect(only(spufsFaults(run))).toMatchObject({ origin: 'kernel', access: 'read', outcome: 'MINOR', effect: { counters: ['min_flt', 'pgfault'] } });
    expect(run.shown[2]).toBe(4);
  });

  it('row 46: with a signal 2.6.18 lets the call fail: EFAULT, and no SIGBUS', () => {
    const run = runSpufs(body('set_alarm in5ms\n'), { kernel: '2.6.18' });
    expect(run.shown).toEqual([(0x22 << 16) | 2, 1, 2 ** 32 - EFAULT]);
    expect(only(spufsFaults(run))).toMatchObject({
      origin: 'kernel', outcome: 'SIGBUS', coreAnswer: { value: 1 }, interruptedBy: SIGALRM, effect: { signal: undefined, killed: undefined, counters: ['pgfault'] },
    });
  });

  it('row 46: with RETRY the access is made again and again inside the kernel, and no signal can be delivered until an SPE is free', () => {
    const run = runSpufs(body('set_alarm in5ms\n'), { kernel: '2.6.18-retry' });
    expect(run.shown).toEqual([(0x22 << 16) | 2, 1, 4]);
    const faults = spufsFaults(run);
    expect(faults.length).toBeGreaterThan(500);
    expect(new Set(faults.slice(0, -1).map(({ origin, outcome, interruptedBy }) => `${origin} ${outcome} ${String(interruptedBy)}`))).toEqual(new Set(['kernel RETRY 14']));
    expect(faults.at(-1)).toMatchObject({ origin: 'kernel', outcome: 'MINOR', attempt: faults.length });
    // Only the first slept, about 5 ms.
    expect(faults[0]?.waited).toBeGreaterThan(4.9 * MS);
    expect(faults[1]?.waited).toBeLessThan(1000);
  });
});

describe('get_user_pages on registers', () => {
  const LOCK = `
        mr      r3, r28
        li      r4, 4096
        system  150
        keep_word r3, result`;

  it.each(KERNELS)('row 48: the page is brought in and counted for the task: %s', (kernel) => {
    const run = runSpufs(busy(LOCK), { kernel });
    expect(only(spufsFaults(run))).toMatchObject({ origin: 'kernel', outcome: 'MINOR', effect: { pte: 'core', counters: ['min_flt', 'pgfault'] } });
    expect(run.shown[2]).toBe(0);
  });

  it('row 48: NULL is an error for its caller', () => {
    const run = runSpufs(busy(`set_alarm in5ms${LOCK}`, 'handle SIGALRM, alarm_action'), { kernel: '2.6.18' });
    expect(only(spufsFaults(run))).toMatchObject({ origin: 'kernel', outcome: 'SIGBUS', coreAnswer: { value: 1 }, effect: { pte: 'nobody', signal: undefined, counters: ['pgfault'] } });
    expect(run.shown[1]).toBe(1);
  });

  it('row 50: RETRY makes it loop in the kernel until the page is there, a min_flt for each turn', () => {
    const run = runSpufs(busy(`set_alarm in5ms${LOCK}`, 'handle SIGALRM, alarm_action'), { kernel: '2.6.18-retry' });
    const faults = spufsFaults(run);
    expect(faults.length).toBeGreaterThan(500);
    expect(faults.filter(({ outcome }) => outcome === 'RETRY')).toHaveLength(faults.length - 1);
    expect(faults.at(-1)).toMatchObject({ outcome: 'MINOR' });
    for (const fault of faults.slice(0, 20)) expect(fault.effect.counters).toContain('min_flt');
    expect(run.shown.slice(1)).toEqual([1, 0]);
  });
});

describe('a futex in registers', () => {
  it('rows 48 and 51: 2.6.18 does not refuse it: the word is read from the SPE', () => {
    const EAGAIN = 11;
    const run = runSpufs(`
        create  a
        open_file a_signal1, O_RDWR
        mr      r29, r3
        map_file r29, 4096
        addi    r3, r3, SIGNAL1
        li      r4, 0
        li      r5, 77
        li      r6, 0
        system  221
        show
        quit    0`);
    expect(run.shown).toEqual([-EAGAIN]);
    expect(spufsFaults(run).map(({ origin, outcome }) => `${origin} ${outcome}`)).toEqual(['kernel MINOR']);
  });
});

/** An SPU program that transfers `size` bytes between its address 0x100 and an address of the program, and waits. */
const transfer = (name: string, opcode: number, ea: string, size: number): string => `
        .section .spu.${name}, "ax"
        il      $2, 0
        il      $3, 0x10c
        ilhu    $4, (${ea})@h
        iohl    $4, (${ea})@l
        il      $5, ${String(size)}
        il      $6, ${String(opcode)}
        ila     $10, 0xbeef
        stqa    $10, 0x100
        stqa    $10, 0x110
        shlqbyi $10, $10, 0
        rotqbyi $10, $10, 4
        stqa    $10, 0x100
        wrch    $MFC_LSA, $3
        wrch    $MFC_EAH, $7
        wrch    $MFC_EAL, $4
        wrch    $MFC_Size, $5
        wrch    $MFC_TagID, $2
        wrch    $MFC_Cmd, $6
        il      $8, 1
        wrch    $MFC_WrTagMask, $8
        il      $8, 2
        wrch    $MFC_WrTagUpdate, $8
        rdch    $9, $MFC_RdTagStat
        stop    7
        .text`;
const PUT = 0x20;
const GET = 0x40;

describe('DMA', () => {
  const RUN = `
        create  a
        mr      r30, r3
        load_program a_mem, dma, dma_end
        run_context r30, npc, status
        show`;

  it.each(KERNELS)('row 53: to a page that was never touched: MINOR for the thread in spu_run, and the DMA goes on: %s', (kernel) => {
    const run = runSpufs(`${RUN}
        show_word fresh + 0xc
        quit    0
        ${transfer('dma', PUT, 'fresh@ppu + 0xc', 4)}
        .bss
        .balign 4096
fresh:  .space  4096
        .text`, { kernel });
    expect(run.shown).toEqual([(7 << 16) | 2, 0xbeef]);
    const fault = only(faultsOf(run.machine).filter(({ origin }) => origin === 'mfc'));
    expect(fault).toMatchObject({
      task: 1000, context: 'a', spe: 0, command: 'put', access: 'write', mapping: '[anon]', handler: 'anonymous', handlerAnswer: 'none',
      coreAnswer: { name: 'VM_FAULT_MINOR', value: 2 }, outcome: 'MINOR', effect: { pte: 'core', counters: ['min_flt', 'pgfault'] },
    });
    // The instruction that the SPU waits in: rdch of the tag status.
    expect(fault.pc).toBe(22 * 4);
    expect(pathsOf(fault)).toEqual(['spu_handle_mm_fault', 'handle_mm_fault', '__handle_mm_fault', 'handle_pte_fault', 'do_anonymous_page',
      'handle_pte_fault', '__handle_mm_fault', 'handle_mm_fault', 'spu_handle_mm_fault']);
    // No preload for the SPE: a second storage fault finds the PTE and fills the hash table (facts 5.2).
    expect(run.machine.state.counters.mfcHashRefill).toBeGreaterThan(0);
  });

  it('row 53: from a file on the disk: MAJOR', () => {
    const run = runSpufs(`
        address r3, path
        li      r4, O_RDONLY
        system  5
        mr      r7, r3
        lis     r3, 0x3000
        li      r4, 4096
        li      r5, 1
        li      r6, 0x11
        li      r8, 0
        system  90
        ${RUN}
        quit    0
        ${transfer('dma', GET, '0x3000000c', 4)}
        .section .rodata
path:   .asciz  "/host/data"
        .text`, { hostFiles: { list: (path) => (path === '' ? [{ name: 'data', kind: 'file' }] : undefined), read: () => new Uint8Array(4096).fill(7) } });
    expect(run.shown).toEqual([(7 << 16) | 2]);
    expect(only(faultsOf(run.machine).filter(({ origin }) => origin === 'mfc'))).toMatchObject({
      command: 'get', mapping: '/host/data', outcome: 'MAJOR', coreAnswer: { value: 3 }, effect: { counters: ['pgfault', 'maj_flt', 'pgmajfault'].sort() },
    });
  });

  it.each(KERNELS)('row 52: where nothing is mapped: SIGBUS that says nothing, for the thread in spu_run: %s', (kernel) => {
    const run = runSpufs(`handle 7, fault_action\n${RUN}\nquit 0${transfer('dma', GET, '0x5000000c', 4)}`, { kernel });
    expect(run.shown).toEqual([SIGBUS, SI_KERNEL, 0]);
    const fault = only(faultsOf(run.machine).filter(({ origin }) => origin === 'mfc'));
    expect(fault).toMatchObject({
      ea: 0x5000_000cn, mapping: '', handlerAnswer: 'none', coreAnswer: undefined, outcome: 'SIGBUS',
      effect: { pte: 'nobody', signal: { number: SIGBUS, code: SI_KERNEL, address: 0n }, counters: [] },
    });
    expect(pathsOf(fault)).toEqual(['spu_handle_mm_fault']);
  });

  it('row 52: beyond the user region of 16 TiB too; in the kernel\'s own region nobody is told', () => {
    const beyond = runSpufs(`handle 7, fault_action\n${RUN}\nquit 0${transfer('dma', GET, '0x100c', 4).replace('il      $2, 0', 'il $2, 0\nil $7, 0x2000')}`);
    expect(beyond.shown).toEqual([SIGBUS, SI_KERNEL, 0]);
    const kernel = runSpufs(`handle SIGALRM, alarm_action\nset_alarm in5ms\n${RUN}\nquit 0${transfer('dma', GET, '0x100c', 4).replace('il      $2, 0', 'il $2, 0\nilhu $7, 0xc000')}`);
    expect(kernel.shown).toEqual([-4]);
    expect(kernel.notices).toEqual(['A DMA of the SPE context a went to 0xc00000000000100c, outside the user region. Linux 2.6.18-retry takes no notice of that: the DMA never ends.']);
    expect(faultsOf(kernel.machine).filter(({ origin }) => origin === 'mfc')).toEqual([]);
  });

  it('to memory that may not be written: SIGBUS', () => {
    const run = runSpufs(`handle 7, fault_action\n${RUN}\nquit 0${transfer('dma', PUT, 'a_mem@ppu', 16).replace('0x10c', '0x100')}`.replace('a_mem@ppu)@h', '(a_mem@ppu) & ~15)@h').replace('a_mem@ppu)@l', '(a_mem@ppu) & ~15)@l'));
    expect(run.shown).toEqual([SIGBUS, SI_KERNEL, 0]);
  });

  /** a's program stores a word to signal1 of b, which is mapped at 0x30000000. */
  const TO_REGISTERS = `
        create  a
        mr      r30, r3
        create  b
        load_program a_mem, dma, dma_end
        open_file b_signal1, O_RDWR
        mr      r7, r3
        lis     r3, 0x3000
        li      r4, 4096
        li      r5, 3
        li      r6, 0x11
        li      r8, 0
        system  90
        mr      r28, r3`;

  it.each(KERNELS)('row 54: to registers of a SAVED context: the thread in spu_run puts it on an idle SPE: %s', (kernel) => {
    const run = runSpufs(`${TO_REGISTERS}
        run_context r30, npc, status
        show
        lwz     r3, SIGNAL1(r28)
        show
        quit    0
        ${transfer('dma', PUT, '0x3000000c', 4)}`, { kernel, configuration: { spes: 2 } });
    expect(run.shown).toEqual([(7 << 16) | 2, 0xbeef]);
    const fault = only(spufsFaults(run));
    expect(fault).toMatchObject({ origin: 'mfc', context: 'a', spe: 0, mapping: '/spu/b/signal1', handler: 'spufs_ps_nopage', outcome: 'MINOR', waited: 0 });
    expect(pathsOf(fault).filter((path) => path === 'spufs_ps_nopage').length).toBeGreaterThan(1);
  });

  it.each(KERNELS)('row 54: with one SPE it waits for ever for the SPE that its own context has: %s', (kernel) => {
    const run = runSpufs(`${TO_REGISTERS}
        run_context r30, npc, status
        quit    0
        ${transfer('dma', PUT, '0x3000000c', 4)}`, { kernel });
    expect(run.stop.kind === 'deadlock' && run.stop.report.sentence).toMatch(
      /^No thread can run and no event is due\. Thread 1000 \(test\.s\) waits for the SPE run queue at priority 120, held by \/spu\/a on SPE 0/,
    );
  });

  it.each([['2.6.18', 'SIGBUS', 'NOPAGE_SIGBUS'], ['2.6.18-retry', 'RETRY', 'NOPAGE_RETRY']] as const)(
    'row 54: a signal breaks that: %s', (kernel, outcome, handlerAnswer) => {
      const run = runSpufs(`${TO_REGISTERS}
        handle  SIGALRM, alarm_action
        handle  7, fault_action
        set_alarm in5ms
        run_context r30, npc, status
        show
        quit    0
        ${transfer('dma', PUT, '0x3000000c', 4)}`, { kernel });
      const [fault] = spufsFaults(run);
      expect(fault).toMatchObject({ origin: 'mfc', outcome, handlerAnswer, interruptedBy: SIGALRM });
      // SIGBUS for the thread, or the DMA restarted and spu_run interrupted: EINTR.
      expect(run.shown[0]).toBe(outcome === 'SIGBUS' ? SIGBUS : -4);
    },
  );
});
