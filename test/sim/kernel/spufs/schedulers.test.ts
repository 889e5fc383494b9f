/** One SPE and three contexts under each scheduler (facts 4): who runs, who waits and how long. */
import { describe, expect, it } from 'vitest';
import type { ProfileChoice } from '../../../../src/sim/kernel/profile/lookup.ts';
import type { AssemblyRun } from '../assembly.ts';
import { contexts, LONG, names, nice, say } from './contention.ts';
import { runSpufs } from './programs.ts';

/** A tenth of the usual speed: `spin` takes 197 ms of simulated time, `long_spin` 2464 ms. */
const CYCLES_PER_SECOND = 7_980_000;
const MS = CYCLES_PER_SECOND / 1000;
const FIFO = 1;
const RR = 2;

/** What a thread is when it enters spu_run. */
interface Thread {
  readonly nice?: number;
  readonly policy?: number;
  readonly priority?: number;
}

const become = ({ nice: value = 0, policy, priority = 1 }: Thread): string => (policy === undefined ? nice(value) : `
        li      r3, 0
        li      r4, ${String(policy)}
        address r5, realtime${String(priority)}
        system  156`);

/**
 * Three threads run c1, c2 and c3 on one SPE, a millisecond one after the other; each says its
 * letter when its run is over. \`program\` is what all of them run.
 */
const race = ([first = {}, second = {}, third = {}]: readonly Thread[], program = 'spin'): string => `${contexts(3)}
${['c1', 'c2', 'c3'].map((name) => `        load_program ${name}_mem, ${program}, ${program}_end`).join('\n')}
        start_thread two, stack1_top, tid1
        start_thread three, stack2_top, tid2
        ${become(first)}
        run_context r20, npc, status
        ${say('a')}
        join_thread tid1
        join_thread tid2
        quit    0
two:    ${become(second)}
        sleep_for ms1
        run_context r21, npc2, status2
        ${say('b')}
        end_thread
three:  ${become(third)}
        sleep_for ms5
        run_context r22, word, word2
        ${say('c')}
        end_thread
        .section .rodata
realtime1: .long 1
realtime2: .long 2
        .text${LONG}${names(3)}`;

const run = (kernel: ProfileChoice, threads: readonly Thread[], program = 'spin', cyclesPerSecond = CYCLES_PER_SECOND): AssemblyRun =>
  runSpufs(race(threads, program), { kernel, configuration: { cyclesPerSecond, uid: 0 } });

/** Milliseconds that each context waited for the SPE. */
function waits({ machine }: AssemblyRun): number[] {
  const { ended, contexts: living } = machine.state.spufs;
  expect(living.size).toBe(0);
  return ['c1', 'c2', 'c3'].map((name) => Math.round((ended.find((context) => context.name === name)?.waited ?? NaN) / MS));
}

function switches({ machine }: AssemblyRun): number {
  return machine.state.spufs.runQueue.switches;
}

const NONE = '2.6.19';
const ROUND_ROBIN = '2.6.21';
const TIME_SLICE = '2.6.23';
const ASYNCHRONOUS = '2.6.25';

/** Equals within a tick of the timer and the cost of a few switches. */
function expectAbout(found: readonly number[], expected: readonly number[]): void {
  found.forEach((value, i) => { expect(Math.abs(value - (expected[i] ?? NaN))).toBeLessThanOrEqual(15); });
}

const SPIN = 197;
/** Two ticks of ten jiffies at 250 a second (facts 4.4). */
const SLICE = 80;

describe('2.6.19: nobody is ever pushed off', () => {
  it('a context keeps its SPE to the end of its run, whoever waits', () => {
    const result = run(NONE, [{ nice: 19 }, { nice: -20 }, { policy: FIFO }]);
    // The better waiter goes first, but only when the run is over.
    expect(result.lines).toEqual(['acb']);
    expect(switches(result)).toBe(3);
    expectAbout(waits(result), [0, 2 * SPIN, SPIN]);
  });

  it('row 27: a touch of the registers of another context waits for a run that never ends', () => {
    const result = runSpufs(`${contexts(2)}
        load_program c1_mem, forever, forever_end
        open_file c2_signal1, O_RDWR
        mr      r29, r3
        map_file r29, 4096
        mr      r28, r3
        start_thread toucher, stack1_top, tid1
        ${nice(19)}
        run_context r20, npc, status
        quit    0
toucher: ${nice(-20)}
        sleep_for ms1
        stw     r3, SIGNAL1(r28)
        quit    1${names(2)}`, { kernel: NONE, configuration: { cyclesPerSecond: CYCLES_PER_SECOND, uid: 0 }, cycles: 20_000 * MS });
    expect(result.stop.kind).toBe('budget');
    const starved = [...result.machine.state.spufs.contexts.values()].find(({ name }) => name === 'c2');
    expect(starved?.schedule.waiting.since).toBeLessThan(10 * MS);
    expect(switches(result)).toBe(1);
  });

  it('idle SPEs of the first Cell are taken before those of the second', () => {
    const result = runSpufs(`${contexts(1)}
        run_context r20, npc, status
        open_file c1_phys_id, O_RDONLY
        mr      r29, r3
        read_bytes r29, buffer, 100
        mr      r5, r3
        li      r3, 1
        address r4, buffer
        system  4
        quit    0${names(1)}`, { kernel: NONE, configuration: { spes: 16 } });
    expect(result.lines).toEqual(['0x0']);
  });
});

