/**
 * The interpreter's one big function, `run(left)`. Every instruction takes one off `left`
 * before it is dispatched, so a run ends exactly. Registers are in memory at all times.
 * V8 keeps locals in registers between instructions as long as none is live across a call,
 * no import is called, and nothing but the one `br_table` leads to a form.
 */
import { LocalStoreAccess, MmuAccess } from './access.ts';
import { type JumpLabels, LOCAL } from './addressing.ts';
import { EXIT } from './exits.ts';
import { FormFlow } from './formFlow.ts';
import type { Form } from './forms.ts';
import { HostCalls } from './hostCalls.ts';
import type { InterpreterParts } from './interpreterParts.ts';
import { RECORD_BYTES } from './layout.ts';
import { LocalPool, lowerInstruction, type MemoryAccess } from './lower.ts';
import { OP } from './opcodes.ts';
import { RecordOperands } from './operands.ts';
import { FORM } from './record.ts';
import type { SlowPathParts } from './slowPaths.ts';
import { CodeWriter, type DefinedFunction } from './wasm.ts';

export function runFunction(parts: InterpreterParts, slow: SlowPathParts): DefinedFunction {
  return new RunFunction(parts, slow).generate();
}

class RunFunction {
  private readonly out = new CodeWriter();
  private readonly pool = new LocalPool(LOCAL.firstOfPool);
  private readonly host: HostCalls;
  private readonly access: MemoryAccess;

  constructor(private readonly parts: InterpreterParts, private readonly slow: SlowPathParts) {
    const { out } = this;
    const { processor } = parts;
    this.host = new HostCalls(out, slow, parts.helpers);
    this.access = processor.kind === 'ppe'
      ? new MmuAccess(out, processor.layout, this.host)
      : new LocalStoreAccess(out, processor.layout, this.host);
  }

  generate(): DefinedFunction {
    const { out, host } = this;
    out.i32(0);
    out.memory(OP.i64Load, this.slow.pc);
    out.set(LOCAL.target);
    const jump = out.loop();
    this.slow.addressing.enter(out, () => { host.fetch(); });
    const next = out.loop();
    this.takeBudget();
    this.dispatch({ jump, next });
    out.end();
    out.end();
    host.close();
    return {
      params: ['i32'],
      results: ['i32'],
      locals: ['i32', 'i64', 'i32', 'i32', ...this.pool.types],
      code: out.bytes,
      exported: 'run',
    };
  }

  private takeBudget(): void {
    const { out } = this;
    out.get(LOCAL.record);
    out.i32(RECORD_BYTES);
    out.op(OP.i32Add);
    out.set(LOCAL.record);
    out.get(LOCAL.left);
    out.i32(1);
    out.op(OP.i32Sub);
    out.tee(LOCAL.left);
    out.i32(0);
    out.op(OP.i32LtS);
    out.brIf(this.host.budget);
  }

  /** A block for each form, each inside the next; the code after a block's end is the form's. */
  private dispatch(labels: JumpLabels): void {
    const { out, host } = this;
    const { forms, illegal } = this.parts;
    const outerFirst = Array.from({ length: FORM.first + forms.length }, () => out.block());
    const cases = outerFirst.reverse();
    out.get(LOCAL.record);
    out.memory(OP.i32Load16U, 0);
    out.brTable(cases, this.host.budget);
    out.end();
    this.decode(labels);
    out.end();
    host.giveBack();
    this.slow.addressing.pageEnd(out, labels);
    out.end();
    out.i32(illegal);
    host.exitWithCode(false);
    for (const form of forms) {
      out.end();
      this.form(form, labels);
    }
  }

  /** Has the record decoded and dispatches it again, or stops at a breakpoint. */
  private decode(labels: JumpLabels): void {
    const { out, host } = this;
    host.callDecode();
    out.if();
    host.giveBack();
    out.get(LOCAL.record);
    out.i32(RECORD_BYTES);
    out.op(OP.i32Sub);
    out.set(LOCAL.record);
    out.br(labels.next);
    out.end();
    out.i32(EXIT.breakpoint);
    host.exitWithCode(false);
  }

  private form(form: Form, labels: JumpLabels): void {
    const { out, pool, access, host } = this;
    const operands = new RecordOperands(out, this.parts.processor.layout.state, form.record);
    const flow = new FormFlow(out, this.slow.addressing, host, labels, form.record, this.slow.cells);
    lowerInstruction({ out, pool, operands, flow, access }, form.statements, form.locals);
  }
}
