/** Where a PowerPC program starts. */
import { descriptorAt, type Entry } from './descriptor.ts';
import { absolute, evaluate, type Lookup } from './evaluate.ts';
import { labelIn } from './globals.ts';
import type { AssemblyState } from './state.ts';

/** `_start`, else `main`, else the first byte of code. In .opd it is a function descriptor. */
export function entryOf(state: AssemblyState, lookup: Lookup): Entry | undefined {
  const { ppc, namespaces } = state;
  const toc = valueOf(ppc.globals.get('.TOC.')?.definition);
  const definition = labelIn(ppc, namespaces, '_start') ?? labelIn(ppc, namespaces, 'main');
  const descriptor = definition?.kind === 'location' ? descriptorAt(definition.location) : undefined;
  if (descriptor) return descriptor;
  if (definition) return { address: valueOf(definition), toc };
  const code = ppc.sections.find(({ flags, emissions }) => flags.executable && flags.allocated && emissions.length > 0);
  return code && { address: code.address ?? 0, toc };

  function valueOf(expression: typeof definition): number {
    return expression ? Number(absolute(evaluate(expression, lookup), 'The entry')) : 0;
  }
}
