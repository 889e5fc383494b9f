/** Source lines with what ran of their code. */
import { INSTRUCTION_BYTES } from '../../sim/engine/layout.ts';
import type { Program, Segment } from '../../sim/program/program.ts';
import { type CodeUnit, type ProgramCode, unitsOf } from '../code/codeUnit.ts';
import type { LineCovered } from '../protocol.ts';
import type { ExecutedCode } from './executedCode.ts';

type Lines = Map<number, LineCovered>;

export interface FileCovered {
  readonly file: string;
  /** In order; lines without code are left out. */
  readonly lines: readonly LineCovered[];
}

/** By file; a line counts what ran of it in all programs that its file is in, the PowerPC program and the SPU's. */
export function lineCoverage({ segments }: Pick<Program, 'segments'>, code: ProgramCode, executed: ExecutedCode): FileCovered[] {
  const files = new Map<string, Lines>();
  for (const unit of unitsOf(code)) addUnit(files, unit, unit.image?.segments ?? segments, executed.of(unit));
  return [...files].sort(([a], [b]) => (a < b ? -1 : 1)).map(([file, lines]) => ({ file, lines: [...lines.values()].sort((a, b) => a.line - b.line) }));
}

function addUnit(files: Map<string, Lines>, { lines: index }: CodeUnit, segments: readonly Segment[], executed: ReadonlySet<number>): void {
  for (const { file, line, start, end } of index.ranges((address) => executableEnd(segments, address))) {
    const lines = files.get(file) ?? new Map<number, LineCovered>();
    files.set(file, lines);
    let { instructions, ran } = lines.get(line) ?? { instructions: 0, ran: 0 };
    for (let address = start; address < end; address += INSTRUCTION_BYTES) {
      instructions += 1;
      if (executed.has(address)) ran += 1;
    }
    lines.set(line, { line, instructions, ran });
  }
}

function executableEnd(segments: readonly Segment[], address: number): number | undefined {
  const found = segments.find((s) => s.executable && address >= s.address && address < s.address + s.bytes.length);
  return found && found.address + found.bytes.length;
}
