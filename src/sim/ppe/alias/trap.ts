/** Extended mnemonics of traps (Book I, appendix B.6). */
import { d, fixed, x } from '../encodings.ts';
import { alias, type PpcInstruction, spelling } from '../insn.ts';

const TO = 31 << 21;

/** [name, TO, what holds, whether only the assembler knows it]. */
const CONDITIONS: readonly (readonly [string, number, string, boolean])[] = [
  ['lgt', 1, 'logically greater', false],
  ['llt', 2, 'logically less', false],
  ['eq', 4, 'equal', false],
  ['lge', 5, 'logically greater or equal', false],
  ['lnl', 5, 'logically not less', true],
  ['lle', 6, 'logically less or equal', false],
  ['lng', 6, 'logically not greater', true],
  ['gt', 8, 'greater', false],
  ['ge', 12, 'greater or equal', false],
  ['nl', 12, 'not less', true],
  ['lt', 16, 'less', false],
  ['le', 20, 'less or equal', false],
  ['ng', 20, 'not greater', true],
  ['ne', 24, 'not equal', false],
];

const FAMILIES = [
  { base: 'tw', suffix: '', encoding: x(31, 4), operands: 'ra rb', what: 'words are' },
  { base: 'td', suffix: '', encoding: x(31, 68), operands: 'ra rb', what: 'doublewords are' },
  { base: 'tw', suffix: 'i', encoding: d(3), operands: 'ra si', what: 'a word and an immediate are' },
  { base: 'td', suffix: 'i', encoding: d(2), operands: 'ra si', what: 'a doubleword and an immediate are' },
];

export const TRAP_ALIASES: readonly PpcInstruction[] = [
  alias('trap', 'tw', { mask: -1, match: 0x7fe00008 }, '', 'Traps.'),
  ...FAMILIES.flatMap(({ base, suffix, encoding, operands, what }) => [
    ...CONDITIONS.map(([name, to, condition, assembleOnly]) =>
      (assembleOnly ? spelling : alias)(`${base}${name}${suffix}`, base + suffix, fixed(encoding, TO, to << 21), operands, `Traps if ${what} ${condition}.`)),
    alias(`${base}u${suffix}`, base + suffix, fixed(encoding, TO, TO), operands, 'Traps.'),
  ]),
];
