/** Traps and the system call (Book I, sections 2.4.2 and 3.3.10). */
import type { I32, I64 } from '../engine/expr.ts';
import type { PpcBuilder } from './builder.ts';
import { d, primary, x } from './encodings.ts';
import { PPE_EXIT } from './exits.ts';
import { insn, type PpcInstruction } from './insn.ts';

/** Bits of TO: less, greater, equal, logically less, logically greater. */
function trapIf(b: PpcBuilder, to: I32, left: I64, right: I64): void {
  const [x1, y1] = [b.let(left), b.let(right)];
  const holds = x1.ltS(y1).shl(4).or(x1.gtS(y1).shl(3)).or(x1.eq(y1).shl(2)).or(x1.ltU(y1).shl(1)).or(x1.gtU(y1));
  b.if(holds.and(to).ne(0), () => { b.exit(PPE_EXIT.trap); });
}

export const TRAP: readonly PpcInstruction[] = [
  insn('td', x(31, 68), 'to ra rb', 'Traps if doublewords compare as TO says.', ({ to, ra, rb }, b) => { trapIf(b, to, ra, rb); }),
  insn('tw', x(31, 4), 'to ra rb', 'Traps if words compare as TO says.', ({ to, ra, rb }, b) => {
    trapIf(b, to, ra.signExtend32(), rb.signExtend32());
  }),
  insn('tdi', d(2), 'to ra si', 'Traps if a doubleword and an immediate compare as TO says.', ({ to, ra, si }, b) => { trapIf(b, to, ra, si); }),
  insn('twi', d(3), 'to ra si', 'Traps if a word and an immediate compare as TO says.', ({ to, ra, si }, b) => {
    trapIf(b, to, ra.signExtend32(), si);
  }),
  insn('sc', { mask: 0xfc000002, match: primary(17) | 2 }, 'lev', 'Calls the system; the level is ignored.', (_, b) => {
    b.exitAfter(PPE_EXIT.systemCall);
  }),
];
