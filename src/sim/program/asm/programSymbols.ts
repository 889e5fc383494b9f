/** The symbols that a debugger sees. */
import type { ProgramSymbol } from '../program.ts';
import { descriptorAt } from './descriptor.ts';
import { StatementError } from './error.ts';
import { absolute, evaluate, type Lookup } from './evaluate.ts';
import { addressOf } from './lineTable.ts';
import type { AddressSpace, AsmSymbol, Namespace } from './object.ts';

/** Labels of an address space, by address. `.L` labels and numbered ones stay private; constants are not places. */
export function programSymbols(space: AddressSpace, namespaces: readonly Namespace[], lookup: Lookup): ProgramSymbol[] {
  const all = new Set<AsmSymbol>(space.globals.values());
  for (const namespace of namespaces) {
    if (namespace.space !== space) continue;
    for (const symbol of namespace.symbols.values()) all.add(symbol);
  }
  const symbols: ProgramSymbol[] = [];
  for (const symbol of all) {
    const { definition, name } = symbol;
    if (definition?.kind !== 'location' || symbol.variable || name.startsWith('.L')) continue;
    const { section } = definition.location;
    if (section.space !== space || !section.flags.allocated) continue;
    // The name of a descriptor is the name of its function.
    const descriptor = descriptorAt(definition.location);
    symbols.push({
      name,
      address: descriptor?.address ?? addressOf(definition.location),
      size: sizeOf(symbol, lookup),
      kind: descriptor ? 'function' : kindOf(symbol, section.flags.executable),
      global: symbol.global,
    });
  }
  const places = new Set(symbols.map(placeKey));
  // `.main` is the code of `main`, whose descriptor has brought us here already.
  const shown = symbols.filter((symbol) => !symbol.name.startsWith('.') || !places.has(placeKey({ ...symbol, name: symbol.name.slice(1) })));
  return shown.sort((a, b) => a.address - b.address);
}

function placeKey({ name, address }: ProgramSymbol): string {
  return `${String(address)} ${name}`;
}

/** Hand-written code seldom says `.type`: an exported label in code is a function. */
function kindOf({ type, global }: AsmSymbol, inCode: boolean): ProgramSymbol['kind'] {
  if (type) return type;
  if (!inCode) return 'object';
  return global ? 'function' : 'label';
}

function sizeOf({ size }: AsmSymbol, lookup: Lookup): number {
  if (!size) return 0;
  try {
    return Math.max(0, Number(absolute(evaluate(size, lookup), 'The size')));
  } catch (error) {
    if (error instanceof StatementError) return 0;
    throw error;
  }
}
