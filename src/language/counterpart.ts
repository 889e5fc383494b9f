/** An instruction of the other processor written as one of the processor that its section is for. */
import { type Counterpart, counterpartsOf } from '../sim/program/asm/counterparts.ts';
import { placedOperands } from '../sim/program/asm/operands.ts';
import { registerKind, registerNumber } from '../sim/program/asm/registers.ts';
import type { Statement } from '../sim/program/asm/statement.ts';
import type { InstructionSetName } from '../sim/program/program.ts';
import type { SourceAnalysis } from './sourceAnalysis.ts';
import type { Word } from './words.ts';

/** Registers of the PowerPC; the SPU has more. */
const REGISTERS = 32;
const GENERAL = { ppc: 'gpr', spu: 'spuRegister' } as const;

/** Undefined where there is none that does the same with these operands. */
export function counterpartOf(analysis: SourceAnalysis, { text, place }: Statement, head: Word): string | undefined {
  const isa = analysis.isaAt(head.span.line);
  const rest = text.slice(head.span.end - place.column).trim();
  const written = rest === '' ? [] : rest.split(/\s*,\s*/);
  for (const form of counterpartsOf(head.text, isa)) {
    const same = statementOf(form, written, isa);
    if (same !== undefined && fits(analysis, same, isa)) return same;
  }
  return undefined;
}

function statementOf({ from, to }: Counterpart, written: readonly string[], isa: InstructionSetName): string | undefined {
  const pattern = operandsOf(from);
  if (pattern.length !== written.length) return undefined;
  const values = new Map<string, string>();
  for (const [index, place] of pattern.entries()) {
    const operand = written[index] ?? '';
    const value = valueOf(place, operand, isa);
    if (value === undefined || (values.get(place) ?? value) !== value) return undefined;
    values.set(place, value);
  }
  const operands = operandsOf(to).map((place) => values.get(place) ?? place).join(', ');
  return `${to.replace(/ .*/, '').padEnd(operands === '' ? 0 : 7)} ${operands}`.trimEnd();
}

function operandsOf(form: string): readonly string[] {
  const operands = form.split(' ')[1];
  return operands === undefined ? [] : operands.split(',');
}

/** What an operand becomes on the processor `isa` in a place of a form; undefined where it does not belong there. */
function valueOf(place: string, operand: string, isa: InstructionSetName): string | undefined {
  const other = isa === 'ppc' ? 'spu' : 'ppc';
  const kind = GENERAL[other];
  const number = registerKind(other, operand) === kind || /^\d+$/.test(operand) ? registerNumber(kind, operand) : undefined;
  if (/^[NL]$/.test(place)) return registerKind(other, operand) ? undefined : operand;
  if (!/^[TABZ]$/.test(place)) return number !== undefined && number === registerNumber(kind, place) ? operand : undefined;
  if (number === undefined || number >= REGISTERS || (place === 'Z' && number === 0)) return undefined;
  return isa === 'ppc' ? `r${String(number)}` : `$${String(number)}`;
}

/** Plain numbers are in the range of their operands. */
function fits({ mnemonics }: SourceAnalysis, statement: string, isa: InstructionSetName): boolean {
  const [mnemonic = ''] = statement.split(' ');
  return placedOperands(statement, mnemonic.length, mnemonics[isa].find(mnemonic) ?? []).every(({ start, end, operand: { field } }) => {
    const number = Number(statement.slice(start, end));
    return field.kind !== 'immediate' || Number.isNaN(number) || field.encode(number) !== undefined;
  });
}
