/** What instruction meanings of the SPU are written with: registers, the local store, channels. */
import { LocalStoreBuilder, type I32Cell, type V128Cell } from '../engine/builder.ts';
import { type I32, type V128, v128 } from '../engine/expr.ts';
import { CHANNEL_ANSWER, SPU_EXIT } from './exits.ts';
import { INSTRUCTION_ADDRESS_MASK, SPU_STATE } from './layout.ts';

/** Lane of the preferred slot (word 0) of a byte-reversed register. */
const PREFERRED = 3;

const ZERO: readonly number[] = Array.from({ length: 16 }, () => 0);

export class SpuBuilder extends LocalStoreBuilder {
  /** A general register whose number stands at bit `shift` of the instruction word. */
  register(name: string, shift: number): V128Cell {
    return this.cell128({ slot: { name, width: 2, of: (word) => ((word >>> shift) & 0x7f) * 16 }, bank: SPU_STATE.r0 });
  }

  /** The number of such a register, for helpers. */
  registerNumber(name: string, shift: number): I32 {
    return this.constant8(`${name} number`, (word) => (word >>> shift) & 0x7f);
  }

  get fpscr(): V128Cell { return this.cell128({ offset: SPU_STATE.fpscr }); }
  get interruptEnable(): I32Cell { return this.cell32({ offset: SPU_STATE.interruptEnable }); }
  get srr0(): I32Cell { return this.cell32({ offset: SPU_STATE.srr0 }); }
  get stopCode(): I32Cell { return this.cell32({ offset: SPU_STATE.stopCode }); }
  get channelData(): I32Cell { return this.cell32({ offset: SPU_STATE.channelData }); }

  zero(): V128 { return v128(ZERO); }
  /** The word in the preferred slot. */
  word(register: V128): I32 { return register.lane32(PREFERRED); }
  /** The halfword that `brhz` and its like test: the low half of the preferred slot. */
  halfword(register: V128): I32 { return register.lane16U(2 * PREFERRED); }
  /** A register with a word in the preferred slot and zeros elsewhere. */
  preferred(word: I32): V128 { return this.zero().withLane32(PREFERRED, word); }
  /** What a branch that sets link leaves in its register: the next address, in the preferred slot. */
  link(): V128 { return this.preferred(this.pc().toI32().plus(4).and(INSTRUCTION_ADDRESS_MASK)); }
  /** Branches to an address; its low two bits and those beyond the local store are ignored. */
  jumpToWord(address: I32): void { this.jumpTo(address.and(INSTRUCTION_ADDRESS_MASK).extendU()); }

  /** Leaves a channel instruction undone unless its helper answered that it is done. */
  requireChannel(answer: I32): void {
    this.if(answer.eq(CHANNEL_ANSWER.stall), () => { this.exit(SPU_EXIT.channelStall); });
    this.if(answer.eq(CHANNEL_ANSWER.invalid), () => { this.exit(SPU_EXIT.invalidChannel); });
  }
}

/** The host helpers that meanings call, with their number of arguments (`spuHelpers` in `helpers.ts`). */
export const SPU_HELPERS = {
  /** (channel) → a channel answer; the value goes to the `channelData` cell. */
  rdch: 1,
  /** (channel, value) → a channel answer. */
  wrch: 2,
  /** (channel) → the count. */
  rchcnt: 1,
  /** () → 0; to be called once interrupts are enabled, since one may be due at once. */
  interruptsEnabled: 0,
  /** (`doubleOperationNumber`, rt, ra, rb) → 0. */
  double: 4,
  /** (estimate of `ESTIMATE`, rt, ra) → 0. */
  estimate: 3,
} as const;
