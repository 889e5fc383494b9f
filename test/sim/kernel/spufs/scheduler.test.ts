/** The SPE scheduler of 2.6.18 (facts 4.1): idle SPEs, waiters by priority, the reaper, spu_yield. */
import { describe, expect, it } from 'vitest';
import type { ProfileChoice } from '../../../../src/sim/kernel/profile/lookup.ts';
import { contexts, LONG, names, nice, say } from './contention.ts';
import { KERNELS, pathsOf, runSpufs, spufsFaults } from './programs.ts';

const MS = 79_800;
const stopped = (code: number): number => (code << 16) | 2;

const touch = (name: string): string => `
        open_file ${name}_signal1, O_RDWR
        mr      r29, r3
        map_file r29, 4096
        stw     r3, SIGNAL1(r3)`;

describe('idle SPEs', () => {
  it('are taken in the order in which they became idle', () => {
    const printId = (name: string): string => `
        open_file ${name}_phys_id, O_RDONLY
        mr      r29, r3
        read_bytes r29, buffer, 100
        mr      r5, r3
        li      r3, 1
        address r4, buffer
        system  4`;
    const run = runSpufs(`${contexts(3)}
        ${touch('c1')}${touch('c2')}${touch('c3')}
        ${printId('c1')}${printId('c2')}${printId('c3')}
        close_file r21
        close_file r20
        create  a
        create  b
        open_file a_signal1, O_RDWR
        mr      r29, r3
        map_file r29, 4096
        stw     r3, SIGNAL1(r3)
        open_file b_signal1, O_RDWR
        mr      r29, r3
        map_file r29, 4096
        stw     r3, SIGNAL1(r3)
        open_file a_phys_id, O_RDONLY
        mr      r29, r3
        read_bytes r29, buffer, 100
        mr      r5, r3
        li      r3, 1
        address r4, buffer
        system  4
        quit    0${names(3)}`, { configuration: { spes: 4 } });
    // 3 was left over and comes first; a took it, b the one that was given back first.
    expect(run.lines).toEqual(['0x0', '0x1', '0x2', '0x3']);
    expect(run.machine.state.spufs.runQueue.switches).toBe(5);
  });

  it('without any SPE a run and a touch wait for ever: a deadlock that names nobody', () => {
    const run = runSpufs(`${contexts(1)}
        run_context r20, npc, status
        quit    0${names(1)}`, { configuration: { spes: 0 } });
    expect(run.stop).toMatchObject({ kind: 'deadlock', report: { waits: [{ waitsFor: 'the SPE run queue at priority 120', path: 'get_idle_spu', interruptible: true, holders: [] }] } });
  });
});

describe('who gets an SPE that becomes idle', () => {
  /** Three threads of their own priority wait for the one SPE, in the order 1, 2, 3. */
  const three = (nices: readonly number[]): string => `${contexts(4)}
        start_thread one, stack1_top, tid1
        start_thread two, stack2_top, tid2
        start_thread three, stack3_top, tid3
        run_context r20, npc, status
        ${say('m')}
        join_thread tid1
        join_thread tid2
        join_thread tid3
        quit    0
${['one', 'two', 'three'].map((label, i) => `${label}: ${nice(nices[i] ?? 0)}
        sleep_for wait${String(i + 1)}
        run_context r${String(21 + i)}, npc${String(i)}, status${String(i)}
        ${say(String(i + 1))}
        end_thread`).join('\n')}
        .section .rodata
        .balign 8
wait1:  .quad   0, 1000000
wait2:  .quad   0, 2000000
wait3:  .quad   0, 3000000
        .data
        .balign 8
${[0, 1, 2].map((i) => `npc${String(i)}: .long 0, 0\nstatus${String(i)}: .long 0, 0`).join('\n').replace('npc2: .long 0, 0\n', 'npc_2: .long 0, 0\n').replace('status2:', 'status_2:')}
        .text${names(4)}`.replaceAll('npc2, status2', 'npc_2, status_2');

  it('of equals the one that came last: whoever is woken finds another waiting, wakes it and lets it go first', () => {
    expect(runSpufs(three([0, 0, 0])).lines).toEqual(['m321']);
  });

  it('the best priority before that', () => {
    // nice 5, 9 and 1 behind a run of nice 0: none of them sends the reaper.
    expect(runSpufs(three([5, 9, 1])).lines).toEqual(['m312']);
  });
});

