/**
 * Multiple and string accesses (Book I, sections 3.3.5 and 3.3.6). They go to registers of
 * which the instruction names only the first, so helpers do them (`helpers.ts`). Nothing is
 * written before all loads are done.
 */
import { EXIT } from '../../engine/exits.ts';
import type { I32, I64 } from '../../engine/expr.ts';
import { unsignedBits } from '../bits.ts';
import type { PpcBuilder } from '../builder.ts';
import { d, x } from '../encodings.ts';
import { insn, type PpcInstruction, refusing } from '../insn.ts';
import { loadsAddressFirst, loadsBase, loadsBaseFirst } from '../invalidForms.ts';

function move(b: PpcBuilder, helper: 'loadBytes' | 'storeBytes', address: I64, count: I32): void {
  const ea = b.let(address);
  const first = b.constant8('first', (word) => unsignedBits(word, 21, 5));
  const fault = b.call(helper, first, ea.shrU(32).toI32(), ea.toI32(), count);
  b.if(fault, () => { b.exit(EXIT.memoryFault); });
}

/** From the first register to the last. */
function allFrom(b: PpcBuilder): I32 {
  return b.constant8('bytes', (word) => (32 - unsignedBits(word, 21, 5)) * 4);
}

const FIRST_WORD = { bytes: 4, form: 'unsigned' } as const;

export const STRINGS: readonly PpcInstruction[] = [
  {
    ...refusing(loadsBase, insn('lmw', d(46), 'rt d(ra0)', 'Loads words to all registers from rt on.', (o, b) => {
      move(b, 'loadBytes', o.ra0.plus(o.d), allFrom(b));
    })),
    memory: FIRST_WORD,
  },
  {
    ...insn('stmw', d(47), 'rs d(ra0)', 'Stores the low words of all registers from rs on.', (o, b) => { move(b, 'storeBytes', o.ra0.plus(o.d), allFrom(b)); }),
    memory: FIRST_WORD,
  },
  refusing(loadsBaseFirst, insn('lswi', x(31, 597), 'rt ra0 nb', 'Loads bytes, four to a register.', ({ ra0, nb }, b) => { move(b, 'loadBytes', ra0, nb); })),
  insn('stswi', x(31, 725), 'rs ra0 nb', 'Stores bytes, four from a register.', ({ ra0, nb }, b) => { move(b, 'storeBytes', ra0, nb); }),
  refusing(loadsAddressFirst, insn('lswx', x(31, 533), 'rt ra0 rb', 'Loads as many bytes as XER says, four to a register.', ({ ra0, rb }, b) => {
    move(b, 'loadBytes', ra0.plus(rb), b.stringCount);
  })),
  insn('stswx', x(31, 661), 'rs ra0 rb', 'Stores as many bytes as XER says, four from a register.', ({ ra0, rb }, b) => {
    move(b, 'storeBytes', ra0.plus(rb), b.stringCount);
  }),
];
