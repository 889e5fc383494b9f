/** The step function's control flow: it returns a status. */
import { type CodeAddressing, LOCAL } from './addressing.ts';
import { EXIT } from './exits.ts';
import { gateTo, helperImport } from './gates.ts';
import { CELL } from './layout.ts';
import type { ControlFlow } from './lower.ts';
import type { SlowAccess } from './mmuAccess.ts';
import type { Slot } from './node.ts';
import { OP } from './opcodes.ts';
import { loadCell, pushElapsed, pushFarTarget, pushNearTarget } from './position.ts';
import type { RecordLayout } from './record.ts';
import type { SlowPathParts } from './slowPaths.ts';
import type { CodeWriter } from './wasm.ts';

/** What the step function returns; record and budget are in their cells. */
export const STATUS = {
  /** Go on after the record. */
  next: 0,
  /** Go on at the address in the `target` cell. */
  jump: 1,
  /** End the run with the code in the bits above. */
  undone: 2,
  advanced: 3,
  codeShift: 2,
} as const;

/** Calls from the step function, which take the position along and bring the budget back. */
export class StepCalls implements SlowAccess {
  constructor(private readonly out: CodeWriter, private readonly slow: SlowPathParts, private readonly helpers: Readonly<Record<string, number>>) {}

  callSlowLoad(): void {
    this.callOrFault('slowLoad');
    this.out.get(LOCAL.temp);
  }

  callSlowStore(): void { this.callOrFault('slowStore'); }
  callSlowStoreQuad(): void { this.callOrFault('slowStoreQuad'); }
  callDecode(): void { this.callWithPosition(gateTo('decode')); }
  callStored(): void { this.callWithPosition(gateTo('stored')); }
  callLoaded(): void { this.callWithPosition(gateTo('loaded')); }

  callHelper(helper: string): void {
    if (this.helpers[helper] === undefined) {
      throw new Error(`A meaning calls the helper "${helper}", which its instruction set does not declare.`);
    }
    this.callWithPosition(gateTo(helperImport(helper)));
  }

  private callOrFault(name: string): void {
    const { out } = this;
    this.callWithPosition(name);
    out.tee(LOCAL.temp);
    out.op(OP.i32Eqz);
    out.if();
    returnStatus(out, (EXIT.memoryFault << STATUS.codeShift) | STATUS.undone);
    out.end();
  }

  private callWithPosition(name: string): void {
    const { out, slow } = this;
    out.get(LOCAL.record);
    out.get(LOCAL.left);
    out.call(slow.index(name));
    loadCell(out, slow.cells + CELL.left, LOCAL.left);
  }
}

export function returnStatus(out: CodeWriter, status: number): void {
  out.i32(status);
  out.op(OP.return);
}

export class StepFlow implements ControlFlow {
  constructor(
    private readonly out: CodeWriter,
    private readonly addressing: CodeAddressing,
    private readonly calls: StepCalls,
    private readonly record: RecordLayout,
    private readonly cells: number,
  ) {}

  pc(): void { this.addressing.pc(this.out, LOCAL.record); }
  elapsed(): void { pushElapsed(this.out, this.cells); }
  next(): void { returnStatus(this.out, STATUS.next); }

  jumpBy(displacement: Slot): void {
    const { out, addressing, record } = this;
    if (record.reach === 'far') pushFarTarget(out, addressing, record.offsetOf(displacement));
    else pushNearTarget(out, addressing, record.offsetOf(displacement, true));
    this.jumpTo();
  }

  jumpTo(): void {
    const { out } = this;
    out.set(LOCAL.target);
    out.i32(0);
    out.get(LOCAL.target);
    out.memory(OP.i64Store, this.cells + CELL.target);
    returnStatus(out, STATUS.jump);
  }

  exit(advance: boolean): void {
    const { out } = this;
    out.i32(STATUS.codeShift);
    out.op(OP.i32Shl);
    out.i32(advance ? STATUS.advanced : STATUS.undone);
    out.op(OP.i32Or);
    out.op(OP.return);
  }

  beginCall(): boolean { return true; }
  callHelper(helper: string): void { this.calls.callHelper(helper); }
}