describe('2.6.21: real-time contexts, and no slices for the others', () => {
  /** Contexts have priority and policy of the thread that made them. */
  const created = (threads: readonly Thread[], seconds: number): AssemblyRun => runSpufs(`
${threads.map((thread, i) => `        ${become(thread)}
        create  c${String(i + 1)}
        mr      r${String(20 + i)}, r3
        load_program c${String(i + 1)}_mem, spin, spin_end`).join('\n')}
        li      r3, 0
        li      r4, 0
        address r5, realtime0
        system  156
        start_thread two, stack1_top, tid1
        run_context r20, npc, status
        ${say('a')}
        join_thread tid1
        quit    0
two:    sleep_for ms1
        run_context r21, npc2, status2
        ${say('b')}
        end_thread
        .section .rodata
realtime0: .long 0
realtime1: .long 1
realtime2: .long 2
        .text${names(2)}`, { kernel: ROUND_ROBIN, configuration: { cyclesPerSecond: Math.round((SPIN * CYCLES_PER_SECOND) / (1000 * seconds)), uid: 0 } });

  it('a context that is not real-time keeps its SPE, whatever the nice values of its run and of the waiters', () => {
    const result = run(ROUND_ROBIN, [{ nice: 19 }, { nice: -20 }, {}]);
    expect(result.lines).toEqual(['abc']);
    expect(switches(result)).toBe(3);
    expectAbout(waits(result), [0, SPIN, 2 * SPIN]);
  });

  it('what the thread becomes before spu_run comes too late', () => {
    expect(run(ROUND_ROBIN, [{}, { policy: FIFO }, {}]).lines).toEqual(['abc']);
  });

  it('a real-time context takes the SPE at once; the other queues up again', () => {
    const result = created([{}, { policy: FIFO }], 0.2);
    expect(result.lines).toEqual(['ba']);
    expect(switches(result)).toBe(3);
  });

  it('SCHED_FIFO does not give way to its equals', () => {
    const result = created([{ policy: FIFO }, { policy: FIFO }], 2.5);
    expect(result.lines).toEqual(['ab']);
    expect(switches(result)).toBe(2);
  });

  it('SCHED_RR gives way to its equals after a second', () => {
    // Runs of 2.5 s in slices of one: a b a b a b.
    const result = created([{ policy: RR }, { policy: RR }], 2.5);
    expect(result.lines).toEqual(['ab']);
    expect(switches(result)).toBe(6);
  });

  it('but not to a worse context', () => {
    const result = created([{ policy: RR, priority: 2 }, { policy: RR }], 2.5);
    expect(result.lines).toEqual(['ab']);
    expect(switches(result)).toBe(2);
  });
});

describe.each([['2.6.23', TIME_SLICE], ['2.6.25', ASYNCHRONOUS]] as const)('time slices of %s', (_name, kernel) => {
  it('equals take turns of two ticks', () => {
    // 197 ms each are 80 + 80 + 37: nine turns, and each waits for the others\' turns before its last.
    const result = run(kernel, [{}, {}, {}]);
    expect(result.lines).toEqual(['abc']);
    expect(switches(result)).toBe(9);
    expectAbout(waits(result), [4 * SLICE, 3 * SLICE + SPIN - SLICE, 2 * SLICE + 2 * (SPIN - SLICE) + 5]);
  });

  it('with another timer frequency the turns are other ones', () => {
    // 80 + 80 + 19 ms twice, or 100 + 79 ms twice, and then the third, which is worse.
    const faster = 8_800_000;
    expect(switches(run(kernel, [{}, {}, { nice: 19 }], 'spin', faster))).toBe(7);
    expect(switches(run({ base: kernel, hz: 100 }, [{}, {}, { nice: 19 }], 'spin', faster))).toBe(5);
  });

  it('a better context waits for the end of the slice, a worse one until no better one wants the SPE', () => {
    const result = run(kernel, [{}, { nice: 5 }, { nice: -5 }]);
    expect(result.lines).toEqual(['cab']);
    expectAbout(waits(result), [SPIN, 2 * SPIN, SLICE - 5]);
  });

  it('hazard 8: a context of a worse nice value starves while others take turns', () => {
    const result = run(kernel, [{ nice: 5 }, {}, {}]);
    expect(result.lines).toEqual(['bca']);
    expectAbout(waits(result).slice(0, 1), [2 * SPIN + 10]);
  });

  it('real-time contexts take the SPE at once, the better from the worse', () => {
    const result = run(kernel, [{}, { policy: FIFO }, { policy: FIFO, priority: 2 }]);
    expect(result.lines).toEqual(['cba']);
    expect(switches(result)).toBe(5);
    expectAbout(waits(result), [2 * SPIN, SPIN, 0]);
  });

  it('SCHED_FIFO has no slice', () => {
    const result = run(kernel, [{ policy: FIFO }, { policy: FIFO }, {}], 'long_spin');
    expect(result.lines).toEqual(['abc']);
    expect(switches(result)).toBe(3);
  });
});
