/** Register groups of both processors as rows. */
import type { RegisterGroup } from '../../sim/ppe/registerNames.ts';
import type { PpeRegisters } from '../../sim/ppe/registers.ts';
import { floatOf } from '../../sim/program/floatBits.ts';
import type { SpuRegisterGroup } from '../../sim/spe/registerNames.ts';
import type { Spe } from '../../sim/spe/spe.ts';
import { type CodeUnit, symbolAt } from '../code/codeUnit.ts';
import { ppeCell, spuCell } from '../evaluate/registerPlaces.ts';
import { mayBeAddress, type MemorySpace } from '../memory/reference.ts';
import { type Container, namedRows, type Row } from './container.ts';
import { formatInteger, formatVector, hex, type NumberFormat } from './format.ts';
import { formatFloat } from './numberText.ts';
import { parseRegisterValue } from './parseValue.ts';
import { laneRows } from './vectorLanes.ts';

type Cell = ReturnType<typeof ppeCell>;

/** What register values may mean: addresses of a memory with symbols. */
export interface AddressMeaning {
  readonly unit: CodeUnit | undefined;
  readonly space: MemorySpace;
}

export function ppeGroup(registers: PpeRegisters, group: RegisterGroup, canSet: boolean, meaning: AddressMeaning): Container {
  return cells(group.registers.map((register) => ppeCell(registers, register, canSet)), meaning, canSet);
}

export function spuGroup(spe: Spe, group: SpuRegisterGroup, canSet: boolean, meaning: AddressMeaning): Container {
  return cells(group.registers.map((register) => spuCell(spe, register, canSet)), meaning, canSet);
}

function cells(all: readonly Cell[], meaning: AddressMeaning, canSet: boolean): Container {
  const set: Container['set'] = (name, text, format) => {
    const cell = all.find((c) => c.name === name);
    if (!cell?.set) return undefined;
    cell.set(parseRegisterValue(cell, text));
    return registerRow(cell, meaning, format);
  };
  return namedRows((format) => all.map((cell) => registerRow(cell, meaning, format)), canSet ? set : undefined);
}

function registerRow(cell: Cell, { unit, space }: AddressMeaning, format: NumberFormat): Row {
  const { name, bits, kind } = cell;
  const value = cell.get();
  const common = { name, evaluateName: `$${name}`, ...(cell.set ? {} : { readOnly: true }) };
  switch (kind) {
    case 'float': return { ...common, value: `${formatFloat(floatOf(value, 8))} (${hex(value, 16)})`, type: 'f64' };
    case 'vector': return { ...common, value: formatVector(value, format), type: 'u32[4]', children: laneRows(cell) };
    case 'bits': return { ...common, value: bitsText(name, value, format, bits), type: `u${String(bits)}` };
    case 'integer':
    case 'address': {
      const symbol = kind === 'address' && unit ? symbolAt(unit, Number(value)) : undefined;
      const shown = formatInteger(value, format, true, bits);
      const code = symbol === undefined ? undefined : unit?.lines.placeOf(Number(value));
      return {
        ...common, value: symbol === undefined ? shown : `${shown} <${symbol}>`, type: `u${String(bits)}`,
        ...(code ? { code } : {}),
        ...(mayBeAddress(value) ? { memory: { space, address: Number(value) } } : {}),
      };
    }
  }
}

const CONDITIONS = ['LT', 'GT', 'EQ', 'SO'] as const;

/** Fields of the condition register in words. */
function bitsText(name: string, value: bigint, format: NumberFormat, bits: number): string {
  const shown = formatInteger(value, format, false, bits);
  if (!/^cr\d$/.test(name)) return shown;
  const set = CONDITIONS.filter((_, bit) => (value & (8n >> BigInt(bit))) !== 0n);
  return set.length === 0 ? shown : `${shown} <${set.join(' ')}>`;
}
