/** Rows 21 to 37: touches of mapped SPE registers. */
import { describe, expect } from 'vitest';
import {
  ALL, AWAITS, endOf, expectFaults, faultsIn, GIVES_PAGE, INSTALLS, type KernelName, minFlt, refused, row, sentBack, spufsServed,
} from './scenario.ts';

const SIGNAL1_A = '/spu/a/signal1';
const SIGALRM = 14;

/** Context a with its descriptor in r27 and its registers at r28. */
const ONE_CONTEXT = `
        create  a
        mr      r27, r3
        load_program a_mem, spin, spin_end
        open_file a_signal1, O_RDWR
        mr      r29, r3
        map_file r29, 4096
        mr      r28, r3`;
const TOUCH = `
        li      r4, 1
        stw     r4, SIGNAL1(r28)`;

describe('a context on an SPE', () => {
  row(21, 'RUNNABLE', GIVES_PAGE, `${ONE_CONTEXT}
        start_thread runner, stack1_top, tid1
        sleep_for ms1${TOUCH}
        quit    0
runner: run_context r27, npc, status
        end_thread`, (run, kernel) => { expectFaults(faultsIn(run, SIGNAL1_A), [spufsServed(kernel)]); });

  row(22, 'RUNNABLE', [...INSTALLS, ...AWAITS], `${ONE_CONTEXT}
        start_thread runner, stack1_top, tid1
        sleep_for ms1${TOUCH}
        quit    0
runner: run_context r27, npc, status
        end_thread`, (run, kernel) => { expectFaults(faultsIn(run, SIGNAL1_A), [spufsServed(kernel)]); });
});

describe('a saved context and an idle SPE', () => {
  const later = `${ONE_CONTEXT}
        start_thread runner, stack1_top, tid1${TOUCH}
        quit    0
runner: sleep_for ms5
        run_context r27, npc, status
        end_thread`;
  row(23, 'the touch gets it the SPE', GIVES_PAGE, later, (run, kernel) => {
    const faults = faultsIn(run, SIGNAL1_A);
    expectFaults(faults, [spufsServed(kernel)]);
    // The move raised truncate_count: the handler is asked twice (facts 3.5).
    expect(faults[0]?.trail.filter(({ path, step }) => path === 'spufs_ps_nopage' && step === 0)).toHaveLength(2);
  });
  row(24, 'the touch gets it the SPE', INSTALLS, later, (run, kernel) => { expectFaults(faultsIn(run, SIGNAL1_A), [spufsServed(kernel)]); });
  row(25, 'the touch waits for somebody\'s spu_run', AWAITS, later, (run, kernel) => {
    const faults = faultsIn(run, SIGNAL1_A);
    expectFaults(faults, [sentBack(kernel), spufsServed(kernel)]);
    // 5 ms at 79.8 million cycles a second.
    expect(faults[0]?.waited).toBeGreaterThan(350_000);
    expect(faults[1]).toMatchObject({ attempt: 2, waited: 0 });
  });
});

const BLOCK_ALARM = `
        li      r3, 0
        address r4, alarm_mask
        li      r5, 0
        li      r6, 8
        system  174`;

/** Context b runs for 20 ms on the only SPE, then a does; meanwhile a thread touches registers of a. */
const busy = (before: string, inMainThread = BLOCK_ALARM): string => `
        handle  SIGALRM, alarm_action
        ${ONE_CONTEXT}
        create  b
        mr      r30, r3
        load_program b_mem, spin, spin_end
        start_thread toucher, stack1_top, tid1
        ${inMainThread}
        run_context r30, npc, status
        run_context r27, npc2, status2
        join_thread tid1
        show_word alarms
        quit    0
toucher:
        ${before}
        sleep_for ms1${TOUCH}
        end_thread`;

