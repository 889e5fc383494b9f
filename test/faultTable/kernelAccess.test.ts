/** Rows 46 to 54: what else than an instruction touches SPE registers, and DMA. */
import { describe, expect } from 'vitest';
import { faultsOf } from '../sim/kernel/spufs/programs.ts';
import {
  ALL, AWAITS, endOf, expectFaults, faultsIn, GIVES_PAGE, type KernelName, NAMES, row, sentBack, served, spufsServed,
} from './scenario.ts';

const SIGNAL1_A = '/spu/a/signal1';
const LATER: readonly KernelName[] = ['2.6.21', '2.6.23', '2.6.25', '2.6.27', '2.6.30'];

/** b runs on the only SPE; a thread has the kernel write to registers of a, by read(2) of a file. */
const kernelWrite = (meanwhile: string): string => `
        handle  SIGALRM, alarm_action
        create  a
        mr      r27, r3
        load_program a_mem, spin, spin_end
        open_file a_signal1, O_RDWR
        mr      r29, r3
        map_file r29, 4096
        mr      r28, r3
        create  b
        mr      r30, r3
        load_program b_mem, spin, spin_end
        start_thread toucher, stack1_top, tid1
        ${meanwhile}
        li      r3, 0
        address r4, alarm_mask
        li      r5, 0
        li      r6, 8
        system  174
        run_context r30, npc, status
        close_file r30
        run_context r27, npc2, status2
        join_thread tid1
        show_word result
        show_word alarms
        quit    0
toucher:
        set_alarm in5ms
        sleep_for ms1
        address r3, zero_path
        li      r4, O_RDONLY
        system  5
        addi    r4, r28, SIGNAL1
        li      r5, 4
        system  3
        keep_word r3, result
        end_thread
        .section .rodata
zero_path: .asciz "/dev/zero"
        .text`;

describe('the kernel touches registers while all SPEs are busy', () => {
  row(46, 'a signal arrives', ['2.6.18-retry', '2.6.21', '2.6.23', '2.6.25', '2.6.27', '2.6.30'], kernelWrite(''), (run, kernel) => {
    const faults = faultsIn(run, SIGNAL1_A);
    // The signal cannot be delivered within the system call: the access comes again at once, and finds it pending again.
    expect(faults.length).toBeGreaterThan(1000);
    expectFaults(faults.slice(0, 2), [sentBack(kernel, 14), sentBack(kernel, 14)]);
    expect(faults.every(({ origin }) => origin === 'kernel')).toBe(true);
    expect(run.notices.filter((notice) => notice.startsWith('Livelock: '))).toHaveLength(1);
    // Only the end of b's run ends it.
    expect(run.shown).toEqual([4, 1]);
  });
  row(46, 'a signal arrives', ['2.6.18', '2.6.19'], kernelWrite(''), (run, kernel) => {
    expectFaults(faultsIn(run, SIGNAL1_A), [{
      handlerAnswer: 'NOPAGE_SIGBUS', core: NAMES[kernel].sigbus, outcome: 'SIGBUS', pte: 'nobody', counters: ['pgfault'], interruptedBy: 14,
    }]);
    expect(run.shown).toEqual([-14 >>> 0, 1]);
  });

  const killed = kernelWrite(`
        start_thread killer, stack2_top, tid2
        b       4f
killer: sleep_for ms5
        sleep_for ms1
        system  20
        li      r4, 9
        system  37
        end_thread
4:`);
  row(47, 'SIGKILL arrives', ['2.6.30'], killed, (run, kernel) => {
    expect(endOf(run)).toBe('signal 9');
    const [last] = faultsIn(run, SIGNAL1_A).slice(-1);
    expectFaults(last ? [last] : [], [{ handlerAnswer: 'VM_FAULT_SIGBUS', core: NAMES[kernel].sigbus, outcome: 'SIGBUS', pte: 'nobody', counters: ['pgfault'] }]);
  });
  row(46, 'SIGKILL arrives, and cannot end it', ['2.6.27'], killed, (run) => {
    expect(endOf(run)).toBe('budget');
  }, { cycles: 3_000_000 });
});

describe('get_user_pages', () => {
  const locked = `
        create  a
        mr      r27, r3
        load_program a_mem, spin, spin_end
        open_file a_signal1, O_RDWR
        mr      r29, r3
        map_file r29, 4096
        li      r4, 4096
        system  150
        show
        quit    0`;
  row(48, 'registers', GIVES_PAGE, locked, (run, kernel) => {
    expectFaults(faultsIn(run, SIGNAL1_A), [served(kernel, 'page')]);
  }, { configuration: { uid: 0 } });
  row(49, 'registers', LATER, locked, (run) => {
    expect(faultsIn(run, SIGNAL1_A)).toEqual([]);
  }, { configuration: { uid: 0 } });

  row(50, 'a driver that asks for the access again', ALL.filter((kernel) => kernel !== '2.6.18'), `
        address r3, driver
        li      r4, O_RDWR
        system  5
        mr      r29, r3
        map_file r29, 4096
        li      r4, 4096
        system  150
        quit    0
        .section .rodata
driver: .asciz "/dev/driver"
        .text`, (run, kernel) => {
    const faults = faultsIn(run, '/dev/driver');
    expect(faults.length).toBeGreaterThan(500);
    expectFaults(faults.slice(0, 1), [{ handlerAnswer: NAMES[kernel].file[1], core: NAMES[kernel].fileAgain, outcome: 'RETRY', pte: 'nobody', counters: ['min_flt', 'pgfault'] }]);
    expect(endOf(run)).toBe('budget');
  }, { cycles: 1_000_000, configuration: { uid: 0, devices: [{ name: 'driver', size: 0x1000, answers: [{ answer: 'retry', count: Infinity, cycles: 0, interruptible: false }] }] } });
});

