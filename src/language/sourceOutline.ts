/** A file as an index of many files keeps it, from its words alone. */
import { splitStatements } from '../sim/program/asm/statement.ts';
import { type Definition, definitionsAmong, EXPORTING, headOf, mayBeSymbol } from './definitions.ts';
import { includedName } from './includes.ts';
import { spuProgramOfSection, spuProgramsOf } from './spuProgramNames.ts';
import { wordsOf } from './words.ts';

export interface SourceOutline {
  readonly definitions: readonly Definition[];
  /** The files that it includes, as it names them. */
  readonly includes: readonly string[];
  /** Names that `.globl` and the like are about. */
  readonly exports: ReadonlySet<string>;
  /** Names in operands: of symbols, registers, parameters. */
  readonly uses: ReadonlySet<string>;
  readonly spuPrograms: ReadonlySet<string>;
}

export function sourceOutline(path: string, text: string): SourceOutline {
  const statements = splitStatements(path, text, []);
  const [exports, uses] = [new Set<string>(), new Set<string>()];
  const definitions: Definition[] = [];
  const inSections = new Set<string>();
  for (const statement of statements) {
    const words = wordsOf(statement);
    definitions.push(...definitionsAmong(words));
    const head = headOf(words).toLowerCase();
    for (const word of words) {
      const { text: name, role } = word;
      const program = spuProgramOfSection(word, head);
      if (program !== undefined) inSections.add(program);
      if (role === 'name' && mayBeSymbol(name, head)) (EXPORTING.has(head) ? exports : uses).add(name);
    }
  }
  return { definitions, includes: [...new Set(statements.flatMap((statement) => includedName(statement) ?? []))], exports, uses, spuPrograms: spuProgramsOf(path, inSections) };
}
