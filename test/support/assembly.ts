/** Assembling in tests. */
import { assemble, type Assembly } from '../../src/sim/program/asm/assemble.ts';
import { PPC } from '../../src/sim/ppe/instructionSet.ts';
import { SPU } from '../../src/sim/spe/instructionSet.ts';
import { type Program, type ProgramError, ProgramErrors, type Segment } from '../../src/sim/program/program.ts';

const TABLES = { ppc: PPC, spu: SPU } as const;

/** Files by path; the first is assembled unless `main` names others, the rest can be included. */
export type Files = Readonly<Record<string, string | Uint8Array>>;

export function assembleFiles(files: Files, main: readonly string[] = Object.keys(files).slice(0, 1)): Assembly {
  const utf8 = { encode: new TextEncoder(), decode: new TextDecoder() };
  const bytes = (path: string): Uint8Array | undefined => {
    const content = files[path];
    return typeof content === 'string' ? utf8.encode.encode(content) : content;
  };
  const text = (path: string): string => utf8.decode.decode(bytes(path));
  return assemble('program', main.map((path) => ({ path, text: text(path) })), TABLES, {
    bytes,
    text: (path) => (files[path] === undefined ? undefined : { path, text: text(path) }),
  });
}

export function assembleText(text: string, path = 'test.s'): Program {
  return assembleFiles({ [path]: text }).program;
}

/** What is wrong with a source: `line:column message` for each error. */
export function mistakesIn(text: string, path = 'test.s'): string[] {
  return errorsOf(() => assembleText(text, path)).map(({ line, column, message }) => `${String(line)}:${String(column)} ${message}`);
}

export function errorsOf(make: () => unknown): readonly ProgramError[] {
  try {
    make();
  } catch (error) {
    if (error instanceof ProgramErrors) return error.errors;
    throw error;
  }
  return [];
}

/** Bytes of the data that a few lines make, as hex. */
export function dataOf(lines: string): string {
  const program = assembleText(`\t.globl _start\n_start:\tnop\n\t.data\n${lines}\n`);
  return hex(program.segments.find(({ writable }) => writable)?.bytes ?? new Uint8Array(0));
}

export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

export function addressOfSymbol({ symbols }: Pick<Program, 'symbols'>, name: string): number | undefined {
  return symbols.find((symbol) => symbol.name === name)?.address;
}

/** A byte of memory as the loader makes it; undefined outside the segments. */
export function byteAt(segments: readonly Segment[], address: number): number | undefined {
  const segment = segments.find((s) => address >= s.address && address < s.address + s.memorySize);
  return segment && (segment.bytes[address - segment.address] ?? 0);
}
