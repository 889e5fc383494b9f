/** What PowerPC instruction meanings are written with: registers, condition fields, summary bits. */
import { type I32Cell, type I64Cell, MmuBuilder } from '../engine/builder.ts';
import type { I32, I64 } from '../engine/expr.ts';
import { PPE_EXIT } from './exits.ts';
import { PPE_STATE } from './layout.ts';

/** Bytes of one CR field: LT, GT, EQ, SO. */
const FIELD_BYTES = 4;

export class PpcBuilder extends MmuBuilder {
  readonly lr: I64Cell = this.cell64({ offset: PPE_STATE.lr });
  readonly ctr: I64Cell = this.cell64({ offset: PPE_STATE.ctr });
  readonly so: I32Cell = this.cell8({ offset: PPE_STATE.so });
  readonly ov: I32Cell = this.cell8({ offset: PPE_STATE.ov });
  readonly ca: I32Cell = this.cell8({ offset: PPE_STATE.ca });
  readonly stringCount: I32Cell = this.cell8({ offset: PPE_STATE.stringCount });
  readonly vrsave: I32Cell = this.cell32({ offset: PPE_STATE.vrsave });
  readonly fpscr: I32Cell = this.cell32({ offset: PPE_STATE.fpscr });
  readonly floatInterruptMode: I32 = this.cell8({ offset: PPE_STATE.floatInterruptMode });
  readonly vscr: I32Cell = this.cell32({ offset: PPE_STATE.vscr });
  readonly reservationValid: I32Cell = this.cell8({ offset: PPE_STATE.reservationValid });
  readonly reservationAddress: I64Cell = this.cell64({ offset: PPE_STATE.reservationAddress });
  readonly control: I32 = this.cell32({ offset: PPE_STATE.control });
  readonly dar: I64Cell = this.cell64({ offset: PPE_STATE.dar });

  /** CR field 0 to 7 as four bytes: LT in the lowest, then GT, EQ, SO. */
  crField(number: number): I32Cell {
    return this.cell32({ offset: PPE_STATE.cr + number * FIELD_BYTES });
  }

  /** The value of a CR field; `so` is a bit. */
  conditions(less: I32, greater: I32, equal: I32, so: I32): I32 {
    return less.or(greater.shl(8)).or(equal.shl(16)).or(so.shl(24));
  }

  /** The value of a CR field from four bits, the highest of which is LT. */
  conditionsOf(nibble: I32): I32 {
    const bits = this.let(nibble);
    return bits.shrU(3).or(bits.shl(6)).or(bits.shl(15)).or(bits.shl(24)).and(0x01010101);
  }

  /** CR0 from a result, as the forms with a dot leave it. */
  record(result: I64): void {
    this.crField(0).set(this.conditions(result.ltS(0), result.gtS(0), result.eqz(), this.so));
  }

  /** CR1 from the exception summary, as floating-point forms with a dot leave it. */
  recordFloat(): void {
    this.crField(1).set(this.conditionsOf(this.fpscr.shrU(28)));
  }

  /** OV, and SO which stays once it is set. */
  overflow(overflowed: I32): void {
    const bit = this.let(overflowed);
    this.ov.set(bit);
    this.so.set(this.so.or(bit));
  }

  /** Time base: one tick a cycle, one cycle an instruction. */
  timeBase(): I64 {
    return this.cell64({ offset: PPE_STATE.timeBase }).plus(this.elapsed().extendU());
  }

  /** Leaves with an alignment interrupt when the address is not a multiple of `bytes`. */
  requireAligned(ea: I64, bytes: number): void {
    this.if(ea.toI32().and(bytes - 1).ne(0), () => {
      this.dar.set(ea);
      this.exit(PPE_EXIT.alignment);
    });
  }
}
