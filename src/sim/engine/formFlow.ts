/** Tier 1's control flow: from record to record. */
import { type CodeAddressing, type JumpLabels, LOCAL } from './addressing.ts';
import type { HostCalls } from './hostCalls.ts';
import { CELL } from './layout.ts';
import type { ControlFlow } from './lower.ts';
import type { Slot } from './node.ts';
import { OP } from './opcodes.ts';
import type { RecordLayout } from './record.ts';
import type { CodeWriter } from './wasm.ts';

export class FormFlow implements ControlFlow {
  constructor(
    private readonly out: CodeWriter,
    private readonly addressing: CodeAddressing,
    private readonly host: HostCalls,
    private readonly labels: JumpLabels,
    private readonly record: RecordLayout,
    private readonly cells: number,
  ) {}

  pc(): void { this.addressing.pc(this.out, LOCAL.record); }

  elapsed(): void {
    const { out } = this;
    out.i32(0);
    out.memory(OP.i32Load, this.cells + CELL.bias);
    out.get(LOCAL.left);
    out.op(OP.i32Sub);
  }

  next(): void { this.out.br(this.labels.next); }

  jumpBy(displacement: Slot): void {
    const { out, record } = this;
    if (record.reach === 'far') {
      this.pc();
      out.get(LOCAL.record);
      out.memory(OP.i64Load32S, record.offsetOf(displacement));
      out.op(OP.i64Add);
      this.jumpTo();
      return;
    }
    out.get(LOCAL.record);
    out.get(LOCAL.record);
    out.memory(OP.i32Load, record.offsetOf(displacement, true));
    out.op(OP.i32Add);
    out.set(LOCAL.record);
    out.br(this.labels.next);
  }

  jumpTo(): void {
    this.out.set(LOCAL.target);
    this.out.br(this.labels.jump);
  }

  exit(advance: boolean): void { this.host.exitWithCode(advance); }
  callHelper(helper: string): void { this.host.callHelper(helper); }
}
