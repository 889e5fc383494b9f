/**
 * `step(left, record)`: executes one instruction with all that it may need of the host, from
 * its beginning, and returns a `STATUS`. The run function leaves to it every instruction that
 * misses the TLB, calls a helper, stores to code, or is not decoded. So the run function has
 * next to no calls in it, which keeps it small enough for V8's good register allocator.
 */
import { LOCAL } from './addressing.ts';
import { EXIT } from './exits.ts';
import type { Form } from './forms.ts';
import type { InterpreterParts } from './interpreterParts.ts';
import { CELL, RECORD_BYTES } from './layout.ts';
import { SlowLocalStoreAccess } from './localStoreAccess.ts';
import { LocalPool, lowerInstruction, type MemoryAccess } from './lower.ts';
import { SlowMmuAccess } from './mmuAccess.ts';
import { OP } from './opcodes.ts';
import { RecordOperands } from './operands.ts';
import { storeCell } from './position.ts';
import { FORM } from './record.ts';
import type { SlowPathParts } from './slowPaths.ts';
import { returnStatus, STATUS, StepCalls, StepFlow } from './stepFlow.ts';
import { CodeWriter, type DefinedFunction, type Label } from './wasm.ts';

/** `inStep`: the forms with code in this function. */
export function stepFunction(parts: InterpreterParts, slow: SlowPathParts, inStep: readonly Form[]): DefinedFunction {
  const out = new CodeWriter();
  const calls = new StepCalls(out, slow, parts.helpers);
  const { processor } = parts;
  const access: MemoryAccess = processor.kind === 'ppe'
    ? new SlowMmuAccess(out, processor.layout, calls)
    : new SlowLocalStoreAccess(out, processor, calls);
  const pool = new LocalPool(LOCAL.firstOfPool);
  const { cells } = slow;
  storeCell(out, cells + CELL.left, LOCAL.left);
  storeCell(out, cells + CELL.record, LOCAL.record);

  const none = out.block();
  const labels = inStep.map((form) => ({ form, label: out.block() })).reverse();
  const decode = out.block();
  const labelOf = new Map(labels.map(({ form, label }) => [form, label]));
  out.get(LOCAL.record);
  out.memory(OP.i32Load16U, 0);
  out.brTable([decode, ...new Array<Label>(FORM.first - 1).fill(none), ...parts.forms.map((form) => labelOf.get(form) ?? none)], none);
  out.end();
  decodeRecord(out, calls, cells);
  for (const { form } of labels) {
    out.end();
    lower(form);
  }
  out.end();
  out.op(OP.unreachable);
  return { params: ['i32', 'i32'], results: ['i32'], locals: ['i64', 'i32', 'i32', ...pool.types], code: out.bytes };

  function lower(form: Form): void {
    const operands = new RecordOperands(out, processor.layout.state, form.record);
    const flow = new StepFlow(out, slow.addressing, calls, form.record, cells);
    lowerInstruction({ out, pool, operands, flow, access }, form.statements, form.locals);
  }
}

/** Has the record filled and goes back to it, or stops at a breakpoint. */
function decodeRecord(out: CodeWriter, calls: StepCalls, cells: number): void {
  calls.callDecode();
  out.op(OP.i32Eqz);
  out.if();
  returnStatus(out, (EXIT.breakpoint << STATUS.codeShift) | STATUS.undone);
  out.end();
  out.get(LOCAL.left);
  out.i32(1);
  out.op(OP.i32Add);
  out.set(LOCAL.left);
  storeCell(out, cells + CELL.left, LOCAL.left);
  out.get(LOCAL.record);
  out.i32(RECORD_BYTES);
  out.op(OP.i32Sub);
  out.set(LOCAL.record);
  storeCell(out, cells + CELL.record, LOCAL.record);
  returnStatus(out, STATUS.next);
}
