/**
 * The interpreter's one big function, `run(left)`. Every instruction takes one off `left`
 * before it is dispatched, so a run ends exactly. Registers are in memory at all times.
 * V8 keeps the locals in registers as long as next to nothing is called here and nothing but
 * the one `br_table` leads to a form; what needs the host is left to the step function.
 */
import { type JumpLabels, LOCAL } from './addressing.ts';
import { EXIT } from './exits.ts';
import type { Form } from './forms.ts';
import type { InterpreterParts } from './interpreterParts.ts';
import { CELL, RECORD_BYTES } from './layout.ts';
import { FastLocalStoreAccess } from './localStoreAccess.ts';
import { LocalPool, lowerInstruction } from './lower.ts';
import { FastMmuAccess } from './mmuAccess.ts';
import { OP } from './opcodes.ts';
import { RecordOperands } from './operands.ts';
import { loadCell } from './position.ts';
import { RunEnds } from './runEnds.ts';
import { RunFlow } from './runFlow.ts';
import type { SlowPathParts } from './slowPaths.ts';
import { STATUS } from './stepFlow.ts';
import { CodeWriter, type DefinedFunction } from './wasm.ts';

/** `inRun`: the forms with code in this function. */
export function runFunction(parts: InterpreterParts, slow: SlowPathParts, inRun: readonly Form[]): DefinedFunction {
  return new RunFunction(parts, slow, inRun).generate();
}

class RunFunction {
  private readonly out = new CodeWriter();
  private readonly pool = new LocalPool(LOCAL.firstOfPool);
  private readonly ends: RunEnds;

  constructor(private readonly parts: InterpreterParts, private readonly slow: SlowPathParts, private readonly inRun: readonly Form[]) {
    this.ends = new RunEnds(this.out, slow);
  }

  generate(): DefinedFunction {
    const { out, ends, slow } = this;
    out.i32(0);
    out.memory(OP.i64Load, slow.pc);
    out.set(LOCAL.target);
    const jump = out.loop();
    slow.addressing.enter(out, () => { this.fetch(); });
    const next = out.loop();
    this.takeBudget();
    const step = out.block();
    this.dispatch({ jump, next, step });
    out.end();
    this.step({ jump, next, step });
    out.end();
    out.end();
    ends.close();
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
    out.brIf(this.ends.budget);
  }

  /** A block for each form, each inside the next; the code after a block's end is the form's. */
  private dispatch(labels: JumpLabels): void {
    const { out, ends, parts } = this;
    const cases = this.inRun.map((form) => ({ form, label: out.block() })).reverse();
    const illegal = out.block();
    const pageEnd = out.block();
    const labelOf = new Map(cases.map(({ form, label }) => [form, label]));
    out.get(LOCAL.record);
    out.memory(OP.i32Load16U, 0);
    // In the order of FORM: undecoded, pageEnd, illegal.
    out.brTable([labels.step, pageEnd, illegal, ...parts.forms.map((form) => labelOf.get(form) ?? labels.step)], labels.step);
    out.end();
    ends.giveBack();
    this.slow.addressing.pageEnd(out, labels);
    out.end();
    out.i32(parts.illegal);
    ends.exitWithCode(false);
    for (const { form } of cases) {
      out.end();
      this.form(form, labels);
    }
  }

  private form(form: Form, labels: JumpLabels): void {
    const { out, pool, ends, slow, parts: { processor } } = this;
    const operands = new RecordOperands(out, processor.layout.state, form.record);
    const flow = new RunFlow(out, slow.addressing, ends, labels, form.record, slow.cells);
    const leave = (): void => { out.brIf(labels.step); };
    const access = processor.kind === 'ppe'
      ? new FastMmuAccess(out, processor.layout, leave)
      : new FastLocalStoreAccess(out, processor, leave);
    lowerInstruction({ out, pool, operands, flow, access }, form.statements, form.locals);
  }

  /** Calls the step function and does what it says. */
  private step({ jump, next }: JumpLabels): void {
    const { out, slow } = this;
    out.get(LOCAL.left);
    out.get(LOCAL.record);
    out.call(slow.index('step'));
    loadCell(out, slow.cells + CELL.record, LOCAL.record);
    loadCell(out, slow.cells + CELL.left, LOCAL.left);
    out.tee(LOCAL.temp);
    out.op(OP.i32Eqz);
    out.brIf(next);
    out.get(LOCAL.temp);
    out.i32(STATUS.jump);
    out.op(OP.i32Eq);
    out.if();
    out.i32(0);
    out.memory(OP.i64Load, slow.cells + CELL.target);
    out.set(LOCAL.target);
    out.br(jump);
    out.end();
    out.get(LOCAL.temp);
    out.i32(STATUS.advanced & ~STATUS.undone);
    out.op(OP.i32And);
    out.if();
    this.exitWithStatus(true);
    out.end();
    this.exitWithStatus(false);
  }

  private exitWithStatus(advance: boolean): void {
    this.out.get(LOCAL.temp);
    this.out.i32(STATUS.codeShift);
    this.out.op(OP.i32ShrU);
    this.ends.exitWithCode(advance);
  }

  /** Leaves the record page of the address in local `target`, or ends the run there. */
  private fetch(): void {
    const { out, ends, slow } = this;
    out.get(LOCAL.target);
    out.get(LOCAL.left);
    out.call(slow.index('slowFetch'));
    loadCell(out, slow.cells + CELL.left, LOCAL.left);
    out.tee(LOCAL.temp);
    out.op(OP.i32Eqz);
    out.if();
    ends.leaveWithCode(EXIT.fetchFault);
    out.end();
    out.get(LOCAL.temp);
  }
}
