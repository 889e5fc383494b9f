/** One source file under analysis: the assembler's survey of it, and its statements and words by line. */
import { MnemonicIndex } from '../sim/program/asm/mnemonics.ts';
import type { SourceResolver } from '../sim/program/asm/state.ts';
import { type Statement, splitStatements } from '../sim/program/asm/statement.ts';
import { type Survey, survey } from '../sim/program/asm/survey.ts';
import { spuProgramOfFile } from '../sim/program/asm/sectionNames.ts';
import type { InstructionSetName } from '../sim/program/program.ts';
import { PPC } from '../sim/ppe/instructionSet.ts';
import { SPU } from '../sim/spe/instructionSet.ts';
import { type Word, wordsOf } from './words.ts';

export type Mnemonics = Readonly<Record<InstructionSetName, MnemonicIndex>>;

/** A place in a file; line and column count from 1. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
}

/** A part of a line; `end` is the column after it. */
export interface TextSpan {
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

/** Indexes of both instruction sets: make them once for all files. */
export function newMnemonics(): Mnemonics {
  return { ppc: new MnemonicIndex(PPC), spu: new MnemonicIndex(SPU) };
}

export class SourceAnalysis {
  readonly survey: Survey;
  readonly lines: readonly string[];
  readonly statements: readonly Statement[];
  private readonly isaOfLine: readonly InstructionSetName[];
  private readonly programOfLine: readonly string[];

  constructor(readonly path: string, readonly text: string, readonly mnemonics: Mnemonics, resolver: SourceResolver) {
    this.survey = survey({ path, text }, mnemonics, resolver);
    this.lines = text.split(/\r\n|\r|\n/);
    this.statements = splitStatements(path, text, []);
    const program = spuProgramOfFile(path);
    let space: { readonly isa: InstructionSetName; readonly name: string } = { isa: program === undefined ? 'ppc' : 'spu', name: program ?? '' };
    // What the assembler skips (macro bodies, branches not taken) belongs where the statement before it does.
    const spaces = this.lines.map((_, index) => space = this.survey.spaces.get(index + 1) ?? space);
    this.isaOfLine = spaces.map(({ isa }) => isa);
    this.programOfLine = spaces.map(({ name }) => name);
  }

  isaAt(line: number): InstructionSetName {
    return this.isaOfLine[line - 1] ?? this.isaOfLine.at(-1) ?? 'ppc';
  }

  /** The SPU program that a line belongs to; '' for the PowerPC program. */
  programAt(line: number): string {
    return this.programOfLine[line - 1] ?? '';
  }

  /** The statement that a place stands in, or right behind. */
  statementAt({ line, column }: TextPlace): Statement | undefined {
    return this.statements.findLast(({ place, text }) => place.line === line && place.column <= column && column <= place.column + text.length);
  }

  wordAt(at: TextPlace): Word | undefined {
    const statement = this.statementAt(at);
    return statement && wordsOf(statement).find(({ span }) => span.start <= at.column && at.column <= span.end);
  }
}
