/** Symbols that the files of a program share, and those that no file defines. */
import type { SourcePlace } from '../program.ts';
import { binary } from './evaluate.ts';
import type { AddressSpace, AsmSymbol, Expression, Namespace } from './object.ts';
import { exportSymbol } from './spuProgram.ts';
import type { AssemblyState } from './state.ts';
import { reserveIn } from './symbols.ts';

/**
 * `.TOC.` points 32 KiB into its section, which 16-bit displacements then reach whole (ABI 1.9, section 3.4).
 * GNU ld rounds the section's start down to 256 bytes for it (elf64-ppc.c, `TOC_BASE_ALIGN`).
 */
const TOC_OFFSET = 0x8000n;
const TOC_ALIGNMENT = 256n;
const NOWHERE: SourcePlace = { file: '', line: 0, column: 0 };

/** When all files have been read: fills the tables of global symbols. */
export function shareSymbols(state: AssemblyState): void {
  const { ppc, spu, namespaces } = state;
  for (const space of spu.values()) {
    exportSymbol(ppc, `${space.name}_entry`, entryOfSpu(space, namespaces), NOWHERE);
  }
  const toc = tocBase(ppc);
  if (toc) exportSymbol(ppc, '.TOC.', toc, NOWHERE);
  const symbols = namespaces.flatMap((namespace) => [...namespace.symbols.values()]);
  for (const symbol of symbols) share(state, symbol);
  for (const symbol of symbols) makeRoom(state, symbol);
}

function share({ errors, spu }: AssemblyState, symbol: AsmSymbol): void {
  const { name, namespace, global, place } = symbol;
  if (!symbol.definition) return;
  if (namespace.space.isa === 'ppc' && spu.has(name)) {
    errors.push({ ...place, message: `"${name}" is the name of an SPU program (the section .spu.${name}): call this symbol something else.` });
    return;
  }
  if (!global) return;
  const { globals } = namespace.space;
  const other = globals.get(name);
  if (other && !other.weak && !symbol.weak) {
    const first = other.place === NOWHERE ? 'by the assembler' : `at ${other.place.file}:${String(other.place.line)}`;
    errors.push({ ...place, message: `The global symbol "${name}" is defined twice: first ${first}.` });
  } else if (!other || other.weak) {
    globals.set(name, symbol);
  }
}

/** `.comm` symbols that no file defines get room in .bss. */
function makeRoom(state: AssemblyState, symbol: AsmSymbol): void {
  const { name, common, namespace, place } = symbol;
  const { space } = namespace;
  if (!common || (!symbol.local && space.globals.get(name))) return;
  reserveIn(state.zeroedSection(space), symbol, common.size, common.alignment, place);
  if (!symbol.local) space.globals.set(name, symbol);
}

/** The label where an SPU program starts: `_start`, else `main`, else its first byte. */
export function entryOfSpu(space: AddressSpace, namespaces: readonly Namespace[]): Expression {
  return labelIn(space, namespaces, '_start') ?? labelIn(space, namespaces, 'main') ?? { kind: 'number', value: 0n };
}

/** The definition of a label of any file. */
export function labelIn(space: AddressSpace, namespaces: readonly Namespace[], name: string): Expression | undefined {
  const exported = space.globals.get(name)?.definition;
  if (exported) return exported;
  for (const namespace of namespaces) {
    const definition = namespace.space === space ? namespace.symbols.get(name)?.definition : undefined;
    if (definition) return definition;
  }
  return undefined;
}

function tocBase({ sections }: AddressSpace): Expression | undefined {
  const section =
    sections.find(({ name }) => name === '.toc' || name === '.got') ??
    sections.find(({ flags }) => flags.allocated && flags.writable) ??
    sections.find(({ flags }) => flags.allocated);
  const fragment = section?.fragments[0];
  if (!section || !fragment) return undefined;
  const start: Expression = { kind: 'location', location: { section, fragment, offset: 0 } };
  return binary('+', binary('&', start, { kind: 'number', value: -TOC_ALIGNMENT }), { kind: 'number', value: TOC_OFFSET });
}
