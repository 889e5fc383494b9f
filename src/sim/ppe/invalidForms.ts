/**
 * Invalid forms of loads (Book I, sections 3.3.2 to 3.3.6): words whose registers do not go
 * together. A Cell executes them; assemblers refuse them and disassemblers write them as data.
 */
import { unsignedBits } from './bits.ts';
import type { PpcInstruction } from './insn.ts';

type Invalid = NonNullable<PpcInstruction['invalid']>;

const rt = (word: number): number => unsignedBits(word, 21, 5);
const ra = (word: number): number => unsignedBits(word, 16, 5);
const rb = (word: number): number => unsignedBits(word, 11, 5);

/** Stores and floating-point loads that update their base. */
export const updatesZero: Invalid = (word) => (ra(word) === 0 ? 'The base, which becomes the address, must not be r0.' : undefined);

/** Loads that update their base. */
export const updatesTarget: Invalid = (word) =>
  updatesZero(word) ?? (ra(word) === rt(word) ? 'The base, which becomes the address, must not be the register that is loaded.' : undefined);

/** `lmw` */
export const loadsBase: Invalid = (word) => (ra(word) >= rt(word) ? 'The base must not be among the registers that are loaded.' : undefined);

/** `lswi` */
export const loadsBaseFirst: Invalid = (word) => (ra(word) === rt(word) ? 'The base must not be the first register that is loaded.' : undefined);

/** `lswx` */
export const loadsAddressFirst: Invalid = (word) =>
  loadsBaseFirst(word) ?? (rb(word) === rt(word) ? 'The index must not be the first register that is loaded.' : undefined);
