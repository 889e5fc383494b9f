/** Tier 1's operands: slots of the record that is being executed. */
import { LOCAL } from './addressing.ts';
import type { OperandSource } from './lower.ts';
import type { CellPlace, Slot } from './node.ts';
import { OP } from './opcodes.ts';
import type { RecordLayout } from './record.ts';
import type { CodeWriter } from './wasm.ts';

/** Slots come from the record in local `record`, whose layout changes from form to form. */
export class RecordOperands implements OperandSource {
  constructor(private readonly out: CodeWriter, private readonly state: number, private readonly layout: RecordLayout) {}

  slot(slot: Slot, type: 'i32' | 'i64'): void {
    this.out.get(LOCAL.record);
    this.out.memory(slotLoad(slot, type), this.layout.offsetOf(slot));
  }

  place(place: CellPlace): number {
    if ('offset' in place) {
      this.out.i32(0);
      return this.state + place.offset;
    }
    this.slot(place.slot, 'i32');
    return this.state + place.bank;
  }
}

function slotLoad({ name, width }: Slot, type: 'i32' | 'i64'): number {
  if (type === 'i64') {
    return { 1: OP.i64Load8U, 2: OP.i64Load16U, 4: OP.i64Load32S, 8: OP.i64Load }[width];
  }
  if (width === 8) throw new Error(`The slot "${name}" has 64 bits and is used as a 32-bit number.`);
  return { 1: OP.i32Load8U, 2: OP.i32Load16U, 4: OP.i32Load }[width];
}
