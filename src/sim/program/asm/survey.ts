/** A source as an editor sees it: read to its end whatever is wrong with it, with what each line stands for. */
import type { InstructionSetName, ProgramError } from '../program.ts';
import { type Assembly, put, sortedErrors } from './assemble.ts';
import type { Macro } from './macro.ts';
import type { MnemonicIndex } from './mnemonics.ts';
import type { AddressSpace, AsmSymbol } from './object.ts';
import type { Source } from './reader.ts';
import { AssemblyState, type SourceResolver } from './state.ts';

export interface Survey {
  /** By place, each once. */
  readonly errors: readonly ProgramError[];
  /** The file's symbols, those that only references name too. */
  readonly symbols: readonly AsmSymbol[];
  readonly macros: ReadonlyMap<string, Macro>;
  /** Address spaces by the line of the file where a statement that belongs to them starts. */
  readonly spaces: ReadonlyMap<number, AddressSpace>;
  /** Undefined where there are errors. */
  readonly assembly: Assembly | undefined;
}

/** Surveys one file; the mnemonics are made once for many files. */
export function survey(source: Source, mnemonics: Readonly<Record<InstructionSetName, MnemonicIndex>>, resolver: SourceResolver): Survey {
  const spaces = new Map<number, AddressSpace>();
  const state = new AssemblyState(mnemonics, resolver, ({ place }, space) => {
    if (place.file === source.path && !spaces.has(place.line)) spaces.set(place.line, space);
  });
  const assembly = put(state, source.path, [source]);
  const symbols = state.namespaces.flatMap((namespace) => [...namespace.symbols.values()]);
  return { errors: sortedErrors(state), symbols, macros: new Map(state.macros), spaces, assembly };
}
