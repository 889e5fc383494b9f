/** The run function's control flow: from record to record. */
import { type CodeAddressing, type JumpLabels, LOCAL } from './addressing.ts';
import type { ControlFlow } from './lower.ts';
import type { Slot } from './node.ts';
import { OP } from './opcodes.ts';
import { pushElapsed, pushFarTarget } from './position.ts';
import type { RecordLayout } from './record.ts';
import type { RunEnds } from './runEnds.ts';
import type { CodeWriter } from './wasm.ts';

export class RunFlow implements ControlFlow {
  constructor(
    private readonly out: CodeWriter,
    private readonly addressing: CodeAddressing,
    private readonly ends: RunEnds,
    private readonly labels: JumpLabels,
    private readonly record: RecordLayout,
    private readonly cells: number,
  ) {}

  pc(): void { this.addressing.pc(this.out, LOCAL.record); }
  elapsed(): void { pushElapsed(this.out, this.cells); }
  next(): void { this.out.br(this.labels.next); }

  jumpBy(displacement: Slot): void {
    const { out, record } = this;
    if (record.reach === 'far') {
      pushFarTarget(out, this.addressing, record.offsetOf(displacement));
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

  exit(advance: boolean): void { this.ends.exitWithCode(advance); }

  beginCall(): boolean {
    this.out.br(this.labels.step);
    return false;
  }

  callHelper(helper: string): void {
    throw new Error(`The run function calls no helpers; "${helper}" is called by the step function.`);
  }
}
