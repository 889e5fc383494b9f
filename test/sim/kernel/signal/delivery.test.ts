/** Signals as programs see them: handlers, frames, masks, default actions. */
import { describe, expect, it } from 'vitest';
import { ERRNO } from '../../../../src/sim/kernel/syscall/errno.ts';
import { runAssembly } from '../assembly.ts';
import { action, install, raise, SA_SIGINFO, SIGSEGV, SIGUSR1 } from './handlers.ts';

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
