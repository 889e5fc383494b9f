/**
 * Random instructions in units that run without harm: an access to memory comes with the
 * instructions that make its address. What is left out is named with the reason.
 */
import type { Operand } from '../../../src/sim/engine/isa.ts';
import type { PpcBuilder } from '../../../src/sim/ppe/builder.ts';
import type { PpcInstruction } from '../../../src/sim/ppe/insn.ts';
import { PPC } from '../../../src/sim/ppe/instructionSet.ts';
import { PRIVILEGED } from '../../../src/sim/ppe/privileged.ts';
import { ppc } from '../ppcWords.ts';
import type { Random } from './random.ts';

/** Where the program's data lie: this register points to the middle of `DATA_BYTES`. */
export const DATA_REGISTER = 31;
export const DATA_BYTES = 256;
/** Kept for the program's frame: where the states go, and a register for its own use. */
export const OUTPUT_REGISTER = 1;
export const SCRATCH_REGISTER = 2;
const RESERVED = new Set([OUTPUT_REGISTER, SCRATCH_REGISTER, DATA_REGISTER]);
const FREE = Array.from({ length: 32 }, (_, n) => n).filter((n) => !RESERVED.has(n));
/** Free ones that are a base too. */
const BASES = FREE.filter((n) => n !== 0);

const LEFT_OUT: readonly (readonly [RegExp, string])[] = [
  [/^mulhwu?\.?$/, 'the high word of the target is undefined; QEMU and Cell differ'],
  [/^div/, 'a division by 0 or with overflow has no defined result; QEMU and Cell differ'],
  [/^(?:fres|frsqrte)\.?$|^v(?:refp|rsqrtefp|exptefp|logefp)$/, 'estimates have the bits that their processor gives them'],
  [/^mffs\.?$/, 'copies FR, which QEMU does not model'],
  [/^mfspr$|^mtspr$|^mftb$/, 'time bases differ; the rest of them has units of its own'],
  [/^lv[lr]xl?$|^stv[lr]xl?$/, "the Cell's own: QEMU has none of them"],
  [/^lve[bhw]x$/, 'the other elements of the target are undefined'],
  [/^dcbz$/, 'clears 128 bytes on a Cell and 32 in QEMU'],
  [/^ldbrx$|^stdbrx$/, "QEMU's 970 has none"],
  [/^vs[lr]$/, 'has to have one shift count in all bytes: a unit of its own'],
  [/^lswx$|^stswx$/, 'XER may count to registers that the frame needs'],
  [/^lmw$/, 'loads r31, which the frame needs'],
  [/^(?:lwarx|ldarx|stwcx\.|stdcx\.)$/, 'aligned only: units of their own'],
  [/^b/, 'branches are part of the frame and of units'],
  [/^t[dw]i?$|^sc$|^attn$/, 'leave the program'],
  [/^mt(?:fsf|fsfi|fsb0|fsb1)\.?$|^mcrfs$/, 'may enable exceptions, or copy FR or VXSNAN: units of their own'],
  [/^mtvscr$/, 'sets bits that are not there: the frame sets it'],
  [/^fcti/, 'leave FPRF alone when invalid on a Cell: units of their own'],
  [/^fcmp/, 'clear FI in QEMU: units of their own'],
  [/^dstt?$|^dststt?$/, 'QEMU refuses them with r0 as base, an invalid form'],
  [/^dcb(?:f|st)$|^icbi$/, 'their addresses may be anywhere'],
  [/^lswi$|^stswi$|^stmw$/, 'units of their own'],
];

const ACCESS = /^(?:l[bhw]|ld|lf|st|lv|lha)/;
function isChosen(entry: PpcInstruction): boolean {
  return entry.meaning !== undefined && !PRIVILEGED.includes(entry) && !LEFT_OUT.some(([pattern]) => pattern.test(entry.mnemonic));
}

const CHOSEN = PPC.instructions.filter(isChosen);
const ACCESSES = CHOSEN.filter(({ mnemonic }) => ACCESS.test(mnemonic) && !/^lvs[lr]$/.test(mnemonic));
const COMPUTING = CHOSEN.filter((entry) => !ACCESSES.includes(entry));
const FLOATING = COMPUTING.filter(({ mnemonic }) => mnemonic.startsWith('f'));
const VECTOR = COMPUTING.filter(({ mnemonic }) => mnemonic.startsWith('v'));
const INTEGER = COMPUTING.filter((entry) => !FLOATING.includes(entry) && !VECTOR.includes(entry));
/** What single-precision arithmetic makes of operands that are no singles is not defined: they are rounded first. */
const SINGLE = /^f(?:add|sub|mul|div|sqrt|n?madd|n?msub)s\.?$/;
const SPECIAL_REGISTERS = { ctr: 9, vrsave: 256, lr: 8 } as const;
/**
 * FPSCR bits that can be set without an enabled exception, and change no rounding. FX is left at 1: QEMU
 * sets it for exceptions that are not new.
 */
const STATUS_BITS = [3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 15, 16, 17, 18, 19, 21, 22, 23];

/** One unit: words that run one after the other. */
export function randomUnit(random: Random): number[] {
  switch (random.below(16)) {
    case 0: case 1: case 2: return access(random);
    case 3: case 4: case 5: case 6: return computing(random, FLOATING);
    case 7: case 8: case 9: case 10: return computing(random, VECTOR);
    case 11: return special(random);
    default: return computing(random, INTEGER);
  }
}

