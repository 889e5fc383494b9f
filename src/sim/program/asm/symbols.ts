/** Namespaces: how names in source text find their symbols. */
import type { SourcePlace } from '../program.ts';
import { StatementError } from './error.ts';
import { alignmentGap } from './gapSize.ts';
import type { AddressSpace, AsmSymbol, Expression, Namespace, Section } from './object.ts';
import { currentOffset, here, pushGap } from './section.ts';

export function newNamespace(space: AddressSpace, outer: Namespace | undefined): Namespace {
  return { space, symbols: new Map(), numbered: new Map(), outer };
}

export function newSymbol(name: string, namespace: Namespace, place: SourcePlace): AsmSymbol {
  return {
    name, namespace, place,
    definition: undefined, variable: false, global: false, local: false, weak: false, type: undefined, size: undefined, common: undefined,
  };
}

/** The symbol of this name; a new one, undefined, where it is met first. */
export function symbolNamed(name: string, namespace: Namespace, place: SourcePlace): AsmSymbol {
  const known = namespace.symbols.get(name);
  if (known) return known;
  const symbol = newSymbol(name, namespace, place);
  namespace.symbols.set(name, symbol);
  return symbol;
}

/** Defines a label. */
export function defineLabel(name: string, namespace: Namespace, definition: Expression, place: SourcePlace): void {
  const symbol = symbolNamed(name, namespace, place);
  if (symbol.definition) throw new StatementError(`The symbol "${name}" is defined twice: ${firstDefinition(symbol)}.`);
  symbol.definition = definition;
  symbol.place = place;
}

/** Gives a symbol a value that may change later (`.set`), or one for good (`.equiv`). */
export function assign(name: string, namespace: Namespace, definition: Expression, place: SourcePlace, forGood: boolean): void {
  const symbol = symbolNamed(name, namespace, place);
  if (symbol.definition && !symbol.variable) {
    throw new StatementError(`"${name}" is a label and cannot get another value: ${firstDefinition(symbol)}.`);
  }
  if (symbol.definition && forGood) throw new StatementError(`The symbol "${name}" has a value already: ${firstDefinition(symbol)}.`);
  symbol.definition = definition;
  symbol.variable = true;
  symbol.place = place;
}

function firstDefinition({ place }: AsmSymbol): string {
  return `first at ${place.file}:${String(place.line)}`;
}

/** Defines the next label `number:`; references `1f` made before it are to this one. */
export function defineNumbered(number: string, namespace: Namespace, definition: Expression, place: SourcePlace): void {
  const symbol = numberedForward(number, namespace, place);
  symbol.definition = definition;
  symbol.place = place;
}

/** The label that `1b` means. */
export function numberedBackward(number: string, namespace: Namespace): AsmSymbol | undefined {
  return namespace.numbered.get(number)?.findLast((symbol) => symbol.definition !== undefined);
}

/** The label that `1f` means: one that is not defined yet. */
export function numberedForward(number: string, namespace: Namespace, place: SourcePlace): AsmSymbol {
  const labels = namespace.numbered.get(number) ?? [];
  namespace.numbered.set(number, labels);
  const last = labels[labels.length - 1];
  if (last && last.definition === undefined) return last;
  const symbol = newSymbol(`${number}f`, namespace, place);
  labels.push(symbol);
  return symbol;
}

/** The value of a constant (`.equ`), which SPU programs may borrow from the PowerPC part of their file. */
export function constantOf(symbol: AsmSymbol | undefined): bigint | undefined {
  return symbol?.variable && symbol.definition?.kind === 'number' ? symbol.definition.value : undefined;
}

/** Gives a symbol room at the end of a section of zeros. */
export function reserveIn(section: Section, symbol: AsmSymbol, size: number, alignment: number, place: SourcePlace): void {
  const zeros = { kind: 'value', value: 0n, size: 1 } as const;
  section.alignment = Math.max(section.alignment, alignment);
  pushGap(section, alignmentGap(currentOffset(section) ?? 0, alignment), zeros);
  if (symbol.definition) throw new StatementError(`The symbol "${symbol.name}" is defined twice: ${firstDefinition(symbol)}.`);
  symbol.definition = { kind: 'location', location: here(section) };
  symbol.place = place;
  symbol.type ??= 'object';
  symbol.size ??= { kind: 'number', value: BigInt(size) };
  pushGap(section, size, zeros);
}
