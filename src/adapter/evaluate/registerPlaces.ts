/** Registers as places of expressions, parts of vector registers (`v3.w0`, `r3.b15`) included. */
import { type NamedRegister, ppeRegister } from '../../sim/ppe/registerNames.ts';
import type { PpeRegisters } from '../../sim/ppe/registers.ts';
import type { InstructionSetName } from '../../sim/program/program.ts';
import { floatBits, floatOf } from '../../sim/program/floatBits.ts';
import { type NamedSpuRegister, spuRegister } from '../../sim/spe/registerNames.ts';
import { writeNextProgramCounter } from '../../sim/spe/run.ts';
import { SPU_STATUS, type Spe } from '../../sim/spe/spe.ts';
import { notCodeAddress } from '../code/codeAddress.ts';
import type { Place } from './evaluate.ts';
import { ExpressionError } from './expression.ts';
import { asInteger, integer, plainOf, type Value } from './value.ts';

/** A register of one processor with its state, which either can be set or not. */
interface Cell {
  readonly name: string;
  readonly bits: number;
  readonly kind: NamedRegister['kind'];
  readonly get: () => bigint;
  readonly set: ((value: bigint) => void) | undefined;
}

const LANE_BITS: Readonly<Record<string, number>> = { b: 8, h: 16, w: 32, d: 64 };
const VECTOR_BITS = 128;
/** Bit 0 of SPU_NPC. */
const INTERRUPTS_ENABLED = 1;

export function ppePlace(registers: PpeRegisters, name: string, canSet: boolean): Place | undefined {
  return withLane(name, (plain) => {
    const register = ppeRegister(plain);
    return register && placeOf(ppeCell(registers, register, canSet), false);
  });
}

export function spuPlace(spe: Spe, name: string, canSet: boolean): Place | undefined {
  return withLane(name, (plain) => {
    const register = spuRegister(plain);
    return register && placeOf(spuCell(spe, register, canSet), true);
  });
}

export function ppeCell(registers: PpeRegisters, { name, bits, kind, get, set }: NamedRegister, canSet: boolean): Cell {
  const write = (value: bigint): void => {
    if (name === 'pc') checkCodeAddress('ppc', value);
    set(registers, value);
  };
  return { name, bits, kind, get: () => get(registers), set: canSet ? write : undefined };
}

/** The program counter of an SPU that is stopped is SPU_NPC, where it will start. */
export function spuCell(spe: Spe, { name, bits, kind, get, set }: NamedSpuRegister, canSet: boolean): Cell {
  const { registers, state: { run } } = spe;
  const isNext = name === 'pc' && (run.status & SPU_STATUS.running) === 0;
  const write = (value: bigint): void => {
    if (name === 'pc') checkCodeAddress('spu', value);
    if (isNext) writeNextProgramCounter(spe, Number(value));
    else set(registers, value);
  };
  return { name, bits, kind, get: () => (isNext ? BigInt(run.npc & ~INTERRUPTS_ENABLED) : get(registers)), set: canSet ? write : undefined };
}

function checkCodeAddress(isa: InstructionSetName, value: bigint): void {
  const reason = notCodeAddress(isa, value);
  if (reason !== undefined) throw new ExpressionError(reason);
}

function placeOf({ name, bits, kind, get, set }: Cell, preferred: boolean): Place {
  const value = (): Value => {
    if (kind === 'float') return { kind: 'float', value: floatOf(get(), 8) };
    return kind === 'vector' ? { kind: 'vector', value: get(), preferred } : integer(get(), bits);
  };
  if (!set) return { get: value };
  return {
    get: value,
    set: (given) => { set(bitsFor(name, bits, kind, plainOf(given))); },
  };
}

function bitsFor(name: string, bits: number, kind: Cell['kind'], given: Value): bigint {
  if (kind === 'float') return floatBits(given.kind === 'float' ? given.value : Number(asInteger(given)), 8);
  const value = given.kind === 'vector' ? given.value : asInteger(given);
  if (value >= 1n << BigInt(bits) || value < -(1n << BigInt(bits - 1))) {
    throw new ExpressionError(`The value has more than the ${String(bits)} bits of ${name}.`);
  }
  return BigInt.asUintN(bits, value);
}

/** Splits `v3.w1` into the register and the lane; lane 0 is the leftmost. */
function withLane(name: string, find: (name: string) => Place | undefined): Place | undefined {
  const [, plain = '', size = '', lane = ''] = /^(\$?\w+)\.([bhwd])(\d+)$/.exec(name) ?? [];
  if (plain === '') return find(name);
  const whole = find(plain);
  const bits = LANE_BITS[size] ?? VECTOR_BITS;
  const shift = BigInt(VECTOR_BITS - bits * (Number(lane) + 1));
  if (!whole || shift < 0n || whole.get().kind !== 'vector') return undefined;
  const vector = (): bigint => {
    const value = whole.get();
    return value.kind === 'vector' ? value.value : 0n;
  };
  const { set } = whole;
  const get = (): Value => integer(vector() >> shift, bits);
  if (!set) return { get };
  return {
    get,
    set: (given) => {
      const mask = ((1n << BigInt(bits)) - 1n) << shift;
      const part = BigInt.asUintN(bits, asInteger(given)) << shift;
      set({ kind: 'vector', value: (vector() & ~mask) | part, preferred: false });
    },
  };
}
