/** How names find their values across files and address spaces. */
import { StatementError } from './error.ts';
import type { Lookup } from './evaluate.ts';
import type { AddressSpace, AsmSymbol, Expression, Namespace } from './object.ts';
import { channelNumber, registerKind } from './registers.ts';
import { spaceTitle } from './section.ts';
import { nearest } from './suggestion.ts';
import { constantOf } from './symbols.ts';

/** Everything that names can mean. */
export interface NameSpaces {
  readonly ppc: AddressSpace;
  readonly spu: ReadonlyMap<string, AddressSpace>;
  readonly namespaces: readonly Namespace[];
}

/** Hints take a look at all symbols; nobody reads more of them. */
const MOST_HINTS = 100;

export function lookupIn(spaces: NameSpaces, final: boolean): Lookup {
  let hintsLeft = MOST_HINTS;
  return {
    final,
    definitionOf: (symbol) => symbol.definition ?? elsewhere(spaces, symbol),
    undefinedError: (symbol, offset) => {
      const { name, namespace: { space, space: { isa, name: program } } } = symbol;
      if (registerKind(isa, name)) return new StatementError(`"${name}" is a register, which cannot stand here.`, offset);
      const { help = '', meant } = hintsLeft-- > 0 ? hint(spaces, symbol) : {};
      return new StatementError(`The symbol "${name}" is not defined in ${spaceTitle(space)}.${help}`, offset, { code: 'undefined-symbol', written: name, meant, program });
    },
  };
}

function elsewhere(spaces: NameSpaces, { name, namespace }: AsmSymbol): Expression | undefined {
  const exported = namespace.space.globals.get(name)?.definition;
  if (exported) return exported;
  if (namespace.space.isa === 'ppc') return insideSpuProgram(spaces, name);
  const value = constantOf(namespace.outer?.symbols.get(name)) ?? constantOf(spaces.ppc.globals.get(name)) ?? channelNumber(name);
  return value === undefined ? undefined : { kind: 'number', value };
}

/** `PROGRAM.label` in PowerPC code: a label of an SPU program, as a local-store address. */
function insideSpuProgram(spaces: NameSpaces, name: string): Expression | undefined {
  const dot = name.indexOf('.', 1);
  const space = spaces.spu.get(name.slice(0, dot));
  return space && definedIn(spaces, space, name.slice(dot + 1))?.definition;
}

function definedIn({ namespaces }: NameSpaces, space: AddressSpace, name: string): AsmSymbol | undefined {
  for (const namespace of namespaces) {
    const symbol = namespace.space === space ? namespace.symbols.get(name) : undefined;
    if (symbol?.definition) return symbol;
  }
  return undefined;
}

function hint(spaces: NameSpaces, symbol: AsmSymbol): { readonly help?: string; readonly meant?: string } {
  const help = whereabouts(spaces, symbol);
  if (help !== undefined) return { help };
  const { name, namespace } = symbol;
  const known = [...namespace.symbols.values()].filter(({ definition }) => definition !== undefined);
  const meant = nearest(name, known.map((other) => other.name));
  return meant === undefined ? {} : { help: ` Did you mean "${meant}"?`, meant };
}

function whereabouts(spaces: NameSpaces, { name, namespace }: AsmSymbol): string | undefined {
  if (/^_(?:save|rest)(?:[gf]pr|vr)/.test(name)) return ' GNU ld makes it for programs compiled with -Os: compile with -O2.';
  const { space } = namespace;
  const hidden = definedIn(spaces, space, name);
  if (hidden) return ` The file ${hidden.place.file} defines it: export it there with ".globl ${name}".`;
  if (space.isa === 'spu' && definedIn(spaces, spaces.ppc, name)) {
    return ` The PowerPC program has a label of this name: "${name}@ppu" is its effective address.`;
  }
  const owner = space.isa === 'ppc' ? [...spaces.spu.values()].find((spu) => definedIn(spaces, spu, name)) : undefined;
  return owner && ` The SPU program "${owner.name}" has a label of this name: "${owner.name}.${name}" is its local-store address.`;
}
