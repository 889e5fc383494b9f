/**
 * The alignment interrupt. fix_alignment does a misaligned access for the program where it knows
 * the instruction by what DSISR tells of it; there `lwarx` looks like `lwz`, so it becomes one,
 * and the other three forms with a reservation end in SIGBUS (facts 6.7).
 */
import { call, done, next, path, step } from '../path.ts';
import { peekWord } from '../mm/peek.ts';
import { BUS_CODE, SEGV_CODE, SIGNAL } from '../signal/numbers.ts';
import { faultSignal, forceSignal } from '../signal/send.ts';

declare module '../path.ts' {
  interface PathLocals {
    /** `address`: DAR. */
    alignment_exception: { readonly address: bigint; readonly bytes: Uint8Array };
  }
}

export interface AlignmentFault {
  readonly address: bigint;
  readonly bytes: Uint8Array;
}

/** Interrupt vector (Book III). */
const ALIGNMENT = 0x600;
const WORD_BYTES = 4;
const LWARX = { mask: 0xfc00_07fe, word: 0x7c00_0028 } as const;

export function alignmentFault(address: bigint): AlignmentFault {
  return { address, bytes: new Uint8Array(WORD_BYTES) };
}

export const alignmentException = path('alignment_exception', 'arch/powerpc/kernel/traps.c', [
  step('an instruction that cannot be done in its place: SIGBUS', (k, task, { address }) => {
    const word = peekWord(k, task.mm, Number(k.registers(task).pc)) ?? 0;
    if (((word ^ LWARX.word) & LWARX.mask) === 0) return next;
    forceSignal(k, task, faultSignal(SIGNAL.SIGBUS, BUS_CODE.ADRALN, address, ALIGNMENT, 0));
    return done(0);
  }),
  step('fix_alignment: read the bytes of the operand', (_k, _task, { address, bytes }) => call('copy_from_user', { address: Number(address), bytes })),
  step('a bad address: SIGSEGV; else set the register and go on after the instruction', (k, task, { address, bytes }, { returned }) => {
    const registers = k.registers(task);
    if (returned > 0) {
      forceSignal(k, task, faultSignal(SIGNAL.SIGSEGV, SEGV_CODE.ACCERR, address, ALIGNMENT, 0));
      return done(0);
    }
    const word = peekWord(k, task.mm, Number(registers.pc)) ?? 0;
    registers.setGpr((word >>> 21) & 31, BigInt(new DataView(bytes.buffer).getUint32(0)));
    registers.pc += BigInt(WORD_BYTES);
    return done(0);
  }),
]);
