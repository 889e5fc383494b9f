/** Signals that end a wait: restarted calls, EINTR, sigsuspend and sigtimedwait. */
import { describe, expect, it } from 'vitest';
import { ERRNO } from '../../../../src/sim/kernel/syscall/errno.ts';
import { runAssembly } from '../assembly.ts';
import { action, install, raise, SIGUSR1 } from './handlers.ts';

describe('an interrupted system call', () => {
  const SIGALRM = 14;
  /** Reads from a pipe that stays empty; an alarm of 20 ms comes, and its handler writes to the pipe. */
  const read = (flags: string): readonly number[] => runAssembly(`${install(SIGALRM, 'action')}
        address r3, ends
        system  42
        li      r3, 0
        address r4, timer
        li      r5, 0
        system  104
        address r3, ends
        lwz     r3, 0(r3)
        address r4, byte
        li      r5, 1
        system  3
        show
        quit    0
handler:
        address r3, ends
        lwz     r3, 4(r3)
        address r4, byte
        li      r5, 1
        li      r0, 4
        sc
        blr
${action('action', 'handler', flags)}
        .data
        .balign 8
timer:  .quad   0, 0, 0, 20000
ends:   .space  8
byte:   .byte   1
`).shown;

  it('answers EINTR, or is made again with SA_RESTART', () => {
    expect(read('0')).toEqual([-ERRNO.EINTR]);
    expect(read('0x10000000')).toEqual([1]);
  });

  it('nanosleep says what is left, even with SA_RESTART', () => {
    const { shown } = runAssembly(`${install(SIGALRM, 'action')}
        li      r3, 0
        address r4, timer
        li      r5, 0
        system  104
        address r3, second
        address r4, rest
        system  162
        show
        address r4, rest
        ld      r3, 0(r4)
        show
        ld      r3, 8(r4)
        address r4, rest
        ld      r3, 8(r4)
        show
        quit    0
handler: blr
${action('action', 'handler', '0x10000000')}
        .data
        .balign 8
timer:  .quad   0, 0, 0, 250000
second: .quad   1, 0
rest:   .quad   0, 0
`);
    expect(shown.slice(0, 2)).toEqual([-ERRNO.EINTR, 0]);
    // The sleep began some microseconds after the timer.
    expect(shown[2]).toBeGreaterThan(750_000_000);
    expect(shown[2]).toBeLessThan(750_100_000);
  });

  it('by a signal without a handler goes on where it was', () => {
    const { shown, machine } = runAssembly(`
        li      r3, 17                  # SIGCHLD is ignored by default, SIGSTOP is not modelled
        li      r0, 120
        li      r3, 0xf00
        oris    r3, r3, 1               # VM FS FILES SIGHAND THREAD
        address r4, stack
        sc
        cmpdi   r3, 0
        beq     child
        address r3, tenth
        li      r4, 0
        system  162
        show
        quit    0
child:
        address r3, hundredth
        li      r4, 0
        system  162
        li      r3, 1000
        li      r4, 1000
        li      r5, 19                  # SIGSTOP to the sleeping thread
        system  250
1:      address r3, tenth
        li      r4, 0
        system  162
        b       1b
        .data
        .balign 16
tenth:  .quad   0, 100000000
hundredth: .quad 0, 10000000
        .space  4096
stack:  .space  256
`);
    expect(shown).toEqual([0]);
    expect(machine.cycle / machine.configuration.cyclesPerSecond).toBeCloseTo(0.1, 3);
  });
});

describe('waiting for a signal', () => {
  it('sigsuspend lets it in under its own mask and puts the old one back', () => {
    const { shown } = runAssembly(`${install(14, 'action')}
        li      r3, 0
        address r4, mask
        li      r5, 0
        li      r6, 8
        system  174
        li      r3, 0
        address r4, timer
        li      r5, 0
        system  104
        address r3, none
        li      r4, 8
        system  178
        show
        li      r3, 0
        li      r4, 0
        address r5, none
        li      r6, 8
        system  174
        address r4, none
        ld      r3, 0(r4)
        show
        quit    0
handler: blr
${action('action', 'handler', '0')}
        .data
        .balign 8
timer:  .quad   0, 0, 0, 1000
mask:   .quad   0x2000
none:   .quad   0
`);
    expect(shown).toEqual([-ERRNO.EINTR, 0x2000]);
  });

  it('sigtimedwait takes it without a handler, or gives up in time', () => {
    const { shown } = runAssembly(`
        li      r3, 0
        address r4, mask
        li      r5, 0
        li      r6, 8
        system  174
        address r3, mask
        address r4, info
        address r5, time
        li      r6, 8
        system  176
        show
${raise(SIGUSR1)}
        address r3, mask
        address r4, info
        address r5, time
        li      r6, 8
        system  176
        show
        address r4, info
        lwz     r3, 16(r4)
        show
        quit    0
        .data
        .balign 8
mask:   .quad   0x200
time:   .quad   0, 1000000
info:   .space  128
`);
    expect(shown).toEqual([-ERRNO.EAGAIN, SIGUSR1, 1000]);
  });
});
