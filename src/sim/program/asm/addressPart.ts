/**
 * `symbol@ha` and its kin: sixteen bits of a 64-bit value (64-bit PowerPC ELF ABI supplement 1.9,
 * section 4.5.1, "Relocation types"). The parts that end in `a` make up for the sign of the part below.
 */
export type AddressPart = keyof typeof ADDRESS_PARTS;

export const ADDRESS_PARTS = {
  l: (value: bigint) => bits(value, 0n),
  h: (value: bigint) => bits(value, 16n),
  ha: (value: bigint) => bits(value + 0x8000n, 16n),
  high: (value: bigint) => bits(value, 16n),
  higha: (value: bigint) => bits(value + 0x8000n, 16n),
  higher: (value: bigint) => bits(value, 32n),
  highera: (value: bigint) => bits(value + 0x8000n, 32n),
  highest: (value: bigint) => bits(value, 48n),
  highesta: (value: bigint) => bits(value + 0x8000n, 48n),
} as const;

export function isAddressPart(name: string): name is AddressPart {
  return Object.hasOwn(ADDRESS_PARTS, name);
}

function bits(value: bigint, from: bigint): bigint {
  return (value >> from) & 0xffffn;
}