describe('the reaper', () => {
  const race = (runner: number, waiter: number): string => `
        create  a
        mr      r30, r3
        create  b
        mr      r28, r3
        load_program a_mem, long_spin, long_spin_end
        load_program b_mem, halt_now, halt_now_end
        start_thread other, stack1_top, tid1
        ${nice(runner)}
        run_context r30, npc, status
        show
        join_thread tid1
        show_word status2
        quit    0
other:  ${nice(waiter)}
        sleep_for ms1
        run_context r28, npc2, status2
        end_thread${LONG}`;
  const SPU_WORK = 2 * 150 * 65_536 + 2 + 1;

  it('takes the SPE from a worse priority 100 ms after it got it; that run goes on where it was', () => {
    const run = runSpufs(race(5, 0));
    expect(run.shown).toEqual([stopped(0x22), stopped(0x11)]);
    // a, b, a again; nothing lost, nothing twice.
    expect(run.machine.state.spufs.runQueue.switches).toBe(3);
    expect(run.machine.state.instructions.spu).toBe(SPU_WORK);
  });

  it('is not sent for an equal or a worse priority', () => {
    for (const [runner, waiter] of [[0, 0], [0, 5]] as const) {
      const run = runSpufs(race(runner, waiter));
      expect(run.shown).toEqual([stopped(0x22), stopped(0x11)]);
      expect(run.machine.state.spufs.runQueue.switches).toBe(2);
    }
  });

  it.each([['fifo', 1], ['rr', 2]])('real-time priorities are better than all nice ones: %s', (_name, policy) => {
    const run = runSpufs(`${race(-20, 0).replace('other:', `other:  li r3, 0
        li      r4, ${String(policy)}
        address r5, realtime
        system  156`).replace(nice(0), '')}
        .data
realtime: .long 1
        .text`, { configuration: { uid: 0 } });
    expect(run.machine.state.spufs.runQueue.switches).toBe(3);
  });

  it('leaves the SPE where it is when nobody waits any more', () => {
    const run = runSpufs(`
        create  a
        mr      r30, r3
        load_program a_mem, long_spin, long_spin_end
        create  b
        open_file b_signal1, O_RDWR
        mr      r29, r3
        map_file r29, 4096
        mr      r28, r3
        start_thread other, stack1_top, tid1
        ${nice(5)}
        li      r3, 0
        address r4, alarm_mask
        li      r5, 0
        li      r6, 8
        system  174
        run_context r30, npc, status
        show
        quit    0
other:  sleep_for ms1
        handle  SIGALRM, alarm_action
        handle  7, fault_ends
        set_alarm in5ms
        stw     r3, SIGNAL1(r28)
ends:   end_thread
        .section .rodata
        .balign 8
fault_ends: .quad ends_descriptor, 0, 0, 0
ends_descriptor: .quad ends, 0, 0
        .text${LONG}`, { kernel: '2.6.18' });
    expect(run.shown).toEqual([stopped(0x22)]);
    expect(run.machine.state.spufs.runQueue.switches).toBe(1);
    expect(spufsFaults(run).map(({ outcome }) => outcome)).toEqual(['SIGBUS']);
  });

  it('takes that of the worst priority, and of equals that which has been active longest', () => {
    const run = runSpufs(`${contexts(3)}
        load_program c1_mem, long_spin, long_spin_end
        load_program c2_mem, long_spin, long_spin_end
        start_thread one, stack1_top, tid1
        start_thread two, stack2_top, tid2
        sleep_for ms5
        sleep_for ms5
        run_context r22, npc, status
        ${say('m')}
        join_thread tid1
        join_thread tid2
        quit    0
one:    ${nice(5)}
        sleep_for ms1
        run_context r20, word, result
        ${say('1')}
        end_thread
two:    ${nice(9)}
        sleep_for ms1
        run_context r21, word2, result2
        ${say('2')}
        end_thread${LONG}${names(3)}`, { configuration: { spes: 2 } });
    // The run of nice 9 made room, so it ends last.
    expect(run.lines).toEqual(['m12']);
  });

  it('waits for the lock of the context, and then comes first: a touch that arrives meanwhile finds the context saved', () => {
    // The thread of a serves a fault of its DMA from the disk, and holds the lock, when the reaper comes.
    const run = runSpufs(`
        create  a
        mr      r30, r3
        create  b
        mr      r28, r3
        load_program a_mem, dma, dma_end
        load_program b_mem, halt_now, halt_now_end
        address r3, path
        li      r4, O_RDONLY
        system  5
        mr      r7, r3
        lis     r3, 0x3000
        lis     r4, 4
        li      r5, 1
        li      r6, 0x11
        li      r8, 0
        system  90
        start_thread other, stack1_top, tid1
        ${nice(5)}
        run_context r30, npc, status
        show
        join_thread tid1
        show_word status2
        quit    0
other:  sleep_for ms1
        run_context r28, npc2, status2
        end_thread
        .section .rodata
path:   .asciz  "/host/data"
        .text
        # gets a quadword of each of 40 pages, one after the other: 8 ms each
        .section .spu.dma, "ax"
        il      $2, 0
        ilhu    $4, 0x3000
        il      $5, 16
        il      $6, 0x40
        il      $11, 40
        il      $12, 4096
1:      ila     $3, 0x1000
        transfer $3, $2
        a       $4, $4, $12
        ai      $11, $11, -1
        brnz    $11, 1b
        stop    7
        .text`, { hostFiles: { list: (path) => (path === '' ? [{ name: 'data', kind: 'file' }] : undefined), read: () => new Uint8Array(40 * 4096).fill(7) } });
    expect(run.shown).toEqual([stopped(7), stopped(0x11)]);
    expect(run.machine.state.spufs.runQueue.switches).toBe(3);
    // No page was asked for twice, none was forgotten: the DMA went on where it was.
    const faults = run.machine.state.counters;
    expect(faults.pgmajfault).toBe(40);
  });
});

