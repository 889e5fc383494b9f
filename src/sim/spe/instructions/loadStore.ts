/** Quadword loads and stores; the low four bits of an address are ignored (SPU ISA 1.2, chapter 3). */
import { ri10, ri16, rr } from '../encodings.ts';
import { insn, type SpuInstruction } from '../instruction.ts';

const QUADWORD = { bytes: 16, form: 'vector' } as const;

export const LOAD_STORE: readonly SpuInstruction[] = [
  {
    ...insn('lqd', ri10(0x1a0), 'rt quads(ra)', 'Loads the quadword at the preferred word plus a displacement.', ({ rt, quads, ra }, b) => {
      rt.set(b.lsLoad(b.word(ra).plus(quads)));
    }),
    memory: QUADWORD,
  },
  insn('lqx', rr(0x1c4), 'rt ra rb', 'Loads the quadword at the sum of two preferred words.', ({ rt, ra, rb }, b) => {
    rt.set(b.lsLoad(b.word(ra).plus(b.word(rb))));
  }),
  insn('lqa', ri16(0x184), 'rt absolute', 'Loads the quadword at an absolute address.', ({ rt, absolute }, b) => {
    rt.set(b.lsLoad(absolute));
  }),
  insn('lqr', ri16(0x19c), 'rt relative', 'Loads the quadword at an address relative to the instruction.', ({ rt, relative }, b) => {
    rt.set(b.lsLoad(relative.address));
  }),
  {
    ...insn('stqd', ri10(0x120), 'rt quads(ra)', 'Stores a quadword at the preferred word plus a displacement.', ({ rt, quads, ra }, b) => {
      b.lsStore(b.word(ra).plus(quads), rt);
    }),
    memory: QUADWORD,
  },
  insn('stqx', rr(0x144), 'rt ra rb', 'Stores a quadword at the sum of two preferred words.', ({ rt, ra, rb }, b) => {
    b.lsStore(b.word(ra).plus(b.word(rb)), rt);
  }),
  insn('stqa', ri16(0x104), 'rt absolute', 'Stores a quadword at an absolute address.', ({ rt, absolute }, b) => {
    b.lsStore(absolute, rt);
  }),
  insn('stqr', ri16(0x11c), 'rt relative', 'Stores a quadword at an address relative to the instruction.', ({ rt, relative }, b) => {
    b.lsStore(relative.address, rt);
  }),
];
