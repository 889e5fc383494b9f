/** Program and alignment interrupts as programs see them: signals with their codes, addresses and registers. */
import { describe, expect, it } from 'vitest';
import { runAssembly } from '../assembly.ts';
import { action, install, SA_SIGINFO } from '../signal/handlers.ts';

const [SIGILL, SIGTRAP, SIGBUS, SIGFPE] = [4, 5, 7, 8];
/** In struct ucontext: gp_regs[32] and fp_regs[32]. */
const NIP = 168 + 64 + 32 * 8;
const FPSCR = 168 + 448 + 32 * 8;

/**
 * Shows si_code, the distance of si_addr from label `culprit`, and FPSCR in the frame; goes on after the
 * instruction with FPSCR 0.
 */
function interrupted(signal: number, before: string, culprit: string, after = ''): readonly number[] {
  const { shown } = runAssembly(`${install(signal, 'action')}
        address r30, numbers
        lfd     f2, 0(r30)
        lfd     f3, 8(r30)
        lfd     f4, 16(r30)
        lfd     f5, 24(r30)
        lfd     f6, 32(r30)
        fmr     f1, f4
        ${before}
culprit: ${culprit}
        ${after}
        quit    0
handler:
        mr      r26, r5
        mflr    r27
        ld      r28, 16(r4)
        lwz     r3, 8(r4)
        show
        address r3, culprit
        subf    r3, r3, r28
        show
        ld      r3, ${NIP}(r26)
        addi    r3, r3, 4
        std     r3, ${NIP}(r26)
        lwz     r3, ${FPSCR + 4}(r26)
        show
        li      r3, 0
        std     r3, ${FPSCR}(r26)
        mtlr    r27
        blr
        .data
        .balign 8
numbers: .double 0.0, 1.0, 3.0, 1.0e300, 1.0e-300
        .text
${action('action', 'handler', SA_SIGINFO)}`);
  return shown;
}

const SHOW_FLOAT = `
        stfd    f1, 40(r30)
        ld      r3, 40(r30)
        show`;
const bits = (value: number): number => Number(new BigInt64Array(Float64Array.of(value).buffer)[0]);

describe('an enabled floating-point exception', () => {
  const [FX, FEX, VX, OX, UX, ZX, XX] = [31, 30, 29, 28, 27, 26, 25].map((bit) => 2 ** bit) as [number, number, number, number, number, number, number];
  const VXIDI = 2 ** 22;
  const [FR, FI, PLUS] = [2 ** 18, 2 ** 17, 0x4000];

  // Bits of mtfsfi 6: VE OE UE ZE; of mtfsb1 28: XE. Results with adjusted exponents: Book I, sections 4.4.3 and 4.4.4.
  it.each([
    ['invalid operation: FPE_FLTINV', 'mtfsb1 24', 'fdiv f1, f2, f2', 7, bits(3), FX + FEX + VX + 2 ** 21 + 0x80],
    ['overflow: FPE_FLTOVF, the exponent less 1536', 'mtfsb1 25', 'fmul f1, f5, f5', 4, undefined, FX + FEX + OX + XX + FI + PLUS + 0x40],
    ['underflow: FPE_FLTUND, the exponent more by 1536', 'mtfsb1 26', 'fmul f1, f6, f6', 5, undefined, FX + FEX + UX + XX + FI + PLUS + 0x20],
    ['division by zero: FPE_FLTDIV', 'mtfsb1 27', 'fdiv f1, f3, f2', 3, bits(3), FX + FEX + ZX + 0x10],
    ['inexact result: FPE_FLTRES', 'mtfsb1 28', 'fdiv f1, f3, f4', 6, bits(1 / 3), FX + FEX + XX + FI + PLUS + 8],
    ['a status bit that the program sets itself', 'mtfsb1 24', 'mtfsb1 9', 7, bits(3), FEX + VX + VXIDI + 0x80],
  ] as const)('%s', (_, enable, culprit, code, result, status) => {
    const shown = interrupted(SIGFPE, enable, culprit, SHOW_FLOAT);
    expect(shown.slice(0, 2)).toEqual([code, 0]);
    expect((shown[2] ?? 0) & ~FR).toBe(status | 0);
    if (result !== undefined) expect(shown[3]).toBe(result);
  });

  it('adjusts the exponent of what does not fit', () => {
    const exponent = (value: number | undefined): number => Math.floor((value ?? 0) / 2 ** 52);
    // 1e300 is 1.49 * 2^996, its square 1.11 * 2^1993; 1e-300 squared is 1.79 * 2^-1994.
    expect(exponent(interrupted(SIGFPE, 'mtfsb1 25', 'fmul f1, f5, f5', SHOW_FLOAT)[3])).toBe(1993 - 1536 + 1023);
    expect(exponent(interrupted(SIGFPE, 'mtfsb1 26', 'fmul f1, f6, f6', SHOW_FLOAT)[3])).toBe(-1994 + 1536 + 1023);
  });

  it('does not interrupt a program that has asked for none (PR_SET_FPEXC), which sees FEX only', () => {
    const { shown, stop } = runAssembly(`
        li      r3, 12
        li      r4, 0
        system  171
        show
        mtfsb1  24
        mtfsb1  9
        mffs    f1
        address r3, status
        stfd    f1, 0(r3)
        lwz     r3, 4(r3)
        show
        li      r3, 11
        address r4, status
        system  171
        address r4, status
        lwz     r3, 0(r4)
        show
        li      r3, 12
        li      r4, 4
        system  171
        show
        quit    0
        .data
        .balign 8
status: .quad 0`);
    expect(shown).toEqual([0, FEX + VX + VXIDI + 0x80, 0, -22]);
    expect(stop).toMatchObject({ exit: { kind: 'exit', code: 0 } });
  });

  it('kills a program without a handler', () => {
    expect(runAssembly('mtfsb1 27\nlis r3, 0x7000\nfdiv f1, f2, f2\nfmr f3, f4\nmtfsb1 24\nfdiv f1, f2, f2').stop).toMatchObject({ exit: { kind: 'signal', signal: SIGFPE } });
  });
});

