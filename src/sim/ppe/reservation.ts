/**
 * Load-and-reserve and store-conditional (Book II, section 1.7.3.1). A reservation belongs
 * to the hardware thread; the machine takes it away when something else writes its block. A
 * Cell does not compare the addresses of the pair (vectors README).
 */
import { i32 } from '../engine/expr.ts';
import { x, xWith } from './encodings.ts';
import { insn, type PpcInstruction } from './insn.ts';

function loadAndReserve(mnemonic: string, number: number, bytes: 4 | 8, what: string): PpcInstruction {
  return insn(mnemonic, x(31, number), 'rt ra0 rb eh', `Loads a ${what} and reserves its block.`, ({ rt, ra0, rb }, b) => {
    const ea = b.let(ra0.plus(rb));
    b.requireAligned(ea, bytes);
    const value = b.load(ea, bytes);
    b.reservationAddress.set(ea);
    b.reservationValid.set(i32(1));
    rt.set(value);
  });
}

function storeConditional(mnemonic: string, number: number, bytes: 4 | 8, what: string): PpcInstruction {
  return insn(mnemonic, xWith(31, number, 1), 'rs ra0 rb', `Stores a ${what} if the reservation still holds; CR0 says whether.`, ({ rs, ra0, rb }, b) => {
    const ea = b.let(ra0.plus(rb));
    b.requireAligned(ea, bytes);
    const holds = b.let(b.reservationValid);
    b.if(holds, () => { b.store(ea, bytes, rs); });
    b.crField(0).set(b.conditions(i32(0), i32(0), holds, b.so));
    b.reservationValid.set(i32(0));
  });
}

export const RESERVATION: readonly PpcInstruction[] = [
  loadAndReserve('lwarx', 20, 4, 'word'),
  loadAndReserve('ldarx', 84, 8, 'doubleword'),
  storeConditional('stwcx.', 150, 4, 'word'),
  storeConditional('stdcx.', 214, 8, 'doubleword'),
];
