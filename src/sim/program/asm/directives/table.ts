/** All directives by name, without the dot. */
import { BLOCK_DIRECTIVES } from './blocks.ts';
import { CONDITIONAL_DIRECTIVES } from './conditions.ts';
import { DATA_DIRECTIVES } from './data.ts';
import type { Directive, Directives } from './directive.ts';
import { GAP_DIRECTIVES, ROOM_DIRECTIVES } from './gaps.ts';
import { ignore, OTHER_DIRECTIVES } from './other.ts';
import { SECTION_DIRECTIVES } from './sections.ts';
import { SYMBOL_DIRECTIVES } from './symbols.ts';

/** What a label may stand before as the name of its bytes. */
const CONTENT: Directives = { ...DATA_DIRECTIVES, ...ROOM_DIRECTIVES };
const DIRECTIVES: Directives = {
  ...CONTENT, ...GAP_DIRECTIVES, ...SECTION_DIRECTIVES, ...SYMBOL_DIRECTIVES,
  ...CONDITIONAL_DIRECTIVES, ...BLOCK_DIRECTIVES, ...OTHER_DIRECTIVES,
};

export const DIRECTIVE_NAMES: readonly string[] = Object.keys(DIRECTIVES);

/** Whether a directive, without its dot, puts data or room for it in its place. */
export function isContent(name: string): boolean {
  return Object.hasOwn(CONTENT, name);
}

export function directiveNamed(name: string): Directive | undefined {
  if (name.startsWith('cfi_')) return ignore;
  return Object.hasOwn(DIRECTIVES, name) ? DIRECTIVES[name] : undefined;
}
