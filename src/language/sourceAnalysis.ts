/** A source file under analysis: the assembler's survey of the program that it is part of, and its statements and words by line. */
import { MnemonicIndex } from '../sim/program/asm/mnemonics.ts';
import type { AddressSpace } from '../sim/program/asm/object.ts';
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

type Space = Pick<AddressSpace, 'isa' | 'name'>;

/** Indexes of both instruction sets: make them once for all files. */
export function newMnemonics(): Mnemonics {
  return { ppc: new MnemonicIndex(PPC), spu: new MnemonicIndex(SPU) };
}

export class SourceAnalysis {
  readonly lines: readonly string[];
  readonly statements: readonly Statement[];
  private readonly spacesOfLine: readonly (readonly Space[])[];

  /** `survey` is that of the program that the file is included in, where it is no program itself. */
  constructor(
    readonly path: string, readonly text: string, readonly mnemonics: Mnemonics, private readonly resolver: SourceResolver,
    readonly survey: Survey = surveyOf(path, text, mnemonics, resolver),
  ) {
    this.lines = text.split(/\r\n|\r|\n/);
    this.statements = splitStatements(path, text, []);
    const own = this.survey.spaces.get(path);
    const expanded = this.survey.expansions.get(path);
    let spaces: readonly Space[] = own?.values().next().value ?? [spaceOfFile(this.survey.path)];
    // What the assembler skips (branches not taken, macros that nothing calls) belongs where the statement before it does.
    this.spacesOfLine = this.lines.map((_, index) => {
      spaces = own?.get(index + 1) ?? spaces;
      return expanded?.get(index + 1) ?? spaces;
    });
  }

  isaAt(line: number): InstructionSetName {
    return this.spacesAt(line)[0]?.isa ?? 'ppc';
  }

  /** The SPU program that a line belongs to; '' for the PowerPC program. */
  programAt(line: number): string {
    return this.spacesOfLine[line - 1]?.[0]?.name ?? '';
  }

  /** All that a line belongs to: a file may be included in several, and a macro called. */
  spacesAt(line: number): readonly Space[] {
    return this.spacesOfLine[line - 1] ?? this.spacesOfLine.at(-1) ?? [];
  }

  /** Another file of the program. */
  file(path: string): SourceAnalysis | undefined {
    if (path === this.path) return this;
    const text = this.survey.texts.get(path);
    return text === undefined ? undefined : new SourceAnalysis(path, text, this.mnemonics, this.resolver, this.survey);
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

function surveyOf(path: string, text: string, mnemonics: Mnemonics, resolver: SourceResolver): Survey {
  return survey({ path, text }, mnemonics, resolver);
}

function spaceOfFile(path: string): Space {
  const program = spuProgramOfFile(path);
  return { isa: program === undefined ? 'ppc' : 'spu', name: program ?? '' };
}
