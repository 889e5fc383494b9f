/**
 * Instruction vectors: files of expected results that other implementations made
 * (`test/vectors/README.md`). Reads them, and judges what an instruction set's half
 * (`vectorsPpc.ts`, `vectorsSpu.ts`) makes of each.
 */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';

/** Registers by name; the values are unsigned. */
export type RegisterValues = ReadonlyMap<string, bigint>;
/** Bytes by address. */
export type MemoryBytes = ReadonlyMap<bigint, Uint8Array>;

export interface Vector {
  readonly id: string;
  readonly mnemonic: string;
  /** GNU source text. */
  readonly source: string;
  readonly words: readonly number[];
  /** What objdump prints for the words, blanks collapsed. */
  readonly text: string;
  readonly pc: bigint | undefined;
  /** Absent in files that only tell encodings. */
  readonly execution: Execution | undefined;
}

export interface Execution {
  readonly before: RegisterValues;
  readonly after: RegisterValues;
  /** `after` lists all that a suite printed, and says nothing about other registers. */
  readonly isPartial: boolean;
  /** Bits to compare. */
  readonly masks: RegisterValues;
  readonly memoryBefore: MemoryBytes;
  readonly memoryAfter: MemoryBytes;
  readonly isApproximate: boolean;
}

export type Verdict =
  | { readonly kind: 'passed' }
  | { readonly kind: 'failed'; readonly why: string }
  /** The instruction has no meaning yet, or only an estimate is known. */
  | { readonly kind: 'notRun' };

/** What an instruction set does with its vectors. */
export interface VectorRunner {
  /** @throws VectorFileError where the vector asks for what the processor does not have. */
  run(vector: Vector, execution: Execution): Verdict;
  /** What our disassembler prints for the words; targets as the vector has them. */
  disassemble(vector: Vector): string;
}

export interface FileResult {
  readonly file: string;
  readonly passed: number;
  readonly failures: readonly { readonly id: string; readonly why: string }[];
  /** Number of vectors not run, by mnemonic. */
  readonly notRun: ReadonlyMap<string, number>;
}

/** A vector file that cannot be used; the message is a sentence for the user. */
export class VectorFileError extends Error {}

const COMPRESSED = /\.json(?:\.br|\.gz)?$/;

/** The vector files of a folder, without their paths, in order. */
export function vectorFiles(folder: string): string[] {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    throw new VectorFileError(`The folder "${folder}" cannot be read; name a folder of vector files.`);
  }
  const files = names.filter((name) => COMPRESSED.test(name)).sort();
  if (files.length === 0) throw new VectorFileError(`The folder "${folder}" holds no vector files (*.json, *.json.br, *.json.gz).`);
  return files;
}

/** Name of a vector file as it was before compression. */
export function plainName(file: string): string {
  return path.basename(file).replace(/\.(?:br|gz)$/, '');
}

export function readVectors(file: string): Vector[] {
  const name = plainName(file);
  let parsed: unknown;
  try {
    const bytes = readFileSync(file);
    const text = file.endsWith('.br') ? brotliDecompressSync(bytes) : file.endsWith('.gz') ? gunzipSync(bytes) : bytes;
    parsed = JSON.parse(text.toString('utf8'));
  } catch (error) {
    throw new VectorFileError(`${name}: not a JSON file (${error instanceof Error ? error.message : String(error)}).`);
  }
  if (!Array.isArray(parsed)) throw new VectorFileError(`${name}: not a list of vectors; a vector file is one JSON array.`);
  return parsed.map((entry: unknown, index) => vectorOf(name, index, entry));
}

type Entry = Readonly<Record<string, unknown>>;

function vectorOf(file: string, index: number, entry: unknown): Vector {
  const fields = isRecord(entry) ? entry : {};
  const { id } = fields;
  const place = `${file}: vector ${typeof id === 'string' ? id : `number ${String(index + 1)}`}`;
  const text = (key: string): string => {
    const value = fields[key];
    if (typeof value !== 'string') throw new VectorFileError(`${place} has no "${key}".`);
    return value;
  };
  const words = text('enc').split(' ').map((word) => Number(hex(place, 'enc', word, 32)) | 0);
  return {
    id: text('id'), mnemonic: text('mn'), source: text('asm'), words, text: text('dis'),
    pc: fields['pc'] === undefined ? undefined : hex(place, 'pc', fields['pc'], 64),
    execution: fields['in'] === undefined ? undefined : executionOf(place, fields),
  };
}

