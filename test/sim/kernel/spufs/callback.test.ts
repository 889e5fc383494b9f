/** System calls of SPU programs: stop 0x2104 with the address of a block behind it (facts 3.7). */
import { describe, expect, it } from 'vitest';
import { KERNELS, runSpufs } from './programs.ts';

const EINTR = 4;
const ENOSYS = 38;
const SYSTEM_CALL_STOP = (0x2104 << 16) | 2;
const DONE = (0x44 << 16) | 2;

/** A block: number (later the result), then six parameters of 64 bits. */
const caller = (parameters: string): string => `
        .section .spu.caller, "ax"
        stop    0x2104
        .long   block
        stop    0x44
        .balign 16
block:  .quad   ${parameters}
        .text`;

/** Runs the program, shows the status and npc of the run, and the first long of the block. */
const RUN_AND_SHOW = `
        create  a
        mr      r30, r3
        load_program a_mem, caller, caller_end
        run_context r30, npc, status
        show
        show_word npc
        open_file a_mem, O_RDONLY
        mr      r29, r3
        li      r4, 16
        li      r5, 0
        system  19
        read_bytes r29, buffer, 8
        address r3, buffer
        ld      r3, 0(r3)
        show
        quit    0`;

describe('a system call from an SPE', () => {
  it.each(KERNELS)('is made by the thread in spu_run; the SPU goes on behind the address: %s', (kernel) => {
    const run = runSpufs(`${RUN_AND_SHOW}
${caller('4, 1, text@ppu, 9, 0, 0, 0')}
        .section .rodata
text:   .ascii  "from SPU\\n"
        .text`, { kernel });
    expect(run.lines).toEqual(['from SPU']);
    expect(run.shown).toEqual([DONE, 12, 9]);
  });

  it('gets errors as negative numbers', () => {
    // close(99)
    expect(runSpufs(`${RUN_AND_SHOW}${caller('6, 99, 0, 0, 0, 0, 0')}`).shown).toEqual([DONE, 12, -9]);
  });

  it.each([
    ['a number that there is not', 5000],
    ['exit, which would end the thread under the SPU', 1],
    ['spu_run', 278],
    ['rt_sigaction', 173],
    ['a call that came after 2.6.18: pipe2', 317],
  ])('%s is ENOSYS', (_what, number) => {
    const run = runSpufs(`${RUN_AND_SHOW}${caller(`${String(number)}, 0, 0, 0, 0, 0, 0`)}`);
    expect(run.shown).toEqual([DONE, 12, -ENOSYS]);
  });

  it('with a block that does not fit into the local store ends the run with the stop', () => {
    const run = runSpufs(`
        create  a
        mr      r30, r3
        load_program a_mem, beyond, beyond_end
        run_context r30, npc, status
        show
        show_word npc
        quit    0
        .section .spu.beyond, "ax"
        stop    0x2104
        .long   0x40000 - 48
        stop    1
        .text`);
    expect(run.shown).toEqual([SYSTEM_CALL_STOP, 4]);
  });

  it('the last block that fits is served: getpid', () => {
    const run = runSpufs(`
        system  20
        show
        create  a
        mr      r30, r3
        load_program a_mem, last, last_end
        run_context r30, npc, status
        show
        quit    0
        .section .spu.last, "ax"
        ila     $3, 0x3ffc0
        il      $4, 20
        stqd    $5, 0($3)
        ila     $6, 0x3ffc8
        cdd     $7, 0($6)
        il      $8, 0
        shufb   $9, $4, $8, $7
        stop    0x2104
        .long   0x3ffc8
        lqd     $3, 0($6)
        stop    3
        .text`);
    // Whatever number lies there: the block itself is accepted, so the run goes on to stop 3.
    expect(run.shown[1]).toBe((3 << 16) | 2);
  });
});

describe('a signal during the call', () => {
  const sleeper = (action: string): string => `
        handle  SIGALRM, ${action}
        create  a
        mr      r30, r3
        load_program a_mem, caller, caller_end
        set_alarm in5ms
        run_context r30, npc, status
        show
        show_word npc
        show_word alarms
        open_file a_mem, O_RDONLY
        mr      r29, r3
        li      r4, 16
        li      r5, 0
        system  19
        read_bytes r29, buffer, 8
        address r3, buffer
        ld      r3, 0(r3)
        show
        quit    0`;

  // read(fd 3: the reading end of a pipe that nobody writes to): -ERESTARTSYS.
  const readsPipe = caller('3, 3, buffer@ppu, 4, 0, 0, 0');
  const makePipe = `
        address r3, buffer
        system  42`;

  it('-ERESTARTSYS: the SPU is back at the stop, and makes the call again when it is run again', () => {
    const run = runSpufs(`${makePipe}${sleeper('alarm_action')}${readsPipe}`);
    // The number still stands in the block: 3.
    expect(run.shown).toEqual([-EINTR, 0, 1, 3]);
  });

  it('-ERESTARTSYS with SA_RESTART: spu_run is restarted and the call with it', () => {
    const run = runSpufs(`${makePipe}
        start_thread writer, stack1_top, tid1
${sleeper('alarm_restarts')}
writer: sleep_for ms20
        li      r3, 4
        address r4, ms1
        li      r5, 4
        system  4
        end_thread
${readsPipe}`);
    expect(run.shown).toEqual([DONE, 12, 1, 4]);
  });

  it('other restart codes are -EINTR for the SPU: nanosleep', () => {
    const run = runSpufs(`${sleeper('alarm_restarts')}${caller('162, ms20@ppu, 0, 0, 0, 0, 0')}`);
    expect(run.shown).toEqual([DONE, 12, 1, -EINTR]);
  });
});

describe('while the call lasts', () => {
  it('the context may lose its SPE to a thread of better priority', () => {
    const run = runSpufs(`
        create  a
        mr      r30, r3
        create  b
        mr      r28, r3
        load_program a_mem, caller, caller_end
        load_program b_mem, halt_now, halt_now_end
        start_thread other, stack1_top, tid1
        li      r3, 0
        li      r4, 0
        li      r5, 10
        system  97
        run_context r30, npc, status
        show
        join_thread tid1
        show_word status2
        quit    0
other:  sleep_for ms1
        run_context r28, npc2, status2
        end_thread
${caller('162, long@ppu, 0, 0, 0, 0, 0')}
        .section .rodata
        .balign 8
long:   .quad   0, 300000000
        .text`);
    expect(run.shown).toEqual([DONE, (0x11 << 16) | 2]);
    // Bound twice each way: a, then b when the reaper came after 100 ms, then a again.
    expect(run.machine.state.spufs.runQueue.switches).toBe(3);
  });
});
