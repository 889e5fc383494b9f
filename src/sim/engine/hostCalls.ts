/** The run function's ways out: calls of the host and of the slow paths, and the ends of a run. */
import type { AccessPaths } from './access.ts';
import { LOCAL } from './addressing.ts';
import { EXIT } from './exits.ts';
import { gateTo, helperImport } from './gates.ts';
import type { InterpreterParts } from './interpreterParts.ts';
import { CELL, RECORD_BYTES } from './layout.ts';
import { OP } from './opcodes.ts';
import type { SlowPathParts } from './slowPaths.ts';
import type { CodeWriter, Label } from './wasm.ts';

export class HostCalls implements AccessPaths {
  /** Ends the run with the current instruction not done and the budget used up. */
  readonly budget: Label;
  /** Ends the run with the current instruction not done, with the code in local `code`. */
  private readonly undone: Label;
  /** Ends the run with the instruction of local `record` the next one. */
  private readonly exit: Label;
  private readonly fault: Label;
  /** Ends the run; the program counter is written. */
  private readonly leave: Label;

  /** Opens the blocks that the run ends by leaving; `close` closes them. */
  constructor(
    private readonly out: CodeWriter,
    private readonly parts: SlowPathParts,
    private readonly helpers: InterpreterParts['helpers'],
  ) {
    this.leave = out.block();
    this.exit = out.block();
    this.undone = out.block();
    this.fault = out.block();
    this.budget = out.block();
  }

  close(): void {
    const { out, parts } = this;
    out.op(OP.unreachable);
    out.end();
    out.i32(EXIT.budget);
    this.exitWithCode(false);
    out.end();
    out.i32(EXIT.memoryFault);
    out.set(LOCAL.code);
    out.end();
    this.giveBack();
    out.end();
    out.i32(0);
    parts.addressing.pc(out, LOCAL.record);
    out.memory(OP.i64Store, parts.pc);
    out.end();
    out.i32(0);
    out.get(LOCAL.left);
    out.memory(OP.i32Store, parts.cells + CELL.left);
    out.get(LOCAL.code);
  }

  /** Ends the run with the code on the stack; `advance`: the current instruction is complete. */
  exitWithCode(advance: boolean): void {
    const { out } = this;
    out.set(LOCAL.code);
    if (!advance) {
      out.br(this.undone);
      return;
    }
    out.get(LOCAL.record);
    out.i32(RECORD_BYTES);
    out.op(OP.i32Add);
    out.set(LOCAL.record);
    out.br(this.exit);
  }

  /** Takes back the budget of an instruction that was not done after all. */
  giveBack(): void {
    const { out } = this;
    out.get(LOCAL.left);
    out.i32(1);
    out.op(OP.i32Add);
    out.set(LOCAL.left);
  }

  /** Has the current record filled; leaves 0 for a breakpoint. */
  callDecode(): void { this.callGate('decode'); }

  /** Leaves the record page of the address in local `target`, or ends the run there. */
  fetch(): void {
    const { out, parts } = this;
    out.get(LOCAL.target);
    out.get(LOCAL.left);
    out.call(parts.index('slowFetch'));
    this.reloadLeft();
    out.tee(LOCAL.temp);
    out.op(OP.i32Eqz);
    out.if();
    out.i32(EXIT.fetchFault);
    out.set(LOCAL.code);
    out.br(this.leave);
    out.end();
    out.get(LOCAL.temp);
  }

  callHelper(helper: string): void {
    if (this.helpers[helper] === undefined) {
      throw new Error(`A meaning calls the helper "${helper}", which its instruction set does not declare.`);
    }
    this.callGate(helperImport(helper));
  }

  callCodeWritten(): void { this.callGate('codeWritten'); }

  callMiss(): void {
    this.callSlow('slowLoad');
    this.out.get(LOCAL.temp);
  }

  callSlowStore(): void { this.callSlow('slowStore'); }
  callSlowStoreQuad(): void { this.callSlow('slowStoreQuad'); }

  private callGate(imported: string): void { this.callWithPosition(gateTo(imported)); }

  private callSlow(name: string): void {
    const { out } = this;
    this.callWithPosition(name);
    out.tee(LOCAL.temp);
    out.op(OP.i32Eqz);
    out.brIf(this.fault);
  }

  /** Takes the locals back from memory afterwards: the host may change the budget, and V8 need not keep them over the call. */
  private callWithPosition(name: string): void {
    const { out, parts } = this;
    out.get(LOCAL.record);
    out.get(LOCAL.left);
    out.call(parts.index(name));
    out.i32(0);
    out.memory(OP.i32Load, parts.cells + CELL.record);
    out.set(LOCAL.record);
    this.reloadLeft();
  }

  private reloadLeft(): void {
    const { out, parts } = this;
    out.i32(0);
    out.memory(OP.i32Load, parts.cells + CELL.left);
    out.set(LOCAL.left);
  }
}
