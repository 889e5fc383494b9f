/** Retry policies of the debate (facts 1.1, 8.17): how often an access is sent back, and where its waits end. */
import { describe, expect, it } from 'vitest';
import type { FaultRecord } from '../../../../src/sim/kernel/fault/state.ts';
import type { ProfileChoice } from '../../../../src/sim/kernel/profile/lookup.ts';
import type { AssemblyRun } from '../assembly.ts';
import { busy } from '../spufs/busy.ts';
import { faultsOf, runSpufs, spufsFaults } from '../spufs/programs.ts';
import { exampleSource, machineFor } from '../../../support/machine.ts';

const TOUCH = `
        set_alarm every5ms
        li      r4, 1
        stw     r4, SIGNAL1(r28)`;
const KERNEL_TOUCH = `
        set_alarm every5ms
        address r3, zero_path
        li      r4, O_RDONLY
        system  5
        addi    r4, r28, SIGNAL1
        li      r5, 4
        system  3
        keep_word r3, result
        .section .rodata
zero_path: .asciz "/dev/zero"
        .text`;

/** b has the SPE for 20 ms; an alarm comes every 5 ms to the thread that touches registers of a. */
function run(kernel: ProfileChoice, touch = TOUCH): AssemblyRun {
  return runSpufs(busy(touch, 'handle SIGALRM, alarm_action'), { kernel, cycles: 8_000_000 });
}

function brief(records: readonly FaultRecord[]): string[] {
  return records.map(({ outcome, interruptedBy }) => (interruptedBy === undefined ? outcome : `${outcome} interrupted`));
}

describe('a signal ends a wait for an SPE', () => {
  it('unlimited: the access is sent back each time', () => {
    const ran = run('2.6.18-retry');
    expect(brief(spufsFaults(ran))).toEqual(['RETRY interrupted', 'RETRY interrupted', 'RETRY interrupted', 'MINOR']);
    expect(ran.shown[1]).toBe(3);
  });

  it('once: the second wait cannot be interrupted, and the signal waits until then', () => {
    const faults = spufsFaults(run({ base: '2.6.18-retry', interruptedRetry: 'once' }));
    expect(brief(faults)).toEqual(['RETRY interrupted', 'MINOR']);
    expect(faults[1]?.waited).toBeGreaterThan(1_000_000);
  });

  it.each(['2.6.19', '2.6.21', '2.6.23'])('once, with the scheduler of %s', (base) => {
    const faults = spufsFaults(run({ base, interruptedWait: 'retry', interruptedRetry: 'once' }));
    expect(brief(faults).slice(0, 2)).toEqual(['RETRY interrupted', base === '2.6.19' ? 'MINOR' : 'RETRY']);
    expect(faults).toHaveLength(2);
  });

  it('signal-bounded: user mode as unlimited; the kernel\'s own access waits to the end', () => {
    const kernel = { base: '2.6.18-retry', interruptedRetry: 'signal-bounded' };
    expect(brief(spufsFaults(run(kernel)))).toEqual(['RETRY interrupted', 'RETRY interrupted', 'RETRY interrupted', 'MINOR']);
    const ran = run(kernel, KERNEL_TOUCH);
    expect(brief(spufsFaults(ran))).toEqual(['MINOR']);
    expect(ran.shown[2]).toBe(4);
  });

  it('mm-sequence: mmap_sem is free during the wait; what nobody has changed is good afterwards', () => {
    const kernel = { base: '2.6.18-retry', interruptedRetry: 'mm-sequence' };
    const faults = spufsFaults(run(kernel, `
        li      r4, 1
        stw     r4, SIGNAL1(r28)`));
    expect(brief(faults)).toEqual(['MINOR']);
    expect(faults[0]?.trail.filter(({ path }) => path === 'spufs_ps_nopage').length).toBeGreaterThan(6);
  });
});

describe('a wait that lets mmap_sem go', () => {
  it('is no part of the deadlock of facts 8.5', () => {
    const source = exampleSource('deadlock.s');
    const held = machineFor({ name: 'deadlock.s', source, kernel: '2.6.18-retry' });
    expect(held.machine.run(20_000_000).kind).toBe('deadlock');
    const released = machineFor({ name: 'deadlock.s', source, kernel: { base: '2.6.18-retry', speWaitHoldsMmapSem: false } });
    expect(released.machine.run(20_000_000)).toMatchObject({ kind: 'exit', exit: { kind: 'exit', code: 0 } });
    // Mappings may have changed during the wait: the touch is sent back. The program ends before it comes again.
    expect(faultsOf(released.machine).filter(({ mapping }) => mapping.startsWith('/spu/')).map(({ outcome }) => outcome)).toEqual(['RETRY']);
  });
});

describe('a wait for the disk (facts 8.17)', () => {
  const outcomes = (pageCacheRetry: string): string[] => {
    const { machine } = machineFor({ name: 'fadvise-livelock.s', source: exampleSource('hazards/fadvise-livelock.s'), kernel: { base: '2.6.18-retry', pageCacheRetry } });
    machine.run(30_000_000);
    return faultsOf(machine).filter(({ mapping }) => mapping === '/tmp/library').map(({ outcome }) => outcome);
  };

  it.each([
    ['never', ['MAJOR']],
    ['once', ['RETRY', 'MAJOR']],
    ['signal-bounded', ['MAJOR']],
    ['mm-sequence', ['MAJOR']],
  ])('%s: what becomes of a page that somebody drops all the time', (policy, expected) => {
    expect(outcomes(policy)).toEqual(expected);
  });

  it('unlimited: it is read for nothing, time and again', () => {
    const seen = outcomes('unlimited');
    expect(seen.length).toBeGreaterThan(3);
    expect(new Set(seen)).toEqual(new Set(['RETRY']));
  });
});