describe('all SPEs are busy', () => {
  const check = (run: Parameters<Parameters<typeof row>[4]>[0], kernel: KernelName): void => {
    const faults = faultsIn(run, SIGNAL1_A);
    expectFaults(faults, AWAITS.includes(kernel) ? [sentBack(kernel), spufsServed(kernel)] : [spufsServed(kernel)]);
    expect(faults[0]?.waited).toBeGreaterThan(1_000_000);
    expect(endOf(run)).toBe('exit 0');
  };
  row(26, 'no signal', ['2.6.18', '2.6.18-retry'], busy(''), check);
  row(27, 'no signal', ['2.6.19'], busy(''), check);
  row(28, 'no signal', ['2.6.21', '2.6.23'], busy(''), check);

  const alarmed = busy('set_alarm in5ms');
  row(29, 'a signal arrives', ['2.6.18', '2.6.19'], alarmed, (run, kernel) => {
    expectFaults(faultsIn(run, SIGNAL1_A), [{ ...refused(kernel, 'spufs'), interruptedBy: SIGALRM }]);
    expect(endOf(run)).toBe('signal 7');
  });
  row(30, 'a signal arrives', ['2.6.18-retry', '2.6.21', '2.6.23'], alarmed, (run, kernel) => {
    expectFaults(faultsIn(run, SIGNAL1_A), [sentBack(kernel, SIGALRM), spufsServed(kernel)]);
    expect(run.shown).toEqual([1]);
    expect(endOf(run)).toBe('exit 0');
  });
  row(31, 'a signal arrives', AWAITS, alarmed, (run, kernel) => {
    expectFaults(faultsIn(run, SIGNAL1_A), [sentBack(kernel, SIGALRM), sentBack(kernel), spufsServed(kernel)]);
    expect(run.shown).toEqual([1]);
    expect(endOf(run)).toBe('exit 0');
  });

  row(32, 'SIGKILL arrives', ['2.6.30'], busy(`
        start_thread killer, stack2_top, tid2
        b       2f
killer: sleep_for ms5
        system  20
        li      r4, 9
        system  37
        end_thread
2:`), (run, kernel) => {
    expectFaults(faultsIn(run, SIGNAL1_A), [sentBack(kernel, 9)]);
    expect(endOf(run)).toBe('signal 9');
  });

  row(33, 'a blocked signal', ALL, busy(`${BLOCK_ALARM}
        set_alarm in5ms`), (run, kernel) => {
    expectFaults(faultsIn(run, SIGNAL1_A), AWAITS.includes(kernel) ? [sentBack(kernel), spufsServed(kernel)] : [spufsServed(kernel)]);
    expect(run.shown).toEqual([0]);
  });
  row(33, 'an ignored signal', ALL, busy(`
        handle  SIGALRM, ignore_action
        set_alarm in5ms
        .section .rodata
        .balign 8
ignore_action: .quad 1, 0, 0, 0
        .text`, ''), (run, kernel) => {
    expectFaults(faultsIn(run, SIGNAL1_A), AWAITS.includes(kernel) ? [sentBack(kernel), spufsServed(kernel)] : [spufsServed(kernel)]);
  });
});

describe('a context without an owner', () => {
  const closed = `${ONE_CONTEXT}
        close_file r29
        close_file r27${TOUCH}
        quit    0`;
  row(34, 'its registers are touched', GIVES_PAGE, closed, (run, kernel) => {
    expectFaults(faultsIn(run, SIGNAL1_A), [refused(kernel, 'spufs')]);
    expect(endOf(run)).toBe('signal 7');
  });
  row(35, 'its registers are touched', INSTALLS, closed, (run, kernel) => {
    const faults = faultsIn(run, SIGNAL1_A);
    expect(endOf(run)).toBe('budget');
    expect(faults.length).toBeGreaterThan(500);
    expectFaults(faults.slice(0, 2), [sentBack(kernel), sentBack(kernel)]);
    expect(faults.at(-1)?.attempt).toBe(faults.length);
    expect(minFlt(run)).toBeGreaterThan(faults.length - 1);
    expect(run.notices.filter((notice) => notice.startsWith('Livelock: '))).toHaveLength(1);
  }, { cycles: 1_000_000 });
  row(36, 'its registers are touched', AWAITS, closed, (run) => {
    expect(run.stop).toMatchObject({ kind: 'deadlock', report: { waits: [{ waitsFor: 'run_wq of /spu/a', interruptible: true }] } });
    expect(faultsIn(run, SIGNAL1_A)).toEqual([]);
  });
});

describe('beyond the registers', () => {
  row(37, 'an offset past the end of the file', ALL, `
        create  a
        open_file a_signal1, O_RDWR
        mr      r29, r3
        map_file r29, 0x5000
        addi    r3, r3, 0x4000
        stw     r3, 0(r3)
        quit    0`, (run, kernel) => {
    expectFaults(faultsIn(run, SIGNAL1_A), [refused(kernel, 'spufs')]);
    expect(endOf(run)).toBe('signal 7');
  });
});
