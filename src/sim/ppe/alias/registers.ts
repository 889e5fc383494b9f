/** Extended mnemonics of CR and special-purpose registers (Book I, appendices B.5 and B.8), and of VMX moves. */
import { swapHalves, unsignedBits } from '../bits.ts';
import { fixed, vx, x } from '../encodings.ts';
import { alias, type PpcInstruction, spelling } from '../insn.ts';

const NUMBER = 0x3ff << 11;

/** Names of special-purpose registers that can be read and written. */
const NAMES: readonly (readonly [string, number])[] = [
  ['xer', 1], ['lr', 8], ['ctr', 9], ['dsisr', 18], ['dar', 19], ['dec', 22], ['sdr1', 25], ['srr0', 26], ['srr1', 27],
  ['vrsave', 256], ['asr', 280], ['ear', 282],
];
const READ_ONLY: readonly (readonly [string, number])[] = [['rtcu', 4], ['rtcl', 5], ['ctrl', 136], ['tb', 268], ['tbu', 269], ['pvr', 287]];
const WRITE_ONLY: readonly (readonly [string, number])[] = [['rtcu', 20], ['rtcl', 21], ['ctrl', 152], ['tbl', 284], ['tbu', 285]];

function from([name, number]: readonly [string, number]): PpcInstruction {
  return alias(`mf${name}`, 'mfspr', fixed(x(31, 339), NUMBER, swapHalves(number) << 11), 'rt', `Copies ${name.toUpperCase()}.`);
}

function to([name, number]: readonly [string, number]): PpcInstruction {
  return alias(`mt${name}`, 'mtspr', fixed(x(31, 467), NUMBER, swapHalves(number) << 11), 'rs', `Sets ${name.toUpperCase()}.`);
}

/** Block address translation registers: an upper and a lower one of each of four. */
const BATS: readonly (readonly [string, number])[] = [['ibatu', 528], ['ibatl', 529], ['dbatu', 536], ['dbatl', 537]];
const BAT_MASK = NUMBER & ~(3 << 17);

function bats([name, number]: readonly [string, number]): PpcInstruction[] {
  const spr = swapHalves(number) << 11;
  return [
    alias(`mf${name}`, 'mfspr', fixed(x(31, 339), BAT_MASK, spr), 'rt bat', `Copies an ${name.toUpperCase()}.`),
    alias(`mt${name}`, 'mtspr', fixed(x(31, 467), BAT_MASK, spr), 'bat rs', `Sets an ${name.toUpperCase()}.`),
  ];
}

/** SPRG0 to SPRG3 are four numbers that end in the operand. */
const SPRG_MASK = NUMBER & ~(3 << 16);
const SPRG = swapHalves(272) << 11;

function samePair(first: number, second: number): (word: number) => boolean {
  return (word) => unsignedBits(word, first, 5) === unsignedBits(word, second, 5);
}

const sameThree = (word: number): boolean => samePair(21, 16)(word) && samePair(16, 11)(word);

export const REGISTER_ALIASES: readonly PpcInstruction[] = [
  ...[...NAMES, ...READ_ONLY].map(from),
  ...[...NAMES, ...WRITE_ONLY].map(to),
  spelling('mftbl', 'mfspr', fixed(x(31, 339), NUMBER, swapHalves(268) << 11), 'rt', 'Copies the time base.'),
  ...BATS.flatMap(bats),
  ...[0, 1, 2, 3].flatMap((n) => [
    spelling(`mfsprg${String(n)}`, 'mfspr', fixed(x(31, 339), NUMBER, swapHalves(272 + n) << 11), 'rt', `Copies SPRG${String(n)}.`),
    spelling(`mtsprg${String(n)}`, 'mtspr', fixed(x(31, 467), NUMBER, swapHalves(272 + n) << 11), 'rs', `Sets SPRG${String(n)}.`),
  ]),
  alias('mfsprg', 'mfspr', fixed(x(31, 339), SPRG_MASK, SPRG), 'rt sprg', 'Copies an SPRG.'),
  alias('mtsprg', 'mtspr', fixed(x(31, 467), SPRG_MASK, SPRG), 'sprg rs', 'Sets an SPRG.'),
  spelling('mfcr', 'mfocrf', fixed(x(31, 19), 1 << 20, 1 << 20), 'rt fxmOne', 'Copies one CR field; the other bits are cleared.'),
  alias('mtcr', 'mtcrf', fixed(x(31, 144), 0x1ff << 12, 0xff << 12), 'rs', 'Sets CR.'),
  alias('crset', 'creqv', x(19, 289), 'btThrice', 'Sets a CR bit.', sameThree),
  alias('crclr', 'crxor', x(19, 193), 'btThrice', 'Clears a CR bit.', sameThree),
  alias('crmove', 'cror', x(19, 449), 'bt bbTwice', 'Copies a CR bit.', samePair(16, 11)),
  alias('crnot', 'crnor', x(19, 33), 'bt bbTwice', 'Complements a CR bit.', samePair(16, 11)),
  spelling('vcuxwfp', 'vcfux', vx(0x30a), 'vrt vrb uim', 'Converts unsigned words to floating point, divided by a power of 2.'),
  spelling('vcsxwfp', 'vcfsx', vx(0x34a), 'vrt vrb uim', 'Converts signed words to floating point, divided by a power of 2.'),
  spelling('vcfpuxws', 'vctuxs', vx(0x38a), 'vrt vrb uim', 'Converts to unsigned words, multiplied by a power of 2; saturates.'),
  spelling('vcfpsxws', 'vctsxs', vx(0x3ca), 'vrt vrb uim', 'Converts to signed words, multiplied by a power of 2; saturates.'),
  alias('vmr', 'vor', vx(1156), 'vrt vrTwice', 'Copies a vector register.', samePair(16, 11)),
  alias('vnot', 'vnor', vx(1284), 'vrt vrTwice', 'Complements a vector register.', samePair(16, 11)),
];
