import { Writer } from './elfBuilder.ts';

/** What a unit of `.debug_line` of DWARF 2 to 4 is made of. */
export interface LineUnitPlan {
  readonly version: number;
  readonly maximumOperations?: number;
  readonly operandCounts: readonly number[];
  readonly program: Writer;
}

const LINE_BASE = -3;
const LINE_RANGE = 12;
/** Numbers of operands of the standard opcodes 1 to 12. */
export const STANDARD: readonly number[] = [0, 1, 1, 1, 1, 0, 0, 0, 1, 0, 0, 1];

/** A unit with the files first.s (1) and include/second.s (2), instructions of 4 bytes. */
export function lineUnit({ version, maximumOperations = 1, operandCounts, program }: LineUnitPlan): Uint8Array {
  const head = new Writer().unsigned(4, 1);
  if (version >= 4) head.unsigned(maximumOperations, 1);
  head.unsigned(1, 1).unsigned(LINE_BASE + 256, 1).unsigned(LINE_RANGE, 1).unsigned(operandCounts.length + 1, 1).raw(operandCounts);
  head.text('include').unsigned(0, 1);
  head.text('first.s').raw([0, 0, 0]).text('second.s').raw([1, 0, 0]).unsigned(0, 1);
  const body = new Writer().unsigned(version, 2).unsigned(head.length, 4).raw(head.done()).raw(program.done());
  return new Writer().unsigned(body.length, 4).raw(body.done()).done();
}

/** `DW_LNE_set_address`; `size` is that of an address. */
export const setAddress = (address: number, size = 8): number[] => [0, size + 1, 2, ...new Writer().unsigned(address, size).done()];
/** `DW_LNE_end_sequence`. */
export const END: readonly number[] = [0, 1, 1];
/** The special opcode that advances so far (DWARF 5, 6.2.5.1). */
export const special = (lines: number, operations: number, opcodeBase: number): number => lines - LINE_BASE + LINE_RANGE * operations + opcodeBase;
