/** The machine that writes the rows of a line table. DWARF 5, 6.2.2 (registers) and 6.2.5 (opcodes). */
import type { Cursor } from './cursor.ts';
import { type LineHeader, readFileEntry } from './lineHeader.ts';

/** Receives rows as the program writes them. `file` is a number of the header's file table. */
export interface RowSink {
  row(address: number, file: number, line: number, column: number, statement: boolean): void;
  endSequence(address: number): void;
}

const DW_LNS_FIXED_ADVANCE_PC = 9;

interface Registers {
  address: number;
  operation: number;
  file: number;
  line: number;
  column: number;
  statement: boolean;
}

/** Runs the program from the cursor to its end. Throws `OutOfBytes` where the program is cut off; the rows before stay. */
export function runLineProgram(cursor: Cursor, header: LineHeader, sink: RowSink): void {
  const machine = new LineMachine(cursor, header, sink);
  while (!cursor.atEnd) machine.step();
}

class LineMachine {
  private registers: Registers;

  constructor(
    private readonly cursor: Cursor,
    private readonly header: LineHeader,
    private readonly sink: RowSink,
  ) {
    this.registers = initial(header);
  }

  step(): void {
    const opcode = this.cursor.u8();
    const { operandCounts } = this.header;
    if (opcode >= operandCounts.length) this.special(opcode - operandCounts.length);
    else if (opcode === 0) this.extended();
    else this.standard(opcode, operandCounts[opcode] ?? 0);
  }

  /** Advances both address and line by one number (DWARF 5, 6.2.5.1). */
  private special(adjusted: number): void {
    const { lineBase, lineRange } = this.header;
    this.advance(Math.floor(adjusted / lineRange));
    this.registers.line += lineBase + (adjusted % lineRange);
    this.writeRow();
  }

  private standard(opcode: number, operandCount: number): void {
    const { cursor, registers } = this;
    switch (opcode) {
      case 1: this.writeRow(); return; // copy
      case 2: this.advance(cursor.uleb()); return; // advance_pc
      case 3: registers.line += cursor.sleb(); return; // advance_line
      case 4: registers.file = cursor.uleb(); return; // set_file
      case 5: registers.column = cursor.uleb(); return; // set_column
      case 6: registers.statement = !registers.statement; return; // negate_stmt
      case 7: case 10: case 11: return; // set_basic_block, set_prologue_end, set_epilogue_begin
      case 8: this.advance(Math.floor((255 - this.header.operandCounts.length) / this.header.lineRange)); return; // const_add_pc
      case DW_LNS_FIXED_ADVANCE_PC:
        registers.address += cursor.unsigned(2);
        registers.operation = 0;
        return;
      default: // set_isa, and opcodes that later versions add
        for (let i = 0; i < operandCount; i += 1) cursor.uleb();
    }
  }

  private extended(): void {
    const { cursor, registers } = this;
    const length = cursor.uleb();
    const next = cursor.offset + length;
    if (length === 0) return;
    switch (cursor.u8()) {
      case 1: // end_sequence
        this.sink.endSequence(registers.address);
        this.registers = initial(this.header);
        break;
      case 2: // set_address
        registers.address = cursor.unsigned(length - 1);
        registers.operation = 0;
        break;
      case 3: // define_file
        this.header.files.push(readFileEntry(cursor, cursor.text()));
        break;
      default: // set_discriminator and producers' own
    }
    cursor.advance(next - cursor.offset);
  }

  /** DWARF 5, 6.2.5.1: operations of one instruction word share an address; on both processors there is one a word. */
  private advance(operations: number): void {
    const { maximumOperations, minimumInstructionLength } = this.header;
    const total = this.registers.operation + operations;
    this.registers.address += minimumInstructionLength * Math.floor(total / maximumOperations);
    this.registers.operation = total % maximumOperations;
  }

  private writeRow(): void {
    const { address, file, line, column, statement } = this.registers;
    this.sink.row(address, file, line, column, statement);
  }
}

const initial = (header: LineHeader): Registers => ({
  address: 0, operation: 0, file: 1, line: 1, column: 0, statement: header.defaultIsStatement,
});