function executionOf(place: string, fields: Entry): Execution {
  const { flags } = fields;
  return {
    before: registers(place, 'in', fields['in']),
    after: registers(place, 'out', fields['out']),
    isPartial: fields['src'] !== undefined,
    masks: registers(place, 'mask', fields['mask'] ?? {}),
    memoryBefore: memory(place, fields['mem'] ?? fields['ls'] ?? {}),
    memoryAfter: memory(place, fields['memout'] ?? fields['lsout'] ?? {}),
    isApproximate: typeof flags === 'string' && flags.split(',').includes('approx'),
  };
}

function registers(place: string, key: string, value: unknown): RegisterValues {
  if (!isRecord(value)) throw new VectorFileError(`${place}: "${key}" is not an object of registers.`);
  return new Map(Object.entries(value).map(([name, digits]) => [name, hex(place, `${key}.${name}`, typeof digits === 'number' ? String(digits) : digits, 128)]));
}

function memory(place: string, value: unknown): MemoryBytes {
  if (!isRecord(value)) throw new VectorFileError(`${place}: its memory is not an object of addresses.`);
  return new Map(Object.entries(value).map(([address, digits]) => {
    if (typeof digits !== 'string' || !/^(?:[0-9a-f]{2})+$/i.test(digits)) throw new VectorFileError(`${place}: the memory at ${address} is not a string of hex bytes.`);
    return [hex(place, 'address', address, 64), Uint8Array.from(digits.match(/../g) ?? [], (byte) => parseInt(byte, 16))];
  }));
}

function hex(place: string, key: string, value: unknown, bits: number): bigint {
  if (typeof value !== 'string' || !/^[0-9a-f]+$/i.test(value) || value.length * 4 > bits) {
    throw new VectorFileError(`${place}: "${key}" is not a hex number of at most ${bits} bits.`);
  }
  return BigInt(`0x${value}`);
}

function isRecord(value: unknown): value is Entry {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Runs all vectors of a file; those without an execution are judged by their disassembly. */
export function judgeFile(file: string, vectors: readonly Vector[], runner: VectorRunner): FileResult {
  try {
    return judgeAll(plainName(file), vectors, runner);
  } catch (error) {
    if (!(error instanceof VectorFileError)) throw error;
    throw new VectorFileError(`${plainName(file)}: ${error.message}`);
  }
}

function judgeAll(file: string, vectors: readonly Vector[], runner: VectorRunner): FileResult {
  let passed = 0;
  const failures: { id: string; why: string }[] = [];
  const notRun = new Map<string, number>();
  for (const vector of vectors) {
    const verdict = vector.execution ? runner.run(vector, vector.execution) : judgeText(vector, runner);
    if (verdict.kind === 'passed') passed += 1;
    else if (verdict.kind === 'failed') failures.push({ id: vector.id, why: verdict.why });
    else notRun.set(vector.mnemonic, (notRun.get(vector.mnemonic) ?? 0) + 1);
  }
  return { file, passed, failures, notRun };
}

export function judgeText(vector: Vector, runner: VectorRunner): Verdict {
  const text = runner.disassemble(vector);
  return text === vector.text ? { kind: 'passed' } : { kind: 'failed', why: `disassembles to "${text}", not "${vector.text}"` };
}

/** Compares registers under the vector's masks; names what differs first. */
export function compareRegisters({ before, after, isPartial, masks }: Execution, names: Iterable<string>, read: (name: string) => bigint): string | undefined {
  for (const name of names) {
    if (isPartial && !after.has(name)) continue;
    const mask = masks.get(name) ?? -1n;
    const expected = after.get(name) ?? before.get(name) ?? 0n;
    const found = read(name);
    if (((found ^ expected) & mask) !== 0n) return `${name} is ${found.toString(16)}, not ${expected.toString(16)}`;
  }
  return undefined;
}
