/** A source as an editor sees it: read to its end whatever is wrong with it, with what each line stands for. */
import type { InstructionSetName, ProgramError, SourcePlace } from '../program.ts';
import { type Assembly, put, sortedErrors } from './assemble.ts';
import type { Macro } from './macro.ts';
import type { MnemonicIndex } from './mnemonics.ts';
import type { AddressSpace, AsmSymbol } from './object.ts';
import type { Source } from './reader.ts';
import { AssemblyState, type SourceResolver } from './state.ts';

/** By file, then by line: the address spaces of the statements that start there. More than one where a file is read more than once, or a macro called in several. */
type LineSpaces = ReadonlyMap<string, ReadonlyMap<number, readonly AddressSpace[]>>;

export interface Survey {
  /** The source's. */
  readonly path: string;
  /** By place, each once. */
  readonly errors: readonly ProgramError[];
  /** The source's symbols, those that only references name too. */
  readonly symbols: readonly AsmSymbol[];
  readonly macros: ReadonlyMap<string, Macro>;
  /** By name. */
  readonly spuPrograms: ReadonlySet<string>;
  /** Of the source and the files that it includes, by path, in order of reading. */
  readonly texts: ReadonlyMap<string, string>;
  readonly spaces: LineSpaces;
  /** Of lines of macros, where they were expanded. */
  readonly expansions: LineSpaces;
  /** Undefined where there are errors. */
  readonly assembly: Assembly | undefined;
  /** Path of the file that an `.include` of this name in this file brought. */
  included(name: string, from: string): string | undefined;
}

/** Surveys one source with what it includes; the mnemonics are made once for many. */
export function survey(source: Source, mnemonics: Readonly<Record<InstructionSetName, MnemonicIndex>>, resolver: SourceResolver): Survey {
  const texts = new Map([[source.path, source.text]]);
  const included = new Map<string, string>();
  const [spaces, expansions] = [new SpacesByLine(), new SpacesByLine()];
  const noting: SourceResolver = {
    text: (name, from) => {
      const found = resolver.text(name, from);
      if (found) {
        texts.set(found.path, found.text);
        included.set(includeKey(name, from), found.path);
      }
      return found;
    },
    bytes: (name, from) => resolver.bytes(name, from),
  };
  const state = new AssemblyState(mnemonics, noting, ({ place, origin }, space) => {
    spaces.add(place, space);
    if (origin) expansions.add(origin, space);
  });
  const assembly = put(state, source.path, [source]);
  const symbols = state.namespaces.flatMap((namespace) => [...namespace.symbols.values()]);
  return {
    path: source.path, errors: sortedErrors(state), symbols, macros: new Map(state.macros), spuPrograms: new Set(state.spu.keys()), texts,
    spaces: spaces.byFile, expansions: expansions.byFile, assembly,
    included: (name, from) => included.get(includeKey(name, from)),
  };
}

class SpacesByLine {
  readonly byFile = new Map<string, Map<number, AddressSpace[]>>();

  add({ file, line }: SourcePlace, space: AddressSpace): void {
    const lines = this.byFile.get(file) ?? new Map<number, AddressSpace[]>();
    this.byFile.set(file, lines);
    const known = lines.get(line);
    if (!known) lines.set(line, [space]);
    else if (!known.includes(space)) known.push(space);
  }
}

function includeKey(name: string, from: string): string {
  return `${from}\0${name}`;
}
