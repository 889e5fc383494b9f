/** The names that an SPU program has in PowerPC code: NAME and NAME_end around its image, NAME_entry, and NAME.label for its labels. */
import { spuProgramOfFile } from '../sim/program/asm/sectionNames.ts';
import type { Word } from './words.ts';

export interface SpuProgramUse {
  readonly program: string;
  readonly label?: string;
}

/** What a name may be, if there is an SPU program of that name. */
export function spuProgramUses(name: string): readonly SpuProgramUse[] {
  const dot = name.indexOf('.', 1);
  if (dot > 0) return [{ program: name.slice(0, dot), label: name.slice(dot + 1) }];
  const parts = /^(.+)_(?:end|entry)$/.exec(name);
  return [{ program: name }, ...parts?.[1] === undefined ? [] : [{ program: parts[1] }]];
}

/** The SPU program that the name of a section is about: `.spu.worker.data`. */
export function spuProgramOfSection({ text, role }: Word, head: string): string | undefined {
  if (role !== 'name' || (head !== '.section' && head !== '.pushsection')) return undefined;
  return /^\.spu\.([A-Za-z_]\w*)/.exec(text)?.[1];
}

/** An SPU program under this is no symbol's name. */
export function spuProgramKey(program: string): string {
  return `.spu.${program}`;
}

/** Other sources see the SPU program that a file of its own makes, and those in sections. */
export function spuProgramsOf(path: string, inSections: Iterable<string>): ReadonlySet<string> {
  const own = spuProgramOfFile(path);
  return new Set([...own === undefined ? [] : [own], ...inSections]);
}
