/** Words for instructions that cannot be executed. */
import type { Decoder } from '../engine/isa.ts';
import type { PpcBuilder } from '../ppe/builder.ts';

/** A sentence about the illegal instruction at an address: one that other processors have, a form of one that a Cell has, or none at all. */
export function describeIllegal(decoder: Decoder<PpcBuilder>, word: number | undefined, address: bigint): string {
  const place = `0x${address.toString(16)}`;
  if (word === undefined) return `The instruction at ${place} cannot be read; the program gets SIGILL.`;
  const known = decoder.decode(word);
  const shown = `0x${(word >>> 0).toString(16).padStart(8, '0')}`;
  if (known && !known.meaning) return `A Cell has no instruction "${known.mnemonic}" (${shown}, at ${place}); the program gets SIGILL.`;
  return known
    ? `This form of "${known.mnemonic}" (${shown}, at ${place}) is illegal; the program gets SIGILL.`
    : `There is no instruction ${shown} (at ${place}); the program gets SIGILL.`;
}