function value(random: Random, { field, displaced }: Operand<PpcBuilder>): number {
  if (field.kind === 'gpr') return displaced ? DATA_REGISTER : random.pick(FREE);
  // One CR field: of several, `mtocrf` and `mfocrf` leave the choice open.
  if (field.name === 'fxmOne') return 0x80 >> random.below(8);
  for (;;) {
    const found = field.decode(random.word());
    if (field.encode(found) !== undefined) return found;
  }
}

function encode({ mnemonic, operands, encoding }: PpcInstruction, values: readonly number[]): number {
  return operands.reduce((word, { field }, index) => {
    const bits = field.encode(values[index] ?? 0);
    if (bits === undefined) throw new RangeError(`${mnemonic} cannot have ${String(values[index])} for ${field.name}.`);
    return word | bits;
  }, encoding.match);
}

function computing(random: Random, from: readonly PpcInstruction[]): number[] {
  const entry = random.pick(from);
  const values = entry.operands.map((operand) => value(random, operand));
  if (!SINGLE.test(entry.mnemonic)) return [encode(entry, values)];
  return [...new Set(values.slice(1))].map((register) => ppc('frsp', register, register)).concat(encode(entry, values));
}

/** An offset from the data register for an access of up to `bytes`. */
function offset(random: Random, bytes: number, unit = 1): number {
  const first = -DATA_BYTES / 2;
  return first + unit * random.below((DATA_BYTES - bytes) / unit + 1);
}

function access(random: Random): number[] {
  const entry = random.pick(ACCESSES);
  const names = entry.operands.map(({ field }) => field.name);
  const data = value(random, entry.operands[0] ?? never(entry));
  const others = BASES.filter((n) => n !== data);
  const temporary = random.pick(others);
  const at = offset(random, 16, names.includes('ds') ? 4 : 1);
  const isUpdate = names.includes('ra');
  if (names.includes('rb')) {
    const index = random.pick(others.filter((n) => n !== temporary));
    if (!isUpdate) return [ppc('addi', temporary, 0, at), encode(entry, [data, DATA_REGISTER, temporary])];
    return [ppc('addi', temporary, DATA_REGISTER, 0), ppc('addi', index, 0, at), encode(entry, [data, temporary, index])];
  }
  return isUpdate ? [ppc('addi', temporary, DATA_REGISTER, 0), encode(entry, [data, at, temporary])] : [encode(entry, [data, at, DATA_REGISTER])];
}

function special(random: Random): number[] {
  const [a, b, c] = [random.below(32), random.below(32), random.below(32)];
  const record = random.pick(['', '.']);
  const [target, count] = [random.pick(FREE), random.pick(BASES)];
  const at = offset(random, 16, 8);
  switch (random.below(17)) {
    case 0: return [ppc(`mtfsfi${record}`, 7, random.below(4))];
    case 1: return [ppc(`mtfsfi${record}`, random.between(1, 5), random.below(16))];
    case 2: return [ppc(`mtfsf${record}`, random.below(32) << 2, a)];
    case 3: return [ppc(`${random.pick(['mtfsb0', 'mtfsb1'])}${record}`, random.pick(STATUS_BITS))];
    case 4: return [ppc('mcrfs', random.below(8), random.pick([2, 4, 5, 6, 7]))];
    // Rounding makes FPRF, or FI, the same again.
    case 5: return [ppc(`${random.pick(['fctid', 'fctidz'])}${record}`, a, b), ppc('frsp', b, b)];
    // Of a NaN QEMU does not extend the sign: only the low word is kept.
    case 6: return [ppc(`${random.pick(['fctiw', 'fctiwz'])}${record}`, a, b), ppc('addi', count, 0, at), ppc('stfiwx', a, DATA_REGISTER, count), ppc('frsp', a, (a + 1) % 32)];
    case 7: return [ppc('vspltb', a, b, random.below(16)), ppc(random.pick(['vsl', 'vsr']), c, random.below(32), a)];
    case 8: return [ppc('mfspr', target, random.pick([SPECIAL_REGISTERS.ctr, SPECIAL_REGISTERS.vrsave, SPECIAL_REGISTERS.lr]))];
    // QEMU's VRSAVE has 64 bits.
    case 9: return [ppc('rldicl', target, target, 0, 32), ppc('mtspr', random.pick([SPECIAL_REGISTERS.vrsave, SPECIAL_REGISTERS.lr]), target)];
    case 10: return [ppc('lswi', random.between(3, 22), DATA_REGISTER, random.below(32))];
    case 11: return [ppc('stswi', random.below(32), DATA_REGISTER, random.below(32))];
    case 12: return [ppc('stmw', random.between(24, 31), offset(random, 32), DATA_REGISTER)];
    case 13: return [ppc('addi', count, 0, at), ppc('lwarx', target, DATA_REGISTER, count), ppc('stwcx.', random.pick(FREE), DATA_REGISTER, count)].slice(0, target === count ? 2 : 3);
    case 14: return [ppc('addi', count, 0, at), ppc('ldarx', target, DATA_REGISTER, count), ppc('stdcx.', random.pick(FREE), DATA_REGISTER, count)].slice(0, target === count ? 2 : 3);
    case 15: return [ppc(random.pick(['fcmpu', 'fcmpo']), random.below(8), a, b), ppc('frsp', c, c)];
    default: return [ppc('bl', 4)];
  }
}

function never({ mnemonic }: PpcInstruction): never {
  throw new Error(`${mnemonic} has no operand.`);
}
