/** Where a PowerPC program starts. */
import { absolute, evaluate, type Lookup } from './evaluate.ts';
import { labelIn } from './globals.ts';
import { addressOf } from './lineTable.ts';
import type { Location, Section } from './object.ts';
import type { AssemblyState } from './state.ts';

export interface Entry {
  readonly address: number;
  /** The TOC pointer, r2. */
  readonly toc: number;
}

/**
 * `_start`, else `main`, else the first byte of code. In the section .opd it is a function descriptor:
 * the addresses of the code and of the TOC (64-bit PowerPC ELF ABI supplement 1.9, section 3.2.5).
 */
export function entryOf(state: AssemblyState, lookup: Lookup, bytesOf: (section: Section) => Uint8Array): Entry | undefined {
  const { ppc, namespaces } = state;
  const toc = valueOf(ppc.globals.get('.TOC.')?.definition);
  const definition = labelIn(ppc, namespaces, '_start') ?? labelIn(ppc, namespaces, 'main');
  const descriptor = definition?.kind === 'location' ? descriptorAt(definition.location, bytesOf) : undefined;
  if (descriptor) return descriptor;
  if (definition) return { address: valueOf(definition), toc };
  const code = ppc.sections.find(({ flags, emissions }) => flags.executable && flags.allocated && emissions.length > 0);
  return code && { address: code.address ?? 0, toc };

  function valueOf(expression: typeof definition): number {
    return expression ? Number(absolute(evaluate(expression, lookup), 'The entry')) : 0;
  }
}

/** The function descriptor at a place in .opd. */
export function descriptorAt(location: Location, bytesOf: (section: Section) => Uint8Array): Entry | undefined {
  const { section } = location;
  if (section.name !== '.opd') return undefined;
  const bytes = bytesOf(section);
  const offset = addressOf(location) - (section.address ?? 0);
  if (offset < 0 || offset + 16 > bytes.length) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset + offset, 16);
  return { address: Number(view.getBigUint64(0)), toc: Number(view.getBigUint64(8)) };
}
