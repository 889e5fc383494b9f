/**
 * Other spellings that GNU as knows. objdump prints one of them only: `stop` without its
 * type.
 */
import { branch, type InterruptFeature, ri10, ri7, rr, withFeature, zeroField } from '../encodings.ts';
import { insn, spelling, type SpuInstruction } from '../instruction.ts';

const RT_FIELD = 0x7f;
const RA_FIELD = 0x7f << 7;
const I10_FIELD = 0x3ff << 14;

/** "If true" and "if false" for "if not zero" and "if zero". */
const CONDITION_SPELLINGS: readonly (readonly [name: string, aliasOf: string, code: number])[] = [
  ['bit', 'binz', 0x129], ['bif', 'biz', 0x128], ['biht', 'bihnz', 0x12b], ['bihf', 'bihz', 0x12a],
];
const FEATURES: readonly InterruptFeature[] = ['', 'd', 'e'];

/** Halting comparisons may leave out their false target. */
const HALTS: readonly (readonly [mnemonic: string, code: number])[] = [['heq', 0x3d8], ['hgt', 0x258], ['hlgt', 0x2d8]];
const HALTS_IMMEDIATE: readonly (readonly [mnemonic: string, code: number])[] = [['heqi', 0x3f8], ['hgti', 0x278], ['hlgti', 0x2f8]];

export const ALIASES: readonly SpuInstruction[] = [
  { ...insn('stop', rr(0x000), '', 'Stops the SPU and signals its type to the PPE.'), aliasOf: 'stop' },
  spelling('lr', 'ori', zeroField(ri10(0x020), I10_FIELD), 'rt ra', 'Copies a register.'),
  spelling('nop', 'nop', rr(0x201), '', 'Does nothing, in the even pipeline.'),
  spelling('hbrp', 'hbrp', withFeature(0x1ac, true), '', 'Asks for instructions to be fetched ahead.'),
  spelling('fscrwr', 'fscrwr', zeroField(rr(0x3ba), RT_FIELD), 'ra', 'Writes the floating-point status and control register.'),
  spelling('syscall', 'mtspr', ri7(0x10c), 'rt ra i7', 'A system call of IBM\'s SPU simulator, in the encoding of mtspr.'),
  ...CONDITION_SPELLINGS.flatMap(([name, aliasOf, code]) => FEATURES.map((feature) =>
    spelling(name + feature, aliasOf + feature, branch(code, feature), 'rt ra', `Another name of ${aliasOf}${feature}.`))),
  ...FEATURES.map((feature) =>
    spelling(`iret${feature}`, `iret${feature}`, zeroField(branch(0x1aa, feature), RA_FIELD), '', 'Returns from an interrupt to the address in SRR0.')),
  ...HALTS.map(([mnemonic, code]) =>
    spelling(mnemonic, mnemonic, zeroField(rr(code), RT_FIELD), 'ra rb', `${mnemonic} with its false target left out.`)),
  ...HALTS_IMMEDIATE.map(([mnemonic, code]) =>
    spelling(mnemonic, mnemonic, zeroField(ri10(code), RT_FIELD), 'ra i10', `${mnemonic} with its false target left out.`)),
];
