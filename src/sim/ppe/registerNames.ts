/** Registers by name and by class, for debuggers and tests. */
import type { PpeRegisters } from './registers.ts';

/** How a register's value is best shown. */
export type RegisterKind = 'integer' | 'address' | 'float' | 'vector' | 'bits';

export interface NamedRegister {
  readonly name: string;
  readonly bits: number;
  readonly kind: RegisterKind;
  readonly get: (registers: PpeRegisters) => bigint;
  /** Takes the value modulo the register's width. */
  readonly set: (registers: PpeRegisters, value: bigint) => void;
}

/** A class of registers: `General`, `Special`, `Condition`, `Floating point`, `Vector`. */
export interface RegisterGroup {
  readonly name: string;
  readonly registers: readonly NamedRegister[];
}

function bank(prefix: string, bits: number, kind: RegisterKind, get: (r: PpeRegisters, n: number) => bigint, set: (r: PpeRegisters, n: number, value: bigint) => void): NamedRegister[] {
  return Array.from({ length: 32 }, (_, n) => ({
    name: `${prefix}${String(n)}`, bits, kind,
    get: (r) => get(r, n),
    set: (r, value) => { set(r, n, value); },
  }));
}

function wide(name: 'pc' | 'lr' | 'ctr'): NamedRegister {
  return { name, bits: 64, kind: name === 'ctr' ? 'integer' : 'address', get: (r) => r[name], set: (r, value) => { r[name] = value; } };
}

function word(name: 'cr' | 'xer' | 'vrsave' | 'fpscr' | 'vscr'): NamedRegister {
  return { name, bits: 32, kind: 'bits', get: (r) => BigInt(r[name]), set: (r, value) => { r[name] = Number(BigInt.asUintN(32, value)); } };
}

const CONDITION_FIELDS: readonly NamedRegister[] = Array.from({ length: 8 }, (_, n) => ({
  name: `cr${String(n)}`, bits: 4, kind: 'bits',
  get: (r) => BigInt(r.crField(n)),
  set: (r, value) => { r.setCrField(n, Number(BigInt.asUintN(4, value))); },
}));

export const PPE_REGISTER_GROUPS: readonly RegisterGroup[] = [
  { name: 'General', registers: bank('r', 64, 'integer', (r, n) => r.gpr(n), (r, n, value) => { r.setGpr(n, value); }) },
  { name: 'Special', registers: [wide('pc'), wide('lr'), wide('ctr'), word('xer'), word('vrsave')] },
  { name: 'Condition', registers: [word('cr'), ...CONDITION_FIELDS] },
  { name: 'Floating point', registers: [...bank('f', 64, 'float', (r, n) => r.fpr(n), (r, n, value) => { r.setFpr(n, value); }), word('fpscr')] },
  { name: 'Vector', registers: [...bank('v', 128, 'vector', (r, n) => r.vr(n), (r, n, value) => { r.setVr(n, value); }), word('vscr')] },
];

const BY_NAME: ReadonlyMap<string, NamedRegister> = new Map(PPE_REGISTER_GROUPS.flatMap((group) => group.registers.map((r) => [r.name, r])));
/** Names of the ABI, of GDB and of the architecture. */
const OTHER_NAMES: ReadonlyMap<string, string> = new Map([['sp', 'r1'], ['toc', 'r2'], ['nip', 'pc'], ['cia', 'pc']]);

/** A register that a user named: `r3`, `$r3`, `%r3`, `lr`, `cr6`, `sp`. Undefined when there is none. */
export function ppeRegister(name: string): NamedRegister | undefined {
  const plain = name.toLowerCase().replace(/^[$%]/, '');
  return BY_NAME.get(OTHER_NAMES.get(plain) ?? plain);
}