describe('futexes', () => {
  const wake = `
        create  a
        open_file a_signal1, O_RDWR
        mr      r29, r3
        map_file r29, 4096
        li      r4, 1
        li      r5, 1
        system  221
        show
        quit    0`;
  row(51, 'in registers', LATER, wake, (run) => { expect(run.shown).toEqual([-1]); });
});

describe('DMA', () => {
  /** `source` is the upper half of the address that 16 bytes come from. */
  const get = (source: string): string => `
        .section .spu.get, "ax"
        il      $2, 0
        ${source}
        il      $5, 16
        il      $6, 0x40
        transfer $2, $2
        stop    7
        .text`;
  const run = (signal: number, source: string): string => `
        handle  ${String(signal)}, fault_action
        create  a
        mr      r27, r3
        load_program a_mem, get, get_end
        run_context r27, npc, status
        show
        quit    0${get(source)}`;
  const NOWHERE = 'ilhu    $4, 0x3000';

  row(52, 'to where nothing is mapped', ['2.6.18', '2.6.18-retry', '2.6.19', '2.6.21'], run(7, NOWHERE), (ran) => {
    const [fault] = faultsOf(ran.machine).filter(({ origin }) => origin === 'mfc');
    expect(fault).toMatchObject({ outcome: 'SIGBUS', coreAnswer: undefined, ea: 0x3000_0000n, effect: { signal: { number: 7, code: 0x80 }, counters: [] } });
    expect(ran.shown.slice(0, 2)).toEqual([7, 0x80]);
  });
  row(52, 'to where nothing is mapped', ['2.6.23'], run(7, NOWHERE), (ran) => {
    const [fault] = faultsOf(ran.machine).filter(({ origin }) => origin === 'mfc');
    expect(fault).toMatchObject({ outcome: 'SIGBUS', effect: { signal: { number: 7, code: 2, address: 0x3000_0000n } } });
    expect(ran.shown).toEqual([7, 2, 0x3000_0000]);
  });
  row(52, 'to where nothing is mapped', AWAITS, run(11, NOWHERE), (ran) => {
    const [fault] = faultsOf(ran.machine).filter(({ origin }) => origin === 'mfc');
    expect(fault).toMatchObject({ outcome: 'SIGSEGV', effect: { signal: { number: 11, code: 2, address: 0x3000_0000n } } });
    expect(ran.shown).toEqual([11, 2, 0x3000_0000]);
  });
  row(52, 'and the handler maps the page', AWAITS, `
        handle  11, map_action
        create  a
        mr      r27, r3
        load_program a_mem, get, get_end
        run_context r27, npc, status
        show
        quit    0
on_fault_map:
        lis     r3, 0x3000
        li      r4, 4096
        li      r5, 3
        li      r6, 0x32
        li      r7, -1
        li      r8, 0
        li      r0, 90
        sc
        blr
        .section .rodata
        .balign 8
map_action: .quad map_descriptor, 0x10000004, 0, 0
map_descriptor: .quad on_fault_map, 0, 0
        .text${get(NOWHERE)}`, (ran) => {
    expect(ran.shown).toEqual([(7 << 16) | 2]);
  });

  row(53, 'to anonymous memory', ALL, `
        lis     r3, 0x3000
        li      r4, 4096
        li      r5, 3
        li      r6, 0x32
        li      r7, -1
        li      r8, 0
        system  90
        ${run(7, NOWHERE)}`, (ran, kernel) => {
    expectFaults(faultsOf(ran.machine).filter(({ origin }) => origin === 'mfc'), [served(kernel, 'none')]);
    expect(ran.shown).toEqual([(7 << 16) | 2]);
  });

  row(54, 'to registers of a saved context', ALL.filter((kernel) => !AWAITS.includes(kernel)), `
        create  b
        open_file b_signal1, O_RDWR
        mr      r29, r3
        lis     r3, 0x3000
        li      r4, 4096
        li      r5, 3
        li      r6, 0x11
        mr      r7, r29
        li      r8, 0
        system  90
        create  a
        mr      r27, r3
        load_program a_mem, get, get_end
        run_context r27, npc, status
        quit    0${get(NOWHERE)}`, (ran, kernel) => {
    const faults = faultsIn(ran, '/spu/b/signal1');
    expect(faults.every(({ origin }) => origin === 'mfc')).toBe(true);
    expectFaults(faults.slice(0, 1), [spufsServed(kernel)]);
  }, { configuration: { spes: 2 } });

  row(54, 'to registers of a saved context', AWAITS, `
        create  b
        mr      r30, r3
        load_program b_mem, spin, spin_end
        open_file b_signal1, O_RDWR
        mr      r7, r3
        lis     r3, 0x3000
        li      r4, 4096
        li      r5, 3
        li      r6, 0x11
        li      r8, 0
        system  90
        create  a
        mr      r27, r3
        load_program a_mem, get, get_end
        start_thread runner, stack1_top, tid1
        run_context r27, npc, status
        quit    0
runner: sleep_for ms5
        run_context r30, npc2, status2
        end_thread${get(NOWHERE)}`, (ran, kernel) => {
    const faults = faultsIn(ran, '/spu/b/signal1');
    expect(faults.every(({ origin }) => origin === 'mfc')).toBe(true);
    expectFaults(faults.slice(0, 2), [sentBack(kernel), spufsServed(kernel)]);
    // The DMA stands still until somebody runs b: some 5 ms.
    expect(faults[0]?.waited).toBeGreaterThan(300_000);
  }, { configuration: { spes: 2 } });
});
