/** What the names in a program's files mean: which of them are the same symbol or macro. */
import { spuProgramOfFile } from '../sim/program/asm/sectionNames.ts';
import type { Statement } from '../sim/program/asm/statement.ts';
import { definedBy, type Definition, headOf, mayBeSymbol } from './definitions.ts';
import { includedName } from './includes.ts';
import { spuProgramKey, spuProgramOfSection, spuProgramUses } from './spuProgramNames.ts';
import type { SourceAnalysis, TextSpan } from './sourceAnalysis.ts';
import { type Word, wordsOf } from './words.ts';

export interface Name {
  readonly path: string;
  /** Empty where a file's name is what defines it. */
  readonly span: TextSpan;
  readonly text: string;
  /** What is defined here. */
  readonly defines: Definition['kind'] | undefined;
  readonly numbered: boolean;
  /** Each is the same for all names of one symbol, and for no others. A name has several where its text is part of several programs. */
  readonly identities: readonly string[];
}

export function placeKey({ path, span: { line, start } }: Pick<Name, 'path' | 'span'>): string {
  return `${path}:${String(line)}:${String(start)}`;
}

/** Path of the source that a source takes a name from, which it does not define; `space` is the SPU program, '' for the PowerPC program, where names of SPU programs have their own key. */
export type Provider = (source: string, space: string, name: string) => string | undefined;

/** Every name of a symbol or macro in a program's files, in order of reading. */
export function namesOf(program: SourceAnalysis, provider: Provider = () => undefined): Name[] {
  const source = program.file(program.survey.path);
  return source ? new NameReader(source, provider).names() : [];
}

class NameReader {
  private readonly root: string;
  private readonly defined: ReadonlySet<string>;
  private readonly spuPrograms: ReadonlySet<string>;
  private readonly definedPrograms = new Set<string>();
  private readonly macros = new Set<string>();
  private readonly numbered = new NumberedLabels();
  private readonly statements: readonly { readonly file: SourceAnalysis; readonly statement: Statement; readonly words: readonly Word[] }[];

  constructor(source: SourceAnalysis, private readonly provider: Provider) {
    const { path, symbols, spuPrograms } = source.survey;
    this.root = path;
    this.defined = new Set(symbols.filter(({ definition, common }) => definition ?? common).map(({ name, namespace: { space } }) => `${space.name} ${name}`));
    this.spuPrograms = spuPrograms;
    this.statements = [...statementsOf(source, new Set())].map(({ file, statement }) => ({ file, statement, words: wordsOf(statement) }));
    for (const { words } of this.statements) for (const word of words) if (definedBy(word, words) === 'macro') this.macros.add(word.text);
  }

  names(): Name[] {
    const program = spuProgramOfFile(this.root);
    const whole: Name[] = program === undefined ? [] : [{
      path: this.root, span: { line: 1, start: 1, end: 1 }, text: program, defines: 'label', numbered: false, identities: [spuProgram(this.root, program)],
    }];
    if (program !== undefined) this.definedPrograms.add(program);
    const names = this.statements.flatMap(({ file, statement, words }) => {
      const spaces = file.spacesAt(statement.place.line).map(({ name }) => name);
      return words.flatMap((word, index) => this.nameAt(file.path, word, words, index, spaces));
    });
    return [...names, ...whole];
  }

