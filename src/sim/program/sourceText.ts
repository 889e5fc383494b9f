import { ProgramErrors } from './program.ts';

/** First bytes of files that people name by mistake, and what to do. */
const MISTAKEN: readonly (readonly [start: readonly number[], sentence: string])[] = [
  [[0x21, 0x3c, 0x61, 0x72, 0x63, 0x68, 0x3e], 'This is a library of object files, not a program; link it into one (powerpc64-linux-gnu-gcc -static).'],
  [[0x1f, 0x8b], 'This file is compressed; unpack it with gunzip.'],
  [[0x50, 0x4b, 3, 4], 'This is a zip archive; unpack it and name the program in it.'],
  [[0x4d, 0x5a], 'This is a Windows program; Refault runs big-endian ppc64 Linux programs (powerpc64-linux-gnu-gcc -static) and assembler source.'],
];
const COMPILED = /\.(c|cc|cpp|cxx|h|hpp)$/i;

/** The text of an assembler source file. Throws `ProgramErrors` with one sentence for what is no such text. */
export function decodeSource(file: string, bytes: Uint8Array): string {
  const refuse = (message: string, line = 0, column = 0): ProgramErrors => new ProgramErrors([{ file, line, column, message }]);
  if (bytes.length === 0) throw refuse('The file is empty; it should be an ELF program or assembler source.');
  const mistaken = MISTAKEN.find(([start]) => start.every((byte, i) => bytes[i] === byte));
  if (mistaken) throw refuse(mistaken[1]);
  if (COMPILED.test(file)) {
    throw refuse('This is C source; compile it (powerpc64-linux-gnu-gcc -mcpu=cell -O1 -g -static) and run the program that comes out.');
  }
  if (bytes.includes(0)) throw refuse('The file is neither an ELF program nor text; Refault runs ELF programs and assembler source.');
  const strange = firstStrangeLine(bytes);
  if (strange > 0) throw refuse('This line is not UTF-8 text; save the file as UTF-8.', strange, 1);
  return new TextDecoder().decode(bytes);
}

/** The number of the first line that is not UTF-8, or 0. */
function firstStrangeLine(bytes: Uint8Array): number {
  if (isUtf8(bytes)) return 0;
  let start = 0;
  for (let line = 1; ; line += 1) {
    const found = bytes.indexOf(0x0a, start);
    const end = found < 0 ? bytes.length : found;
    if (found < 0 || !isUtf8(bytes.subarray(start, end))) return line;
    start = end + 1;
  }
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
