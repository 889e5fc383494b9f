/** How a run ends: the blocks around the run function's loops, and the code after them. */
import { type CodeAddressing, LOCAL } from './addressing.ts';
import { EXIT } from './exits.ts';
import { CELL, RECORD_BYTES } from './layout.ts';
import { OP } from './opcodes.ts';
import type { CodeWriter, Label } from './wasm.ts';

export interface RunEndParts {
  readonly addressing: CodeAddressing;
  readonly cells: number;
  readonly pc: number;
}

export class RunEnds {
  /** The current instruction is not done and the budget is used up. */
  readonly budget: Label;
  /** The current instruction is not done; the code is in local `code`. */
  private readonly undone: Label;
  /** The instruction of local `record` is the next one. */
  private readonly exit: Label;
  /** The program counter is written. */
  private readonly leave: Label;

  /** Opens the blocks; `close` closes them. */
  constructor(private readonly out: CodeWriter, private readonly parts: RunEndParts) {
    this.leave = out.block();
    this.exit = out.block();
    this.undone = out.block();
    this.budget = out.block();
  }

  close(): void {
    const { out, parts } = this;
    out.op(OP.unreachable);
    out.end();
    out.i32(EXIT.budget);
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

  /** Ends the run at the program counter in the state. */
  leaveWithCode(code: number): void {
    this.out.i32(code);
    this.out.set(LOCAL.code);
    this.out.br(this.leave);
  }

  /** Takes back the budget of an instruction that was not done after all. */
  giveBack(): void {
    const { out } = this;
    out.get(LOCAL.left);
    out.i32(1);
    out.op(OP.i32Add);
    out.set(LOCAL.left);
  }
}
