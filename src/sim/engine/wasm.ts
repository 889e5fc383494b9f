/** Writes WebAssembly's binary format: numbers, instructions with named labels, whole modules. */
import type { ValueType } from './node.ts';
import { OP } from './opcodes.ts';

/** An open `block`, `loop` or `if` that branches can name. */
export interface Label {
  readonly level: number;
}

const TYPE_CODE: Readonly<Record<ValueType, number>> = { i32: 0x7f, i64: 0x7e, f32: 0x7d, f64: 0x7c, v128: 0x7b };
const EMPTY_TYPE = 0x40;

/** A growing byte string. */
export class ByteWriter {
  private buffer = new Uint8Array(256);
  private used = 0;

  /** A copy of what was written. */
  get bytes(): Uint8Array<ArrayBuffer> {
    return this.buffer.slice(0, this.used);
  }

  byte(value: number): void {
    if (this.used === this.buffer.length) this.reserve(1);
    this.buffer[this.used++] = value;
  }

  raw(bytes: ArrayLike<number>): void {
    this.reserve(bytes.length);
    this.buffer.set(bytes, this.used);
    this.used += bytes.length;
  }

  /** Unsigned LEB128. */
  unsigned(value: number): void {
    let rest = value >>> 0;
    for (; rest > 0x7f; rest >>>= 7) this.byte((rest & 0x7f) | 0x80);
    this.byte(rest);
  }

  /** Signed LEB128 of 32 bits. */
  signed(value: number): void {
    let rest = value | 0;
    for (; rest < -64 || rest > 63; rest >>= 7) this.byte((rest & 0x7f) | 0x80);
    this.byte(rest & 0x7f);
  }

  /** Signed LEB128 of 64 bits. */
  signed64(value: bigint): void {
    let rest = BigInt.asIntN(64, value);
    for (; rest < -64n || rest > 63n; rest >>= 7n) this.byte(Number(rest & 0x7fn) | 0x80);
    this.byte(Number(rest & 0x7fn));
  }

  /** A counted vector. */
  vector<T>(items: readonly T[], write: (item: T) => void): void {
    this.unsigned(items.length);
    items.forEach(write);
  }

  name(text: string): void {
    this.vector([...new TextEncoder().encode(text)], (byte) => { this.byte(byte); });
  }

  private reserve(more: number): void {
    if (this.used + more <= this.buffer.length) return;
    const grown = new Uint8Array(Math.max(this.buffer.length * 2, this.used + more));
    grown.set(this.buffer);
    this.buffer = grown;
  }
}

/** The instructions of one function. */
export class CodeWriter extends ByteWriter {
  private depth = 0;

  /** Any instruction without immediates, or whose immediates follow as bytes. */
  op(opcode: number, immediates: readonly number[] = []): void {
    if (opcode > 0xff) {
      this.byte(opcode >>> 16);
      this.unsigned(opcode & 0xffff);
    } else {
      this.byte(opcode);
    }
    for (const immediate of immediates) this.byte(immediate);
  }

  /** A load or store at the address on the stack plus `offset`. */
  memory(opcode: number, offset: number, lane?: number): void {
    this.op(opcode);
    this.unsigned(0);
    this.unsigned(offset);
    if (lane !== undefined) this.byte(lane);
  }

  i32(value: number): void { this.byte(OP.i32Const); this.signed(value); }
  i64(value: bigint): void { this.byte(OP.i64Const); this.signed64(value); }
  f32(value: number): void { this.byte(OP.f32Const); this.raw(new Uint8Array(new Float32Array([value]).buffer)); }
  f64(value: number): void { this.byte(OP.f64Const); this.raw(new Uint8Array(new Float64Array([value]).buffer)); }
  v128(bytes: readonly number[]): void { this.op(OP.v128Const, bytes); }

