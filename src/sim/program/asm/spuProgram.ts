/** How an SPU program appears in the PowerPC program that carries it. */
import type { SourcePlace } from '../program.ts';
import type { AddressSpace, Expression } from './object.ts';
import { here, newSection, pushTail } from './section.ts';
import { newNamespace, newSymbol } from './symbols.ts';

/** DMA moves whole cache lines fastest when they are aligned (Cell BE Handbook, 19.2.1). */
const IMAGE_ALIGNMENT = 128;

/**
 * Puts the image of an SPU program into the read-only data of the PowerPC program, between the
 * symbols NAME and NAME_end.
 */
export function embedProgram(space: AddressSpace, ppc: AddressSpace, place: SourcePlace): void {
  const flags = { allocated: true, writable: false, executable: false, zeroed: false };
  const section = newSection(`.image.${space.name}`, ppc, flags);
  section.alignment = IMAGE_ALIGNMENT;
  ppc.sections.push(section);
  exportSymbol(ppc, space.name, { kind: 'location', location: here(section) }, place);
  pushTail(section, { kind: 'image', space });
  exportSymbol(ppc, `${space.name}_end`, { kind: 'location', location: here(section) }, place);
}

/** Gives the PowerPC program a symbol that no file defines. */
export function exportSymbol(ppc: AddressSpace, name: string, definition: Expression, place: SourcePlace): void {
  const symbol = newSymbol(name, newNamespace(ppc, undefined), place);
  symbol.definition = definition;
  symbol.global = true;
  ppc.globals.set(name, symbol);
}
