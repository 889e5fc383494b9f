/**
 * Branches (PowerPC Architecture Book I, section 2.4). `bc`, `bclr` and `bcctr` have one
 * form for each kind of condition that BO can name, so that each tests only what it must.
 */
import type { I32, I64 } from '../engine/expr.ts';
import { unsignedBits } from './bits.ts';
import type { PpcBuilder } from './builder.ts';
import { AA, branch, LK, xWith } from './encodings.ts';
import { insn, type Operands, type PpcInstruction } from './insn.ts';

/** What a value of BO tests. `z` and hint bits are left out of the mask (Book I, figure 20). */
interface Condition {
  readonly mask: number;
  readonly bo: number;
  /** Decrements CTR and tests the result. */
  readonly ctr?: 'zero' | 'nonzero';
  /** Tests the CR bit for this value. */
  readonly bit?: boolean;
}

const CONDITIONS: readonly Condition[] = [
  { mask: 0b11110, bo: 0b00000, ctr: 'nonzero', bit: false },
  { mask: 0b11110, bo: 0b00010, ctr: 'zero', bit: false },
  { mask: 0b11100, bo: 0b00100, bit: false },
  { mask: 0b11110, bo: 0b01000, ctr: 'nonzero', bit: true },
  { mask: 0b11110, bo: 0b01010, ctr: 'zero', bit: true },
  { mask: 0b11100, bo: 0b01100, bit: true },
  { mask: 0b10110, bo: 0b10000, ctr: 'nonzero' },
  { mask: 0b10110, bo: 0b10010, ctr: 'zero' },
  { mask: 0b10100, bo: 0b10100 },
];

/** Does what `condition` does to CTR, and `take` when it holds. */
function branchIf(b: PpcBuilder, condition: Condition, bi: I32, take: () => void): void {
  const tests: I32[] = [];
  if (condition.ctr) {
    const left = b.let(b.ctr.minus(1));
    b.ctr.set(left);
    tests.push(condition.ctr === 'zero' ? left.eqz() : left.ne(0));
  }
  if (condition.bit !== undefined) tests.push(condition.bit ? bi : bi.eqz());
  const [first, second] = tests;
  if (!first) take();
  else b.if(second ? first.and(second) : first, take);
}

function setLink(b: PpcBuilder, links: boolean): void {
  if (links) b.lr.set(b.pc().plus(4));
}

/** One entry for each condition, under one mnemonic. */
function forms<S extends string>(
  mnemonic: string,
  encoding: ReturnType<typeof xWith>,
  operands: S,
  doc: string,
  meaning: (condition: Condition, operands: Operands<S>, b: PpcBuilder) => void,
): PpcInstruction[] {
  return CONDITIONS.map((condition) => ({
    ...insn(mnemonic, encoding, operands, doc, (o, b) => { meaning(condition, o, b); }),
    suits: (word) => (unsignedBits(word, 21, 5) & condition.mask) === condition.bo,
  }));
}

/** A branch to a register; the low two bits of an address are 0. */
function toRegister(mnemonic: string, xo: number, register: string, links: boolean, target: (b: PpcBuilder) => I64): PpcInstruction[] {
  const doc = `Branches to the address in ${register} if a condition holds${links ? '; sets LR' : ''}.`;
  return forms(mnemonic + (links ? 'l' : ''), xWith(19, xo, links ? LK : 0), 'bo bi bh', doc, (condition, { bi }, b) => {
    const address = b.let(target(b).and(-4));
    setLink(b, links);
    branchIf(b, condition, bi, () => { b.jumpTo(address); });
  });
}

export const BRANCH: readonly PpcInstruction[] = [false, true].flatMap((links) => {
  const [l, lk, alsoLinks] = links ? ['l', LK, '; sets LR'] : ['', 0, ''];
  return [
    insn(`b${l}`, branch(18, lk), 'li', `Branches${alsoLinks}.`, ({ li }, b) => {
      setLink(b, links);
      b.jumpBy(li);
    }),
    insn(`b${l}a`, branch(18, lk | AA), 'liAbsolute', `Branches to an absolute address${alsoLinks}.`, ({ liAbsolute }, b) => {
      setLink(b, links);
      b.jumpTo(liAbsolute);
    }),
    ...forms(`bc${l}`, branch(16, lk), 'bo bi bd', `Branches if a condition holds${alsoLinks}.`, (condition, { bi, bd }, b) => {
      setLink(b, links);
      branchIf(b, condition, bi, () => { b.jumpBy(bd); });
    }),
    ...forms(`bc${l}a`, branch(16, lk | AA), 'bo bi bdAbsolute', `Branches to an absolute address if a condition holds${alsoLinks}.`,
      (condition, { bi, bdAbsolute }, b) => {
        setLink(b, links);
        branchIf(b, condition, bi, () => { b.jumpTo(bdAbsolute); });
      }),
    ...toRegister('bclr', 16, 'LR', links, (b) => b.lr),
    ...toRegister('bcctr', 528, 'CTR', links, (b) => b.ctr),
  ];
});