describe('spu_yield', () => {
  it('without waiters the context stays on its SPE, and is the first victim of whoever comes', () => {
    const run = runSpufs(`${contexts(2)}
        run_context r20, npc, status
        open_file c1_phys_id, O_RDONLY
        mr      r29, r3
        read_bytes r29, buffer, 100
        mr      r5, r3
        li      r3, 1
        address r4, buffer
        system  4
        ${nice(19)}
        ${touch('c2')}
        open_file c1_phys_id, O_RDONLY
        mr      r29, r3
        read_bytes r29, buffer, 100
        mr      r5, r3
        li      r3, 1
        address r4, buffer
        system  4
        quit    0${names(2)}`);
    expect(run.lines).toEqual(['0x0', '0xffffffff']);
    const [fault] = spufsFaults(run);
    // Bound 20 ms ago, so 80 ms of its slice are left, whatever the priority of the toucher.
    expect(fault?.waited).toBeGreaterThan(75 * MS);
    expect(fault?.waited).toBeLessThan(81 * MS);
  });

  it('a context that a touch put on its SPE keeps it from its equals for ever', () => {
    const run = runSpufs(`${contexts(2)}
        ${touch('c1')}
        ${touch('c2')}
        quit    0${names(2)}`);
    expect(run.stop).toMatchObject({ kind: 'deadlock', report: { waits: [{ waitsFor: 'the SPE run queue at priority 120', holders: ['/spu/c1 on SPE 0'] }] } });
  });

  it('with a waiter it gives the SPE up, and lets the waiter run first', () => {
    const run = runSpufs(`${contexts(2)}
        start_thread other, stack1_top, tid1
        run_context r20, npc, status
        ${say('m')}
        join_thread tid1
        quit    0
other:  sleep_for ms1
        run_context r21, npc2, status2
        ${say('o')}
        end_thread${names(2)}`, { configuration: { spes: 1, ppeThreads: 1 } });
    expect(run.lines).toEqual(['mo']);
    expect(run.machine.state.spufs.runQueue).toMatchObject({ idle: [0], active: [], blocked: 0, switches: 2 });
  });
});

describe('two threads want one context', () => {
  const wantTwice = (kernel: ProfileChoice): ReturnType<typeof runSpufs> => runSpufs(`${contexts(2)}
        open_file c2_signal1, O_RDWR
        mr      r29, r3
        map_file r29, 4096
        mr      r28, r3
        start_thread one, stack1_top, tid1
        start_thread two, stack2_top, tid2
        run_context r20, npc, status
        join_thread tid1
        join_thread tid2
        quit    0
one:    sleep_for ms1
        stw     r3, SIGNAL1(r28)
        end_thread
two:    sleep_for ms5
        stw     r3, SIGNAL1(r28)
        end_thread${names(2)}`, { kernel });

  it.each(KERNELS)('where they look again, both have its page when it has an SPE: %s', (kernel) => {
    const run = wantTwice({ base: kernel, activationLooksAgain: true });
    const faults = spufsFaults(run);
    expect(faults.map(({ outcome }) => outcome)).toEqual(['MINOR', 'MINOR']);
    expect(faults.every(({ waited }) => waited > 10 * MS)).toBe(true);
    expect(faults.flatMap(pathsOf)).toContain('get_idle_spu');
    expect(run.machine.state.spufs.runQueue.switches).toBe(2);
  });

  // facts 4.1: get_idle_spu does not test ctx->spu again after its sleep.
  it.each(KERNELS)('as it was, the second one waits for an SPE of its own, and there is only one: %s', (kernel) => {
    const run = wantTwice(kernel);
    expect(run.stop.kind).toBe('deadlock');
    expect(spufsFaults(run).map(({ outcome }) => outcome)).toEqual(['MINOR']);
    expect(run.machine.state.spufs.runQueue.switches).toBe(2);
  });
});