describe('an instruction that a program cannot execute', () => {
  it.each([
    ['no instruction: SIGILL, ILL_ILLOPC', SIGILL, '.long 0', 1],
    ['a supervisor instruction: ILL_PRVOPC', SIGILL, 'mfmsr r3', 5],
    ['a register of the supervisor: ILL_PRVOPC', SIGILL, 'mtspr 26, r3', 5],
    ['a register that is not there: ILL_ILLOPC', SIGILL, 'mfspr r3, 0', 1],
    ['a trap: SIGTRAP, TRAP_BRKPT', SIGTRAP, 'trap', 1],
  ])('%s', (_, signal, culprit, code) => {
    expect(interrupted(signal, '', culprit)).toEqual([code, 0, 0]);
  });

  it('is executed by the kernel where it is mfpvr or dcba', () => {
    const { shown, notices } = runAssembly('mfspr r3, 287\nshow\n.long 0x7c0005ec\nli r3, 7\nshow\nquit 0');
    expect(shown).toEqual([0x00701000, 7]);
    expect(notices).toEqual([]);
  });
});

describe('the registers of the supervisor that a program may read', () => {
  it('are CTRL, which says which thread runs, and SPRG3', () => {
    // CT0, both threads enabled, the run latch.
    expect(runAssembly('mfspr r3, 136\nshow\nmfspr r3, 259\nshow\nquit 0').shown).toEqual([0x80c00001, 0]);
  });
});

describe('priority hints', () => {
  it('change nothing', () => {
    const hints = [1, 2, 3, 5, 6, 7, 28, 29, 30, 31].map((n) => `or ${n}, ${n}, ${n}`).join('\n');
    expect(runAssembly(`mr r29, r1\n${hints}\nsubf r3, r29, r1\nshow\nquit 0`).shown).toEqual([0]);
  });
});

describe('an alignment interrupt', () => {
  it.each([['ldarx', 'ldarx r3, 0, r25'], ['stwcx.', 'stwcx. r3, 0, r25'], ['stdcx.', 'stdcx. r3, 0, r25']])('of %s is SIGBUS with BUS_ADRALN and the operand', (_, culprit) => {
    const [code, distance] = interrupted(SIGBUS, 'address r25, culprit\naddi r25, r25, 2', culprit);
    expect([code, distance]).toEqual([1, 2]);
  });

  it('of lwarx is a load word that the kernel does, without a reservation', () => {
    const { shown, stop } = runAssembly(`
        address r25, bytes
        addi    r26, r25, 1
        li      r3, -1
        lwarx   r3, 0, r26
        show
        li      r4, 5
        stwcx.  r4, 0, r25
        mfcr    r3
        rlwinm  r3, r3, 3, 31, 31
        show
        quit    0
        .data
        .balign 8
bytes:  .long   0x00112233, 0x44556677`);
    expect(shown).toEqual([0x11223344, 0]);
    expect(stop).toMatchObject({ exit: { kind: 'exit', code: 0 } });
  });

  it('of lwarx with a bad address is SIGSEGV', () => {
    expect(runAssembly('li r4, 2\nlwarx r3, 0, r4').stop).toMatchObject({ exit: { kind: 'signal', signal: 11 } });
  });
});
