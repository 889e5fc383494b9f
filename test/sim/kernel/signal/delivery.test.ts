/** Signals as programs see them: handlers, frames, masks, restarts, default actions. */
import { describe, expect, it } from 'vitest';
import { ERRNO } from '../../../../src/sim/kernel/syscall/errno.ts';
import { runAssembly } from '../assembly.ts';

const SIGUSR1 = 10;
const SIGSEGV = 11;

/** rt_sigaction(signal, action, 0, 8), with `flags` and a mask in the action that `name` labels. */
const install = (signal: number, action: string): string => `
        li      r3, ${String(signal)}
        address r4, ${action}
        li      r5, 0
        li      r6, 8
        system  173
`;
const action = (name: string, handler: string, flags: string, mask = '0'): string => `
        .data
        .balign 8
${name}: .quad  ${handler}_descriptor, ${flags}, 0, ${mask}
${handler}_descriptor: .quad ${handler}, 0, 0
        .text
`;
const raise = (signal: number): string => `
        system  20
        li      r4, ${String(signal)}
        system  37
`;
const SA_SIGINFO = '4';

describe('a handler', () => {
  it('gets the signal in r3, siginfo in r4, ucontext in r5, and runs below the red zone, with r1 aligned to 16', () => {
    const { shown } = runAssembly(`${install(SIGUSR1, 'action')}
        mr      r31, r1
${raise(SIGUSR1)}
        quit    0
handler:
        mr      r25, r4
        mr      r26, r5
        mflr    r27
        show                            # the signal
        lwz     r3, 0(r25)              # si_signo
        show
        lwz     r3, 8(r25)              # si_code
        show
        lwz     r3, 16(r25)             # si_pid
        show
        subf    r3, r25, r31            # the red zone of 288 bytes is left alone
        addi    r3, r3, -288-128
        srdi    r3, r3, 63
        show
        clrldi  r3, r1, 60
        show
        ld      r3, 168+64+8(r26)       # gp_regs[1]
        subf    r3, r31, r3
        show
        ld      r3, 0(r1)               # back chain
        subf    r3, r31, r3
        show
        mtlr    r27
        blr
${action('action', 'handler', SA_SIGINFO)}`);
    expect(shown).toEqual([SIGUSR1, SIGUSR1, 0, 1000, 0, 0, 0, 0]);
  });

  it('finds address, access and trap of a fault in the frame (gp_regs[40] to [42])', () => {
    const { shown } = runAssembly(`${install(SIGSEGV, 'action')}
        address r31, _start
        std     r31, 8(r31)             # the text cannot be written
        show                            # the handler has skipped the store and set r3
        quit    0
handler:
        mr      r25, r4
        mr      r26, r5
        mflr    r27
        lwz     r3, 8(r25)
        show                            # SEGV_ACCERR
        ld      r3, 16(r25)
        subf    r3, r31, r3
        show                            # si_addr
        ld      r3, 168+64+8*40(r26)
        show
        ld      r3, 168+64+8*41(r26)
        subf    r3, r31, r3
        show
        ld      r3, 168+64+8*42(r26)
        andis.  r3, r3, 0x0200          # DSISR_ISSTORE
        show
        ld      r3, 168+64+8*32(r26)
        addi    r3, r3, 4
        std     r3, 168+64+8*32(r26)    # nip: go on behind the store
        li      r3, 99
        std     r3, 168+64+8*3(r26)
        mtlr    r27
        blr
${action('action', 'handler', SA_SIGINFO)}`);
    expect(shown).toEqual([2, 8, 0x300, 8, 0x0200_0000, 99]);
  });

  it('changes no register of the program that it interrupts', () => {
    const saved = Array.from({ length: 29 }, (_, i) => i + 3).filter((n) => n !== 13);
    const { shown } = runAssembly(`${install(SIGUSR1, 'action')}
        system  20
        address r30, sum
        ${saved.filter((n) => ![3, 4].includes(n)).map((n) => `li r${String(n)}, ${String(n * 3)}`).join('\n')}
        li      r4, ${String(SIGUSR1)}
        lfd     f1, 0(r1)
        li      r29, 77
        mtctr   r29
        li      r29, 87
        mtcrf   0x7f, r29
        lis     r29, 0x2000
        mtxer   r29
        li      r29, 87
        li      r0, 37
        sc                              # kill: the handler runs on the way back
        mfctr   r28
        mfcr    r27
        mfxer   r26
        mr      r25, r3
        mr      r24, r23
        mr      r3, r28
        show
        clrldi  r3, r27, 36
        show
        srdi    r3, r26, 29
        show
        mr      r3, r25
        show
        mr      r3, r24
        show
        mr      r3, r29
        show
        quit    0
handler:
        ${saved.map((n) => `li r${String(n)}, -1`).join('\n')}
        mtctr   r3
        mtcrf   0xff, r3
        mtxer   r3
        fsub    f1, f1, f1
        blr
sum:
${action('action', 'handler', '0')}`);
    expect(shown).toEqual([77, 87, 1, 0, 69, 87]);
  });

  it('of one signal waits for the other\'s mask; SA_NODEFER lets a signal into its own handler', () => {
    const nested = (flags: string): readonly number[] => runAssembly(`${install(SIGUSR1, 'action')}
        li      r31, 0                  # depth
        li      r30, 0                  # deepest
        li      r29, 2                  # times to raise it again
${raise(SIGUSR1)}
        address r4, deepest
        ld      r3, 0(r4)
        show
        quit    0
handler:
        mflr    r0
        std     r0, 16(r1)
        stdu    r1, -128(r1)
        address r28, depth
        ld      r3, 0(r28)
        addi    r3, r3, 1
        std     r3, 0(r28)
        ld      r4, 8(r28)
        cmpd    r3, r4
        ble     1f
        std     r3, 8(r28)
1:      ld      r3, 16(r28)
        cmpdi   r3, 0
        beq     2f
        addi    r3, r3, -1
        std     r3, 16(r28)
${raise(SIGUSR1)}
2:      address r28, depth
        ld      r3, 0(r28)
        addi    r3, r3, -1
        std     r3, 0(r28)
        addi    r1, r1, 128
        ld      r0, 16(r1)
        mtlr    r0
        blr
${action('action', 'handler', flags)}
        .data
depth:  .quad   0
deepest: .quad  0
        .quad   2
`).shown;
    expect(nested('0')).toEqual([1]);
    expect(nested('0x40000000')).toEqual([3]);
  });

  it('with SA_ONSTACK runs on the alternate stack, with SA_RESETHAND only once', () => {
    const { shown, stop } = runAssembly(`${install(SIGUSR1, 'action')}
        address r3, stack
        li      r4, 0
        system  185
        show
${raise(SIGUSR1)}
${raise(SIGUSR1)}
        quit    0
handler:
        mflr    r27
        address r4, area
        subf    r3, r4, r1
        srdi    r3, r3, 14              # within 16 KiB
        show
        mtlr    r27
        blr
${action('action', 'handler', '0x88000000')}
        .data
        .balign 16
stack:  .quad   area, 0, 16384
area:   .space  16384
`);
    expect(shown).toEqual([0, 0]);
    expect(stop).toEqual({ kind: 'exit', exit: { kind: 'signal', signal: SIGUSR1 } });
  });

  it('whose frame has no place to go is a SIGSEGV', () => {
    const { stop } = runAssembly(`${install(SIGUSR1, 'action')}
        system  20
        li      r4, ${String(SIGUSR1)}
        li      r1, 4096
        li      r0, 37
        sc
        quit    0
handler: blr
${action('action', 'handler', '0')}`);
    expect(stop).toEqual({ kind: 'exit', exit: { kind: 'signal', signal: SIGSEGV } });
  });
});

