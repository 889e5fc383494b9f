/** Names of MFC commands (facts 6.2). */

const OTHERS: ReadonlyMap<number, string> = new Map([
  [0xd0, 'getllar'], [0xb4, 'putllc'], [0xb0, 'putlluc'], [0xb8, 'putqlluc'],
  [0xa0, 'sndsig'], [0xa1, 'sndsigb'], [0xa2, 'sndsigf'], [0xc0, 'barrier'], [0xc8, 'mfceieio'], [0xcc, 'mfcsync'],
  [0x80, 'sdcrt'], [0x81, 'sdcrtst'], [0x89, 'sdcrz'], [0x8d, 'sdcrst'], [0x8f, 'sdcrf'],
]);

/** `get`, `putlf`, `sndsig`; the opcode in hexadecimal where it is none. */
export function mfcCommandName(opcode: number): string {
  const other = OTHERS.get(opcode);
  if (other !== undefined) return other;
  const base = (opcode & 0xe0) === 0x40 ? 'get' : (opcode & 0xe0) === 0x20 ? 'put' : undefined;
  if (base === undefined) return `0x${opcode.toString(16)}`;
  const result = (opcode & 0x10) !== 0 ? 'r' : '';
  const start = (opcode & 8) !== 0 ? 's' : '';
  const list = (opcode & 4) !== 0 ? 'l' : '';
  const order = (opcode & 2) !== 0 ? 'f' : (opcode & 1) !== 0 ? 'b' : '';
  return `${base}${result}${start}${list}${order}`;
}
