/** The parts of a 128-bit register: words, halfwords, bytes, doublewords, and both kinds of floats. */
import { floatOf } from '../../sim/program/floatBits.ts';
import type { ppeCell } from '../evaluate/registerPlaces.ts';
import { type Container, namedRows, type Row } from './container.ts';
import { formatLane, type NumberFormat } from './format.ts';
import { formatFloat } from './numberText.ts';
import { parseInteger } from './parseValue.ts';

type Cell = ReturnType<typeof ppeCell>;

const VECTOR_BITS = 128;
const LANES = [
  { name: 'words', letter: 'w', bits: 32 }, { name: 'halfwords', letter: 'h', bits: 16 },
  { name: 'bytes', letter: 'b', bits: 8 }, { name: 'doublewords', letter: 'd', bits: 64 },
] as const;

export function laneRows(cell: Cell): Container {
  return namedRows((format) => {
    const value = cell.get();
    const kinds = LANES.map(({ name, letter, bits }): Row => ({
      name,
      value: `{${lanes(value, bits).map((lane) => formatLane(lane, bits, format)).join(' ')}}`,
      type: `u${String(bits)}[${String(VECTOR_BITS / bits)}]`,
      readOnly: true,
      children: laneContainer(cell, letter, bits),
    }));
    const floats: Row = { name: 'floats', value: `{${lanes(value, 32).map((lane) => formatFloat(floatOf(lane, 4))).join(' ')}}`, type: 'f32[4]', readOnly: true };
    const doubles: Row = { name: 'doubles', value: `{${lanes(value, 64).map((lane) => formatFloat(floatOf(lane, 8))).join(' ')}}`, type: 'f64[2]', readOnly: true };
    return [...kinds, floats, doubles];
  });
}

function laneContainer(cell: Cell, letter: string, bits: number): Container {
  const row = (lane: number, format: NumberFormat): Row => ({
    name: `[${String(lane)}]`, value: formatLane(lanes(cell.get(), bits)[lane] ?? 0n, bits, format), type: `u${String(bits)}`, evaluateName: `$${cell.name}.${letter}${String(lane)}`,
  });
  return namedRows((format) => Array.from({ length: VECTOR_BITS / bits }, (_, lane) => row(lane, format)), (name, text, format) => {
    const lane = Number(/^\[(\d+)\]$/.exec(name)?.[1] ?? NaN);
    if (!cell.set || !(lane < VECTOR_BITS / bits)) return undefined;
    const shift = BigInt(VECTOR_BITS - bits * (lane + 1));
    const mask = ((1n << BigInt(bits)) - 1n) << shift;
    cell.set((cell.get() & ~mask) | (parseInteger(text, bits, name) << shift));
    return row(lane, format);
  });
}

/** Lane 0 is the leftmost: the lowest address in memory. */
function lanes(value: bigint, bits: number): bigint[] {
  return Array.from({ length: VECTOR_BITS / bits }, (_, lane) => BigInt.asUintN(bits, value >> BigInt(VECTOR_BITS - bits * (lane + 1))));
}
