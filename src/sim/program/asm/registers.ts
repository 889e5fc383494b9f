/** Register names in operands. Plain numbers do as well everywhere, as in GNU as. */
import type { OperandKind } from '../../engine/isa.ts';
import { CHANNEL, REGISTER } from '../../spe/assemblerNames.ts';
import type { InstructionSetName } from '../program.ts';
import { nearest } from './suggestion.ts';

/** What the operands of one kind are, for messages. */
export const OPERAND_TITLES: Readonly<Record<OperandKind, string>> = {
  gpr: 'a general register (r0 to r31)',
  fpr: 'a floating-point register (f0 to f31)',
  vr: 'a vector register (v0 to v31)',
  crField: 'a condition-register field (cr0 to cr7)',
  crBit: 'a condition-register bit (such as eq or 4*cr1+eq)',
  spr: 'a special-purpose register (such as lr)',
  immediate: 'a number',
  target: 'a label',
  spuRegister: 'a register ($0 to $127)',
  channel: 'a channel (such as $ch29 or $SPU_RdInMbox)',
  spuSpecial: 'a special-purpose register ($sp0 to $sp127)',
};

/** PowerPC architecture book I 1.3 and book III; Cell BE Handbook appendix for the implementation's own. */
const SPECIAL_PURPOSE: Readonly<Record<string, number>> = {
  xer: 1, lr: 8, ctr: 9, dsisr: 18, dar: 19, dec: 22, sdr1: 25, srr0: 26, srr1: 27, cfar: 28,
  ctrl: 136, vrsave: 256, tb: 268, tbl: 268, tbu: 269, sprg0: 272, sprg1: 273, sprg2: 274, sprg3: 275, asr: 280, ear: 282, pvr: 287,
};

const CONDITION_BITS: Readonly<Record<string, number>> = { lt: 0, gt: 1, eq: 2, so: 3, un: 3 };
const STACK_POINTER = 1;
const TOC_POINTER = 2;

const NO_NAMES: ReadonlyMap<string, number> = new Map();
const GENERAL = numbered(['r', 'r.'], 32, { sp: STACK_POINTER, 'r.sp': STACK_POINTER, rtoc: TOC_POINTER, 'r.toc': TOC_POINTER, toc: TOC_POINTER });
const CONDITION_FIELDS = numbered(['cr', 'cr.'], 8);

/** Register numbers by lower-case name without `%` or `$`, for each kind of operand. */
const NAMES: Readonly<Record<OperandKind, ReadonlyMap<string, number>>> = {
  gpr: GENERAL,
  fpr: numbered(['f', 'f.', 'fr'], 32),
  vr: numbered(['v', 'v.', 'vr'], 32),
  crField: CONDITION_FIELDS,
  crBit: new Map([...CONDITION_FIELDS, ...Object.entries(CONDITION_BITS)]),
  spr: new Map(Object.entries(SPECIAL_PURPOSE)),
  spuRegister: numbered([''], 128, REGISTER),
  channel: numbered(['', 'ch'], 128, Object.fromEntries(Object.entries(CHANNEL).map(([name, number]) => [name.toLowerCase(), number]))),
  spuSpecial: numbered(['', 'sp'], 128),
  immediate: NO_NAMES,
  target: NO_NAMES,
};

const NUMBER_OF_CHANNEL: ReadonlyMap<string, bigint> = new Map(Object.entries(CHANNEL).map(([name, number]) => [name, BigInt(number)]));

/** The names of the registers that an operand of this kind takes, as they are written. */
export function registerNames(isa: InstructionSetName, kind: OperandKind): readonly string[] {
  if (kind === 'channel') return [...Object.keys(CHANNEL).map((name) => `$${name}`), ...[...NAMES.channel.keys()].filter((name) => /^ch\d/.test(name)).map((name) => `$${name}`)];
  const names = [...NAMES[kind].keys()].filter((name) => !name.includes('.'));
  return isa === 'ppc' ? names : names.map((name) => `$${name}`);
}

function numbered(prefixes: readonly string[], count: number, others: Readonly<Record<string, number>> = {}): ReadonlyMap<string, number> {
  const names = new Map(Object.entries(others));
  for (const prefix of prefixes) {
    for (let number = 0; number < count; number++) names.set(prefix + String(number), number);
  }
  return names;
}

/** The number of a channel by its name in the case that it is written in, which is a constant in expressions too. */
export function channelNumber(name: string): bigint | undefined {
  return NUMBER_OF_CHANNEL.get(name);
}

/** The number that a name has in an operand of this kind, or undefined. */
export function registerNumber(kind: OperandKind, name: string): number | undefined {
  const names = NAMES[kind];
  const plain = name.startsWith('%') || name.startsWith('$') ? name.slice(1) : name;
  return names.get(plain) ?? names.get(plain.toLowerCase());
}

/** A longer name (of a channel or a special register) that was probably meant; numbered ones differ in too little. */
export function nearestRegister(kind: OperandKind, name: string): string | undefined {
  const plain = name.replace(/^[%$]/, '');
  const names = kind === 'channel' ? Object.keys(CHANNEL) : [...NAMES[kind].keys()].filter((known) => !/\d/.test(known));
  const similar = nearest(plain, names);
  return similar === undefined ? undefined : name.slice(0, name.length - plain.length) + similar;
}

const KINDS: Readonly<Record<InstructionSetName, readonly OperandKind[]>> = {
  ppc: ['gpr', 'fpr', 'vr', 'crField', 'crBit', 'spr'],
  spu: ['spuRegister', 'channel', 'spuSpecial'],
};

/** The kind of register that a name is, or undefined when it is none. */
export function registerKind(isa: InstructionSetName, name: string): OperandKind | undefined {
  if (isa === 'spu' && !name.startsWith('$')) return undefined;
  return KINDS[isa].find((kind) => registerNumber(kind, name) !== undefined);
}
