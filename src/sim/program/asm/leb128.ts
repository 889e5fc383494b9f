/** Little-endian base 128 numbers (DWARF 4, section 7.6). Unsigned ones take the value's low 64 bits. */
export function leb128Bytes(value: bigint, signed: boolean): Uint8Array {
  const bytes: number[] = [];
  let rest = signed ? value : BigInt.asUintN(64, value);
  for (;;) {
    const low = Number(rest & 0x7fn);
    rest >>= 7n;
    const done = signed ? (rest === 0n && low < 0x40) || (rest === -1n && low >= 0x40) : rest === 0n;
    bytes.push(done ? low : low | 0x80);
    if (done) return Uint8Array.from(bytes);
  }
}
