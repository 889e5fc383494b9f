/** How a value is to be written: what stands behind the comma in `$r4,d`. */
import { ExpressionError } from '../evaluate/expression.ts';

const NOTATIONS = { x: 'hexadecimal', d: 'decimal', u: 'decimal without sign', o: 'octal', b: 'binary', c: 'characters', f: 'floating point', s: 'the text at an address' } as const;

export type Notation = keyof typeof NOTATIONS;

/** An expression without its notation, and the notation as part of a number format. */
export interface Notated {
  readonly text: string;
  readonly numbers: { readonly notation?: Notation };
}

/** Takes the notation off an expression. Throws `ExpressionError` where there is none of that name. */
export function splitNotation(text: string): Notated {
  const [suffix, name = ''] = /,\s*(\w*)\s*$/.exec(text) ?? [];
  if (suffix === undefined) return { text, numbers: {} };
  if (!isNotation(name)) {
    const known = Object.entries(NOTATIONS).map(([letter, words]) => `${letter} (${words})`).join(', ');
    throw new ExpressionError(`There is no notation "${name}"; behind the comma of an expression may stand ${known}.`);
  }
  return { text: text.slice(0, -suffix.length), numbers: { notation: name } };
}

function isNotation(name: string): name is Notation {
  return Object.hasOwn(NOTATIONS, name);
}
