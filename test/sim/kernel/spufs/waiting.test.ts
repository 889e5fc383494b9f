/** Faults that wait for an SPE (facts 7, rows 26-33). */
import { describe, expect, it } from 'vitest';
import { busy, only } from './busy.ts';
import { faultsOf, KERNELS, pathsOf, runSpufs, spufsFaults } from './programs.ts';

const SIGBUS = 7;
const SIGALRM = 14;
const BUS_ADRERR = 2;
/** At 79.8 million cycles a second. */
const MS = 79_800;
const SPIN_CYCLES = 2 * 786_432;
const STORE = `
        li      r4, 5
        stw     r4, SIGNAL1(r28)`;

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
