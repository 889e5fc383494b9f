/** Stops, no-operations, synchronisation and special registers (SPU ISA 1.2, chapter 10). */
import { ri7, rr, withFeature } from '../encodings.ts';
import { SPU_EXIT } from '../exits.ts';
import { insn, type SpuInstruction } from '../instruction.ts';
import { i32 } from '../../engine/expr.ts';

/** `stopd` always signals this type (SPU ISA 1.2, chapter 10). */
const STOPD_TYPE = 0x3fff;

const nothing = (): void => undefined;

export const CONTROL: readonly SpuInstruction[] = [
  insn('stop', rr(0x000), 'stopType', 'Stops the SPU and signals a 14-bit type to the PPE.', ({ stopType }, b) => {
    b.stopCode.set(stopType);
    b.exitAfter(SPU_EXIT.stop);
  }),
  insn('stopd', rr(0x140), 'rt ra rb', 'Stops the SPU once three registers are ready, with type 0x3fff.', (_, b) => {
    b.stopCode.set(i32(STOPD_TYPE));
    b.exitAfter(SPU_EXIT.stop);
  }),
  insn('nop', rr(0x201), 'nopRegister', 'Does nothing, in the even pipeline.', nothing),
  insn('lnop', rr(0x001), '', 'Does nothing, in the odd pipeline.', nothing),
  insn('sync', withFeature(0x002, false), '', 'Waits until all stores are done and fetches instructions anew.', nothing),
  insn('syncc', withFeature(0x002, true), '', 'Waits until stores and channel writes are done and fetches instructions anew.', nothing),
  insn('dsync', rr(0x003), '', 'Waits until all loads, stores and channel operations are done.', nothing),
  // The Cell's SPU has no special-purpose registers: they read as 0 and ignore writes.
  insn('mfspr', rr(0x00c), 'rt special', 'Reads a special-purpose register.', ({ rt }, b) => { rt.set(b.zero()); }),
  insn('mtspr', ri7(0x10c), 'special rt', 'Writes a special-purpose register.', nothing),
];
