/**
 * Turns the statements of a meaning into WebAssembly. What depends on the tier is behind
 * three interfaces: where operands come from, where control goes, how memory is reached.
 */
import type { CellPlace, CellType, Node, Slot, Statement, ValueType } from './node.ts';
import { OP } from './opcodes.ts';
import type { CodeWriter } from './wasm.ts';

/** Where decode-time numbers come from: a predecoded record, or the instruction word itself. */
export interface OperandSource {
  /** Pushes a slot's value. */
  slot(slot: Slot, type: 'i32' | 'i64'): void;
  /** Pushes an address; the returned offset is added to it by the load or store. */
  place(place: CellPlace): number;
}

/** Where control goes. `next`, `jumpBy`, `jumpTo` and `exit` end the path. */
export interface ControlFlow {
  pc(): void;
  elapsed(): void;
  /** To the next instruction. */
  next(): void;
  jumpBy(displacement: Slot): void;
  /** To the address on the stack. */
  jumpTo(): void;
  /** Out of the engine with the code on the stack. */
  exit(advance: boolean): void;
  /** Before the arguments of a helper: false where the path ends here and the call is made elsewhere. */
  beginCall(): boolean;
  /** Calls a helper with the arguments on the stack, and leaves its result there. */
  callHelper(helper: string): void;
}

/** How loads and stores reach memory. Temporary locals come from `locals`. */
export interface MemoryAccess {
  /** Takes the address from the stack and leaves the value there. */
  load(statement: Extract<Statement, { kind: 'load' }>, locals: LocalPool): void;
  /** Takes the address and the value above it from the stack. */
  store(statement: Extract<Statement, { kind: 'store' }>, locals: LocalPool): void;
  lsLoad(locals: LocalPool): void;
  lsStore(locals: LocalPool): void;
}

/** Wasm locals shared by the instructions of one function: each uses the first few of a type. */
export class LocalPool {
  /** Types of the pool's locals in the order of their indices. */
  readonly types: ValueType[] = [];
  private readonly byType = new Map<ValueType, number[]>();
  private readonly used = new Map<ValueType, number>();

  constructor(private readonly firstIndex: number) {}

  /** All locals are free again. */
  reset(): void {
    this.used.clear();
  }

  take(type: ValueType): number {
    const used = this.used.get(type) ?? 0;
    this.used.set(type, used + 1);
    const indices = this.byType.get(type) ?? [];
    this.byType.set(type, indices);
    const free = indices[used];
    if (free !== undefined) return free;
    const index = this.firstIndex + this.types.length;
    this.types.push(type);
    indices.push(index);
    return index;
  }
}

const LOAD: Readonly<Record<CellType, number>> = {
  u8: OP.i32Load8U, u16: OP.i32Load16U, i32: OP.i32Load, i64: OP.i64Load, f32: OP.f32Load, f64: OP.f64Load, v128: OP.v128Load,
};
const STORE: Readonly<Record<CellType, number>> = {
  u8: OP.i32Store8, u16: OP.i32Store16, i32: OP.i32Store, i64: OP.i64Store, f32: OP.f32Store, f64: OP.f64Store, v128: OP.v128Store,
};

export interface LoweringParts {
  readonly out: CodeWriter;
  readonly pool: LocalPool;
  readonly operands: OperandSource;
  readonly flow: ControlFlow;
  readonly access: MemoryAccess;
}

/** Lowers the meaning of one instruction, and ends by going on to the next. */
export function lowerInstruction(parts: LoweringParts, statements: readonly Statement[], localTypes: readonly ValueType[]): void {
  parts.pool.reset();
  const ended = new Lowering(parts, localTypes.map((type) => parts.pool.take(type))).block(statements);
  if (!ended) parts.flow.next();
}

class Lowering {
  constructor(private readonly parts: LoweringParts, private readonly locals: readonly number[]) {}

  /** Whether control never reaches the end of the statements. */
  block(statements: readonly Statement[]): boolean {
    return statements.some((statement) => this.statement(statement));
  }

  /** Whether control never comes out of the statement. */
  private statement(s: Statement): boolean {
    const { out, pool, operands, flow, access } = this.parts;
    switch (s.kind) {
      case 'let':
        this.node(s.value);
        out.set(this.local(s.local));
        return false;
      case 'write': {
        const offset = operands.place(s.place);
        this.node(s.value);
        out.memory(STORE[s.cell], offset);
        return false;
      }
      case 'if':
        this.node(s.condition);
        out.if();
        return this.arms(s.then, s.otherwise);
      case 'load':
        this.node(s.ea);
        access.load(s, pool);
        out.set(this.local(s.local));
        return false;
      case 'store':
        this.node(s.ea);
        this.node(s.value);
        access.store(s, pool);
        return false;
      case 'lsLoad':
        this.node(s.address);
        access.lsLoad(pool);
        out.set(this.local(s.local));
        return false;
      case 'lsStore':
        this.node(s.address);
        this.node(s.value);
        access.lsStore(pool);
        return false;
      case 'jumpBy':
        flow.jumpBy(s.displacement);
        return true;
      case 'jumpTo':
        this.node(s.target);
        flow.jumpTo();
        return true;
      case 'exit':
        this.node(s.code);
        flow.exit(s.advance);
        return true;
      case 'call':
        if (!flow.beginCall()) return true;
        s.args.forEach((arg) => { this.node(arg); });
        flow.callHelper(s.helper);
        out.set(this.local(s.local));
        return false;
    }
  }

  private arms(then: readonly Statement[], otherwise: readonly Statement[]): boolean {
    const { out } = this.parts;
    const thenEnds = this.block(then);
    if (otherwise.length > 0) out.else();
    const otherwiseEnds = this.block(otherwise);
    out.end();
    if (!thenEnds || !otherwiseEnds) return false;
    out.op(OP.unreachable);
    return true;
  }

  private node(n: Node): void {
    const { out, operands, flow } = this.parts;
    switch (n.kind) {
      case 'const':
        this.constant(n);
        return;
      case 'op':
        n.args.forEach((arg) => { this.node(arg); });
        out.op(n.opcode, n.lanes);
        return;
      case 'select':
        this.node(n.yes);
        this.node(n.no);
        this.node(n.condition);
        out.op(OP.select);
        return;
      case 'cell': {
        const offset = operands.place(n.place);
        out.memory(LOAD[n.cell], offset);
        return;
      }
      case 'slot':
        operands.slot(n.slot, n.type);
        return;
      case 'local':
        out.get(this.local(n.index));
        return;
      case 'pc':
        flow.pc();
        return;
      case 'elapsed':
        flow.elapsed();
        return;
    }
  }

  private constant(n: Extract<Node, { kind: 'const' }>): void {
    const { out } = this.parts;
    switch (n.type) {
      case 'i32': out.i32(n.value); return;
      case 'i64': out.i64(n.value); return;
      case 'f32': out.f32(n.value); return;
      case 'f64': out.f64(n.value); return;
      case 'v128': out.v128(n.bytes); return;
    }
  }

  private local(index: number): number {
    const local = this.locals[index];
    if (local === undefined) throw new Error(`A meaning uses its local ${String(index)}, which it never declared.`);
    return local;
  }
}
