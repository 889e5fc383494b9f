/** Extended mnemonics of branches (Book I, appendix B.2), with `+` and `-` for the `at` hint bits of architecture 2. */
import { unsignedBits } from '../bits.ts';
import { AA, branch, fixed, LK, xWith } from '../encodings.ts';
import { alias, type PpcInstruction, spelling } from '../insn.ts';
import type { Encoding } from '../../engine/isa.ts';

/** One of the twelve places that a condition can send control to, or keep it from. */
interface Family {
  /** The instruction that it spells. */
  readonly base: string;
  /** After the condition: `l`, `la`, `lr`, `ctrl`, ... */
  readonly suffix: string;
  readonly encoding: Encoding;
  /** Operands after those of the condition. */
  readonly operands: string;
  readonly where: string;
  readonly toCtr: boolean;
}

function families(): Family[] {
  return [false, true].flatMap((links) => {
    const [l, lk, also] = links ? ['l', LK, '; sets LR'] : ['', 0, ''];
    return [
      { base: `bc${l}`, suffix: l, encoding: branch(16, lk), operands: 'bd', where: also, toCtr: false },
      { base: `bc${l}a`, suffix: `${l}a`, encoding: branch(16, lk | AA), operands: 'bdAbsolute', where: ` to an absolute address${also}`, toCtr: false },
      { base: `bclr${l}`, suffix: `lr${l}`, encoding: xWith(19, 16, lk), operands: 'bh', where: ` to LR${also}`, toCtr: false },
      { base: `bcctr${l}`, suffix: `ctr${l}`, encoding: xWith(19, 528, lk), operands: 'bh', where: ` to CTR${also}`, toCtr: true },
    ];
  });
}

const BO = 31 << 21;
/** Where nothing is written for the hint, its last bit is not looked at; `bclr` and `bcctr` are more exact. */
function boMask({ operands }: Family, hint: keyof Hints): number {
  return hint === '' && operands !== 'bh' ? 30 << 21 : BO;
}
const BI = 31 << 16;
/** The low two bits of BI tell the condition, the others the CR field. */
const BI_CONDITION = 3 << 16;

/** BO of a condition without hint, and with the two hints. */
interface Hints {
  readonly '': number;
  readonly '-': number;
  readonly '+': number;
}
const BIT_SET: Hints = { '': 12, '-': 14, '+': 15 };
const BIT_CLEAR: Hints = { '': 4, '-': 6, '+': 7 };
const COUNT_LEFT: Hints = { '': 16, '-': 24, '+': 25 };
const COUNT_DONE: Hints = { '': 18, '-': 26, '+': 27 };
const HINTS = ['', '-', '+'] as const;

/** [name, BO, bit of the CR field, what holds, whether only the assembler knows it]. */
const CR_CONDITIONS: readonly (readonly [string, Hints, number, string, boolean])[] = [
  ['lt', BIT_SET, 0, 'less', false],
  ['gt', BIT_SET, 1, 'greater', false],
  ['eq', BIT_SET, 2, 'equal', false],
  ['so', BIT_SET, 3, 'summary overflow', false],
  ['un', BIT_SET, 3, 'unordered', true],
  ['ge', BIT_CLEAR, 0, 'greater or equal', false],
  ['nl', BIT_CLEAR, 0, 'not less', true],
  ['le', BIT_CLEAR, 1, 'less or equal', false],
  ['ng', BIT_CLEAR, 1, 'not greater', true],
  ['ne', BIT_CLEAR, 2, 'not equal', false],
  ['ns', BIT_CLEAR, 3, 'no summary overflow', false],
  ['nu', BIT_CLEAR, 3, 'not unordered', true],
];

function onConditions(family: Family): PpcInstruction[] {
  return CR_CONDITIONS.flatMap(([name, bo, bit, what, assembleOnly]) => HINTS.map((hint) => {
    const encoding = fixed(family.encoding, boMask(family, hint) | BI_CONDITION, (bo[hint] << 21) | (bit << 16));
    const make = assembleOnly ? spelling : alias;
    return make(`b${name}${family.suffix}${hint}`, family.base, encoding, `bfBranch ${family.operands}`, `Branches if ${what}${family.where}.`);
  }));
}

function onCount(family: Family): PpcInstruction[] {
  if (family.toCtr) return [];
  const counts = ([['dnz', COUNT_LEFT, 'not 0'], ['dz', COUNT_DONE, '0']] as const).flatMap(([name, bo, what]) =>
    HINTS.map((hint) =>
      alias(`b${name}${family.suffix}${hint}`, family.base, fixed(family.encoding, boMask(family, hint) | BI, bo[hint] << 21), family.operands,
        `Decrements CTR and branches if it is ${what}${family.where}.`)));
  const both = ([['dnzt', 8, 'not 0', 'set'], ['dnzf', 0, 'not 0', 'clear'], ['dzt', 10, '0', 'set'], ['dzf', 2, '0', 'clear']] as const)
    .map(([name, bo, count, bit]) =>
      alias(`b${name}${family.suffix}`, family.base, fixed(family.encoding, boMask(family, ''), bo << 21), `bi ${family.operands}`,
        `Decrements CTR and branches if it is ${count} and a CR bit is ${bit}${family.where}.`));
  return [...counts, ...both];
}

function onBits(family: Family): PpcInstruction[] {
  return ([['t', BIT_SET, 'set'], ['f', BIT_CLEAR, 'clear']] as const).flatMap(([name, bo, what]) => HINTS.map((hint) =>
    spelling(`b${name}${family.suffix}${hint}`, family.base, fixed(family.encoding, boMask(family, hint), bo[hint] << 21), `bi ${family.operands}`,
      `Branches if a CR bit is ${what}${family.where}.`)));
}

function always(family: Family): PpcInstruction[] {
  if (family.operands !== 'bh') return [];
  return [alias(`b${family.suffix}`, family.base, fixed(family.encoding, BO | BI, 20 << 21), 'bh', `Branches${family.where}.`)];
}

/** Values of BO that have a hint and no mnemonic of their own. */
function hinted(family: Family): PpcInstruction[] {
  return ([['-', 'boNotTaken', [6, 14, 24, 26]], ['+', 'boTaken', [7, 15, 25, 27]]] as const).map(([hint, field, values]) =>
    alias(`${family.base}${hint}`, family.base, family.encoding, `${field} bi ${family.operands}`,
      `Branches if a condition holds, which is ${hint === '+' ? 'likely' : 'unlikely'}${family.where}.`,
      (word) => values.some((bo) => bo === unsignedBits(word, 21, 5))));
}

export const BRANCH_ALIASES: readonly PpcInstruction[] = families().flatMap((family) =>
  [...always(family), ...onCount(family), ...onConditions(family), ...onBits(family), ...hinted(family)]);
