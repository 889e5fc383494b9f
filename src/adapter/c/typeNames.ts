/** Types as users name them: `unsigned long`, `struct point *`, `u32*`. */
import type { DebugInfo } from '../../sim/program/dwarf/debugInfo.ts';
import { type CType, pointerTo, VOID } from '../../sim/program/dwarf/types.ts';
import type { Unit } from '../../sim/program/dwarf/units.ts';
import type { TypeName } from '../evaluate/expression.ts';

/** Base types of the ABI, so that a cast needs no debug information of its own. */
const BASES: readonly (readonly [string, number, Extract<CType, { kind: 'base' }>['encoding']])[] = [
  ['char', 1, 'unsignedCharacter'], ['signed char', 1, 'character'], ['unsigned char', 1, 'unsignedCharacter'],
  ['short', 2, 'signed'], ['unsigned short', 2, 'unsigned'], ['int', 4, 'signed'], ['unsigned', 4, 'unsigned'], ['unsigned int', 4, 'unsigned'],
  ['long', 8, 'signed'], ['unsigned long', 8, 'unsigned'], ['long int', 8, 'signed'], ['long unsigned int', 8, 'unsigned'],
  ['long long', 8, 'signed'], ['unsigned long long', 8, 'unsigned'], ['float', 4, 'float'], ['double', 8, 'float'],
  ['u8', 1, 'unsigned'], ['u16', 2, 'unsigned'], ['u32', 4, 'unsigned'], ['u64', 8, 'unsigned'],
  ['s8', 1, 'signed'], ['s16', 2, 'signed'], ['s32', 4, 'signed'], ['s64', 8, 'signed'], ['f32', 4, 'float'], ['f64', 8, 'float'],
];

/** Undefined where there is no such type. */
export function typeNamed({ name, stars }: TypeName, debug: DebugInfo | undefined, unit: Unit | undefined): CType | undefined {
  const plain = name.replace(/\b(const|volatile|restrict)\b/g, ' ').replace(/\s+/g, ' ').trim();
  const found = plain === 'void' ? VOID : fromProgram(plain, debug, unit) ?? base(plain);
  if (!found) return undefined;
  return Array.from({ length: stars }).reduce<CType>((type) => pointerTo(type), found);
}

function fromProgram(name: string, debug: DebugInfo | undefined, unit: Unit | undefined): CType | undefined {
  const entry = debug?.globals.type(name, unit);
  return entry && debug?.types.ofEntry(entry);
}

function base(name: string): CType | undefined {
  const found = BASES.find(([known]) => known === name);
  return found && { kind: 'base', name: found[0], bytes: found[1], encoding: found[2] };
}
