/** Where symbols and macros are defined and used, in all files of their programs. */
import { directoryOf } from '../sim/program/sourcePath.ts';
import { type Name, namesOf, placeKey, type Provider } from './names.ts';
import type { SourceAnalysis, TextPlace, TextSpan } from './sourceAnalysis.ts';
import { SourceLinks } from './sourceLinks.ts';
import { spuProgramKey, spuProgramsOf } from './spuProgramNames.ts';

export interface Occurrence {
  readonly path: string;
  readonly span: TextSpan;
  readonly definition: boolean;
}

/** All occurrences, in the program that a file is part of, of what the word at a place in it names; empty where it names nothing. */
export function occurrencesAt(analysis: SourceAnalysis, at: TextPlace): readonly Occurrence[] {
  return occurrencesIn([analysis], analysis.path, at);
}

/** The same in several programs that a file is part of. */
export function occurrencesIn(programs: readonly SourceAnalysis[], path: string, at: TextPlace): readonly Occurrence[] {
  return new ProgramNames(programs).occurrences(path, at);
}

export class ProgramNames {
  /** A file that is part of several programs has its names once, with what they mean in each. */
  private readonly names: readonly Name[];

  constructor(programs: readonly SourceAnalysis[]) {
    const names = new Map<string, Name>();
    const provider = providerAmong(programs);
    for (const name of programs.flatMap((program) => namesOf(program, provider))) {
      const key = `${placeKey(name)} ${name.text}`;
      const known = names.get(key);
      names.set(key, known ? { ...known, identities: [...known.identities, ...name.identities] } : name);
    }
    this.names = [...names.values()];
  }

  at(path: string, { line, column }: TextPlace): Name | undefined {
    return this.names.find(({ path: file, span }) => file === path && span.line === line && span.start <= column && column <= span.end && span.start < span.end);
  }

  /** Those that are the same symbol or macro in some program. */
  occurrences(path: string, at: TextPlace): readonly Occurrence[] {
    const chosen = this.at(path, at);
    return chosen ? this.having(chosen.identities).map(occurrenceOf) : [];
  }

  /**
   * Those that can only have another name together: where a file is part of several programs, a name in it may be
   * a symbol of each, and all those have the same name.
   */
  bound(path: string, at: TextPlace): readonly Name[] {
    const chosen = this.at(path, at);
    if (!chosen) return [];
    let found = this.having(chosen.identities);
    for (;;) {
      const more = this.having(found.flatMap(({ identities }) => identities));
      if (more.length === found.length) return found;
      found = more;
    }
  }

  private having(identities: readonly string[]): readonly Name[] {
    const wanted = new Set(identities);
    return this.names.filter((name) => name.identities.some((identity) => wanted.has(identity)));
  }
}

/** By what the assembler has found of each: which symbols a source exports, in which address space. */
function providerAmong(programs: readonly SourceAnalysis[]): Provider {
  if (programs.length === 1) return () => undefined;
  const links = new SourceLinks(programs.map((program) =>
    ({ key: program.survey.path, folder: directoryOf(program.survey.path), exports: new Set(exportsOf(program)), wants: new Set<string>() })));
  return (source, space, name) => links.provider(source, exportKey(space, name));
}

/** What a source lets others use, by `exportKey`. */
export function exportsOf({ survey: { path, symbols, spuPrograms } }: SourceAnalysis): string[] {
  const exported = symbols.filter(({ global, definition, common, local }) => definition ? global : common !== undefined && !local);
  return [...exported.map(({ name, namespace: { space } }) => exportKey(space.name, name)), ...Array.from(spuProgramsOf(path, spuPrograms), (program) => exportKey('', spuProgramKey(program)))];
}

function exportKey(space: string, name: string): string {
  return `${space} ${name}`;
}

function occurrenceOf({ path, span, defines }: Name): Occurrence {
  return { path, span, definition: defines !== undefined };
}