describe('blocked signals', () => {
  it('wait; standard ones once, real-time ones each', () => {
    const { shown } = runAssembly(`${install(SIGUSR1, 'action')}${install(34, 'action')}
        li      r3, 0
        address r4, mask
        li      r5, 0
        li      r6, 8
        system  174
${raise(SIGUSR1)}${raise(SIGUSR1)}${raise(34)}${raise(34)}
        address r3, pending
        li      r4, 8
        system  175
        address r4, pending
        ld      r3, 0(r4)
        show
        li      r3, 1
        address r4, mask
        li      r5, 0
        li      r6, 8
        system  174
        address r4, count
        ld      r3, 0(r4)
        show
        quit    0
handler:
        address r4, count
        ld      r5, 0(r4)
        addi    r5, r5, 1
        std     r5, 0(r4)
        blr
${action('action', 'handler', '0')}
        .data
        .balign 8
mask:   .quad   0x200000200
pending: .quad  0
count:  .quad   0
`);
    expect(shown).toEqual([0x2_0000_0200, 3]);
  });

  it('of a fault kill all the same', () => {
    const { stop } = runAssembly(`${install(SIGSEGV, 'action')}
        li      r3, 0
        address r4, mask
        li      r5, 0
        li      r6, 8
        system  174
        li      r4, 16
        stw     r4, 0(r4)
        quit    0
handler: blr
${action('action', 'handler', '0')}
        .data
        .balign 8
mask:   .quad   -1
`);
    expect(stop).toEqual({ kind: 'exit', exit: { kind: 'signal', signal: SIGSEGV } });
  });
});

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

describe('the default action', () => {
  it.each([[1, 'ends'], [6, 'ends'], [14, 'ends'], [34, 'ends']])('of signal %i %s the program', (signal) => {
    expect(runAssembly(`${raise(signal)}\nquit 0\n`).stop).toEqual({ kind: 'exit', exit: { kind: 'signal', signal } });
  });

  it.each([17, 18, 23, 28])('of signal %i does nothing', (signal) => {
    expect(runAssembly(`${raise(signal)}\nquit 0\n`).stop).toEqual({ kind: 'exit', exit: { kind: 'exit', code: 0 } });
  });

  it('of SIGSTOP is not modelled, and the console says so', () => {
    const { stop, notices } = runAssembly(`${raise(19)}\nquit 0\n`);
    expect(stop).toMatchObject({ exit: { code: 0 } });
    expect(notices).toHaveLength(1);
    expect(notices[0]).toContain('SIGSTOP');
  });

  it('of SIGKILL cannot be changed', () => {
    const { shown } = runAssembly(`${install(9, 'action')}
        show
        quit    0
handler: blr
${action('action', 'handler', '0')}`);
    expect(shown).toEqual([-ERRNO.EINVAL]);
  });
});
