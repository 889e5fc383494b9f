/** The SPU's registers by name and by class, for debuggers and tests. */
import { REGISTER } from './assemblerNames.ts';
import { REGISTER_COUNT } from './layout.ts';
import type { SpuRegisters } from './registers.ts';

export interface NamedSpuRegister {
  readonly name: string;
  readonly bits: number;
  /** How its value is best shown. */
  readonly kind: 'address' | 'vector' | 'bits';
  readonly get: (registers: SpuRegisters) => bigint;
  /** Takes the value modulo the register's width. */
  readonly set: (registers: SpuRegisters, value: bigint) => void;
}

export interface SpuRegisterGroup {
  readonly name: string;
  readonly registers: readonly NamedSpuRegister[];
}

const GENERAL: readonly NamedSpuRegister[] = Array.from({ length: REGISTER_COUNT }, (_, n) => ({
  name: `r${String(n)}`, bits: 128, kind: 'vector',
  get: (r) => r.get(n),
  set: (r, value) => { r.set(n, value); },
}));

function address(name: 'pc' | 'srr0'): NamedSpuRegister {
  return { name, bits: 32, kind: 'address', get: (r) => BigInt(r[name]), set: (r, value) => { r[name] = Number(BigInt.asUintN(32, value)); } };
}

export const SPU_REGISTER_GROUPS: readonly SpuRegisterGroup[] = [
  { name: 'General', registers: GENERAL },
  {
    name: 'Special',
    registers: [
      address('pc'),
      address('srr0'),
      { name: 'fpscr', bits: 128, kind: 'bits', get: (r) => r.fpscr, set: (r, value) => { r.fpscr = value; } },
    ],
  },
];

const BY_NAME: ReadonlyMap<string, NamedSpuRegister> = new Map(SPU_REGISTER_GROUPS.flatMap((group) => group.registers.map((r) => [r.name, r])));
/** Names of GNU as and of GDB. */
const OTHER_NAMES: ReadonlyMap<string, string> = new Map([
  ...Object.entries(REGISTER).map(([name, n]) => [name, `r${String(n)}`] as const),
  ['npc', 'pc'],
]);

/** A register that a user named: `r3`, `$3`, `$sp`, `pc`. Undefined when there is none. */
export function spuRegister(name: string): NamedSpuRegister | undefined {
  const plain = name.toLowerCase().replace(/^\$(?=\d)/, 'r').replace(/^\$/, '');
  return BY_NAME.get(OTHER_NAMES.get(plain) ?? plain);
}
