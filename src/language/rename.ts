/** Another name for a symbol or macro, in all files of all programs that have it. */
import type { SourceResolver } from '../sim/program/asm/state.ts';
import type { Program } from '../sim/program/program.ts';
import type { Name } from './names.ts';
import { exportsOf, ProgramNames } from './references.ts';
import { SourceAnalysis, type TextPlace, type TextSpan } from './sourceAnalysis.ts';

export interface TextChange {
  readonly span: TextSpan;
  readonly text: string;
}

export interface FileChange extends TextChange {
  readonly path: string;
}

export interface RenameRefusal {
  /** There is `nothing` to rename; the name is that of a `file`; the new `name` is none; or a program would not mean the same (`meaning`). */
  readonly refused: 'nothing' | 'file' | 'name' | 'meaning';
  /** The program that would not. */
  readonly program?: string;
}

/** What can be renamed at a place: its span, and the name that it has. */
export function renamableAt(programs: readonly SourceAnalysis[], path: string, at: TextPlace): Pick<Name, 'span' | 'text'> | undefined {
  const names = new ProgramNames(programs);
  return names.bound(path, at).some(({ defines }) => defines) ? names.at(path, at) : undefined;
}

/**
 * The changes that rename what stands at a place, or why there are none. `programs` are all that have a file in common with
 * the one at hand, or with another of them: a name in a file that several include is one name in all.
 */
export function renameAt(programs: readonly SourceAnalysis[], path: string, at: TextPlace, newName: string, resolver: SourceResolver): readonly FileChange[] | RenameRefusal {
  const names = new ProgramNames(programs);
  const bound = names.bound(path, at);
  if (!bound.some(({ defines }) => defines)) return { refused: 'nothing' };
  if (bound.some(({ span }) => span.start === span.end)) return { refused: 'file' };
  const numbered = bound.some((name) => name.numbered);
  if (!(numbered ? /^\d+$/ : /^[A-Za-z_.][\w.$]*$/).test(newName)) return { refused: 'name' };
  const changes = bound.map((name) => ({ path: name.path, span: name.span, text: newName }));
  const changed = programs.map((program) => changedProgram(program, changes, resolver));
  const other = programs.find((program, index) => !sameMeaning(program, changed[index]));
  if (other) return { refused: 'meaning', program: other.survey.path };
  if (exportedTwice(changed) > exportedTwice(programs)) return { refused: 'meaning' };
  return sameNames(bound, new ProgramNames(changed), path, movedPlace(at, path, changes)) ? changes : { refused: 'meaning' };
}

/** The text with changes made; none of them overlap. */
export function changedText({ text, lines }: Pick<SourceAnalysis, 'text' | 'lines'>, changes: readonly TextChange[]): string {
  const changed = [...lines];
  for (const { span: { line, start, end }, text: part } of [...changes].sort((a, b) => b.span.start - a.span.start)) {
    const old = changed[line - 1] ?? '';
    changed[line - 1] = old.slice(0, start - 1) + part + old.slice(end - 1);
  }
  return changed.join(/\r\n|\r|\n/.exec(text)?.[0] ?? '\n');
}

function changedProgram(program: SourceAnalysis, changes: readonly FileChange[], resolver: SourceResolver): SourceAnalysis {
  const { path, texts } = program.survey;
  const changedFile = (file: string, text: string): string => {
    const own = changes.filter((change) => change.path === file);
    return own.length === 0 ? text : changedText({ text, lines: text.split(/\r\n|\r|\n/) }, own);
  };
  return new SourceAnalysis(path, changedFile(path, texts.get(path) ?? ''), program.mnemonics, {
    text: (name, from) => {
      const found = resolver.text(name, from);
      return found && { path: found.path, text: changedFile(found.path, found.text) };
    },
    bytes: (name, from) => resolver.bytes(name, from),
  });
}

/** A place after changes on its line in front of it. */
function movedPlace({ line, column }: TextPlace, path: string, changes: readonly FileChange[]): TextPlace {
  const before = changes.filter((change) => change.path === path && change.span.line === line && change.span.end < column);
  const own = changes.find((change) => change.path === path && change.span.line === line && change.span.start <= column && column <= change.span.end);
  const moved = before.reduce((sum, { span, text }) => sum + text.length - (span.end - span.start), 0);
  return { line, column: (own?.span.start ?? column) + moved };
}

/** Whether the name is that of the same places as before: bytes alone do not tell two constants of one value apart. */
function sameNames(before: readonly Name[], after: ProgramNames, path: string, at: TextPlace): boolean {
  const lines = (names: readonly Name[]): string => names.map((name) => `${name.path}:${String(name.span.line)}`).join('\n');
  return lines(before) === lines(after.bound(path, at));
}

/** How often a symbol is exported that a source before exports too: those cannot be assembled together. */
function exportedTwice(programs: readonly SourceAnalysis[]): number {
  const exported = programs.flatMap(exportsOf);
  return exported.length - new Set(exported).size;
}

/** The same bytes at the same addresses; for a program that has mistakes, the same lines with mistakes. */
function sameMeaning({ survey: old }: SourceAnalysis, after: SourceAnalysis | undefined): boolean {
  if (!after) return false;
  const now = after.survey;
  if (old.assembly && now.assembly) return sameProgram(old.assembly.program, now.assembly.program);
  const mistakes = ({ errors }: typeof old): string => errors.map(({ file, line }) => `${file}:${String(line)}`).sort().join('\n');
  return !old.assembly && !now.assembly && mistakes(old) === mistakes(now);
}

function sameProgram(a: Program, b: Program): boolean {
  return a.entry === b.entry && a.toc === b.toc && sameSegments(a, b) && sameLines(a, b) &&
    a.spuImages.length === b.spuImages.length && a.spuImages.every((image, index) => {
      const other = b.spuImages[index];
      return other?.entry === image.entry && sameSegments(image, other) && sameLines(image, other);
    });
}

function sameSegments({ segments: a }: Pick<Program, 'segments'>, { segments: b }: Pick<Program, 'segments'>): boolean {
  return a.length === b.length && a.every(({ address, bytes, memorySize }, index) => {
    const other = b[index];
    return other?.address === address && other.memorySize === memorySize && other.bytes.length === bytes.length && bytes.every((byte, at) => byte === other.bytes[at]);
  });
}

/** Every instruction comes from the line that it came from. */
function sameLines({ lines: a }: Pick<Program, 'lines'>, { lines: b }: Pick<Program, 'lines'>): boolean {
  return a.addresses.length === b.addresses.length && a.addresses.every((address, index) => address === b.addresses[index] && a.lines[index] === b.lines[index]);
}
