/** What sections are by their names and flags, and which address space they belong to. */
import { StatementError } from './error.ts';
import type { SectionFlags } from './object.ts';

const CODE = { allocated: true, writable: false, executable: true, zeroed: false };
const CONSTANTS = { allocated: true, writable: false, executable: false, zeroed: false };
const VARIABLES = { allocated: true, writable: true, executable: false, zeroed: false };
const ZEROS = { allocated: true, writable: true, executable: false, zeroed: true };
const NOT_LOADED = { allocated: false, writable: false, executable: false, zeroed: false };

const KNOWN: readonly (readonly [RegExp, SectionFlags])[] = [
  [/^\.(text|init|fini)\b/, CODE],
  [/^\.(rodata|eh_frame)\b/, CONSTANTS],
  [/^\.(data|opd|toc|got|sdata|init_array|fini_array|ctors|dtors)\b/, VARIABLES],
  [/^\.(bss|sbss)\b/, ZEROS],
];

/** Local stores know no protection; what is code says how gaps are filled. */
export function localStoreFlags(name: string): SectionFlags {
  return { allocated: true, writable: true, executable: isLocalStoreCode(name), zeroed: false };
}

/** `.spu.NAME` itself, and `.text` of a file that is all SPU code. */
export function isLocalStoreCode(name: string): boolean {
  return /^\.spu\.[^.]+(\.text.*)?$|^\.text\b/.test(name);
}

/** Flags of a section whose directive gives none; a name that means nothing is not loaded (gas manual, ".section"). */
export function flagsByName(name: string): SectionFlags {
  return KNOWN.find(([pattern]) => pattern.test(name))?.[1] ?? NOT_LOADED;
}

const KNOWN_LETTERS = /^[awxeosGMSTl?\d]*$/;

/** Flags written as `"awx"`; `@nobits` makes a section of zeros. */
export function flagsByLetters(letters: string, type: string | undefined): SectionFlags {
  if (!KNOWN_LETTERS.test(letters)) {
    throw new StatementError(`The section flags "${letters}" are not known: use a (loaded), w (writable), x (executable).`);
  }
  return {
    allocated: letters.includes('a'),
    writable: letters.includes('w'),
    executable: letters.includes('x'),
    zeroed: type === 'nobits',
  };
}

/** `.spu.worker` is the program "worker"; `.spu.worker.data` is a section of the same program. */
export function spuProgramOf(section: string): string | undefined {
  if (!section.startsWith('.spu.')) return undefined;
  const name = section.split('.')[2] ?? '';
  if (!/^[A-Za-z_]\w*$/.test(name)) {
    throw new StatementError(`The section "${section}" names no SPU program: it is written .spu.NAME, with a name of letters, digits and "_".`);
  }
  return name;
}

/** The SPU program that a file of SPU code makes: `path/worker.spu.s` is "worker". */
export function spuProgramOfFile(path: string): string | undefined {
  const base = /([^/\\]*)\.spu\.[sS]$/.exec(path)?.[1];
  if (base === undefined) return undefined;
  const name = base.replace(/\W/g, '_');
  return /^\d|^$/.test(name) ? `_${name}` : name;
}