  private nameAt(path: string, word: Word, words: readonly Word[], index: number, spaces: readonly string[]): Name[] {
    const { text, role, span } = word;
    const head = headOf(words).toLowerCase();
    const defines = definedBy(word, words);
    const number = role === 'label' && /^\d/.test(text) ? text : role === 'name' ? /^(\d+)[fb]$/.exec(text)?.[1] : undefined;
    if (number !== undefined) {
      const identities = spaces.map((space) => `${this.root} ${this.numbered.identity(word, number, space)}`);
      return [{ path, span: { ...span, end: span.start + number.length }, text: number, defines, numbered: true, identities }];
    }
    const plain = { path, span, text, defines, numbered: false };
    const isMacro = role === 'head' ? this.macros.has(text) : defines === 'macro' || (head === '.purgem' && role === 'name');
    if (isMacro) return [{ ...plain, identities: [`${this.root} macro ${text}`] }];
    const ofSection = spuProgramOfSection(word, head);
    if (ofSection !== undefined) return [this.section(plain, ofSection)];
    if (role === 'head' || !mayBeSymbol(text, head)) return [];
    const inPowerPC = words[index + 1]?.text === '@ppu';
    const used = role === 'name' && (inPowerPC || spaces.includes('')) && !this.defined.has(` ${text}`) ? this.ofSpuProgram(plain) : [];
    if (used.length > 0) return used;
    const identities = spaces.map((space) => this.symbol(inPowerPC ? '' : space, text));
    return [{ ...plain, identities: [...new Set(identities)] }];
  }

  /** An SPU program's own symbol, else the PowerPC program's, else one of another source. */
  private symbol(space: string, name: string): string {
    const spaces = space === '' ? [''] : [space, ''];
    const own = spaces.find((at) => this.defined.has(`${at} ${name}`));
    if (own !== undefined) return symbolOf(this.root, own, name);
    for (const at of spaces) {
      const other = this.provider(this.root, at, name);
      if (other !== undefined) return symbolOf(other, at, name);
    }
    return symbolOf(this.root, '', name);
  }

  /** The first section of an SPU program is where it is defined. */
  private section(plain: Omit<Name, 'identities'>, program: string): Name {
    const start = plain.span.start + spuProgramKey('').length;
    const isFirst = !this.definedPrograms.has(program);
    this.definedPrograms.add(program);
    return { ...plain, text: program, span: { ...plain.span, start, end: start + program.length }, defines: isFirst ? 'label' : undefined, identities: [spuProgram(this.root, program)] };
  }

  /** An SPU program, and where one stands a label of it, that a name in PowerPC code is made of. */
  private ofSpuProgram(plain: Omit<Name, 'identities'>): Name[] {
    for (const { program, label } of spuProgramUses(plain.text)) {
      const source = this.spuPrograms.has(program) ? this.root : this.provider(this.root, '', spuProgramKey(program));
      if (source === undefined) continue;
      const { span } = plain;
      const used: Name = { ...plain, text: program, span: { ...span, end: span.start + program.length }, identities: [spuProgram(source, program)] };
      return label === undefined ? [used] : [used, { ...plain, text: label, span: { ...span, start: span.end - label.length }, identities: [symbolOf(source, program, label)] }];
    }
    return [];
  }
}

function spuProgram(source: string, name: string): string {
  return `${source} program ${name}`;
}

function symbolOf(source: string, space: string, name: string): string {
  return `${source} symbol ${space} ${name}`;
}

/** A file's statements, those of an included file behind its first `.include`. */
function* statementsOf(file: SourceAnalysis, read: Set<string>): Generator<{ readonly file: SourceAnalysis; readonly statement: Statement }> {
  read.add(file.path);
  for (const statement of file.statements) {
    yield { file, statement };
    const name = includedName(statement);
    const path = name === undefined ? undefined : file.survey.included(name, file.path);
    const included = path === undefined || read.has(path) ? undefined : file.file(path);
    if (included) yield* statementsOf(included, read);
  }
}

/** `1b` is the last `1:` before it and `1f` the next, in the same address space (gas manual, "Symbol Names"). */
class NumberedLabels {
  private readonly seen = new Map<string, number>();

  identity({ text, role }: Word, number: string, space: string): string {
    const label = `numbered ${space} ${String(Number(number))}`;
    const before = this.seen.get(label) ?? 0;
    if (role === 'label') this.seen.set(label, before + 1);
    return `${label} ${String(text.endsWith('b') ? before : before + 1)}`;
  }
}