  get(local: number): void { this.byte(OP.localGet); this.unsigned(local); }
  set(local: number): void { this.byte(OP.localSet); this.unsigned(local); }
  tee(local: number): void { this.byte(OP.localTee); this.unsigned(local); }
  call(functionIndex: number): void { this.byte(OP.call); this.unsigned(functionIndex); }

  block(): Label { return this.open(OP.block); }
  loop(): Label { return this.open(OP.loop); }
  if(): Label { return this.open(OP.if); }
  else(): void { this.byte(OP.else); }
  end(): void { this.depth--; this.byte(OP.end); }

  br(label: Label): void { this.byte(OP.br); this.unsigned(this.depth - label.level); }
  brIf(label: Label): void { this.byte(OP.brIf); this.unsigned(this.depth - label.level); }
  brTable(labels: readonly Label[], otherwise: Label): void {
    this.byte(OP.brTable);
    this.vector(labels, (label) => { this.unsigned(this.depth - label.level); });
    this.unsigned(this.depth - otherwise.level);
  }

  private open(opcode: number): Label {
    this.byte(opcode);
    this.byte(EMPTY_TYPE);
    return { level: ++this.depth };
  }
}

export interface FunctionType {
  readonly params: readonly ValueType[];
  readonly results: readonly ValueType[];
}

export interface DefinedFunction extends FunctionType {
  readonly locals: readonly ValueType[];
  /** The instructions without the final `end`. */
  readonly code: Uint8Array;
  readonly exported?: string;
}

export interface ModuleParts {
  /** Smallest size of the imported memory, in pages of 64 KiB. */
  readonly memoryPages: number;
  /** Imported functions come first in the function index space, then the module's own. */
  readonly imports: readonly (FunctionType & { readonly name: string })[];
  readonly functions: readonly DefinedFunction[];
}

/** Module and field names of the imports: everything is in `host`, the memory is `host.memory`. */
export const IMPORT_MODULE = 'host';
export const IMPORT_MEMORY = 'memory';

/** Puts a module together from its functions; imports and exports have the given names. */
export function assembleModule({ memoryPages, imports, functions }: ModuleParts): Uint8Array<ArrayBuffer> {
  const out = new ByteWriter();
  out.raw([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
  section(out, 1, (s) => {
    s.vector([...imports, ...functions], ({ params, results }) => {
      s.byte(0x60);
      s.vector(params, (type) => { s.byte(TYPE_CODE[type]); });
      s.vector(results, (type) => { s.byte(TYPE_CODE[type]); });
    });
  });
  section(out, 2, (s) => {
    s.unsigned(imports.length + 1);
    s.name(IMPORT_MODULE);
    s.name(IMPORT_MEMORY);
    s.raw([2, 0]);
    s.unsigned(memoryPages);
    imports.forEach(({ name }, type) => {
      s.name(IMPORT_MODULE);
      s.name(name);
      s.byte(0);
      s.unsigned(type);
    });
  });
  section(out, 3, (s) => {
    s.unsigned(functions.length);
    functions.forEach((_, i) => { s.unsigned(imports.length + i); });
  });
  section(out, 7, (s) => {
    const exported = functions.flatMap((f, i) => (f.exported === undefined ? [] : [{ name: f.exported, index: imports.length + i }]));
    s.vector(exported, ({ name, index }) => { s.name(name); s.byte(0); s.unsigned(index); });
  });
  section(out, 10, (s) => {
    s.vector(functions, ({ locals, code }) => {
      const body = new ByteWriter();
      body.vector(locals, (type) => { body.byte(1); body.byte(TYPE_CODE[type]); });
      body.raw(code);
      body.byte(OP.end);
      const { bytes } = body;
      s.unsigned(bytes.length);
      s.raw(bytes);
    });
  });
  return out.bytes;
}

function section(out: ByteWriter, id: number, write: (section: ByteWriter) => void): void {
  const content = new ByteWriter();
  write(content);
  const { bytes } = content;
  out.byte(id);
  out.unsigned(bytes.length);
  out.raw(bytes);
}
