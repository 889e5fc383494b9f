/** What an instruction means and how it is encoded, and how its operands are written. */
import type { Form } from '../sim/program/asm/mnemonics.ts';
import type { TableEntry } from '../sim/program/asm/table.ts';
import type { SourceAnalysis, TextPlace } from './sourceAnalysis.ts';

/** Bits of the instruction word that belong together; bit 0 is the most significant, as in the manuals. */
export interface BitField {
  readonly first: number;
  readonly last: number;
  /** The fixed bits in binary, or the operand's name. */
  readonly content: string;
}

export interface FormHelp {
  /** `lwz rt, d(ra0)`. */
  readonly syntax: string;
  /** Where each operand stands in `syntax`. */
  readonly operands: readonly { readonly start: number; readonly end: number; readonly range: string }[];
  readonly doc: string;
  readonly aliasOf: string | undefined;
  readonly bits: readonly BitField[];
}

export function formHelp({ entry, groups }: Form): FormHelp {
  let syntax = entry.mnemonic;
  const operands = groups.map(({ outer, inner }, index) => {
    syntax += index === 0 ? ' ' : ', ';
    const start = syntax.length;
    const name = outer.field.name + (inner ? `(${inner.field.name})` : '');
    syntax += outer.optional === undefined ? name : `[${name}]`;
    return { start, end: syntax.length, range: outer.field.range };
  });
  return { syntax, operands, doc: entry.doc, aliasOf: entry.aliasOf, bits: bitFields(entry) };
}

/** The forms of the mnemonic at a place. */
export function hoverAt(analysis: SourceAnalysis, at: TextPlace): readonly FormHelp[] {
  const word = analysis.wordAt(at);
  if (word?.role !== 'head') return [];
  return (analysis.mnemonics[analysis.isaAt(at.line)].find(word.text) ?? []).map(formHelp);
}

/** Fields by trying which bits of the word change an operand's value. */
function bitFields({ encoding: { mask, match }, operands }: TableEntry): BitField[] {
  const fields: BitField[] = [];
  for (let bit = 0; bit < 32; bit++) {
    const one = (0x80000000 >>> bit) | 0;
    const fixed = (mask & one) !== 0;
    const operand = operands.find(({ field }) => field.decode(match | one) !== field.decode(match));
    const content = fixed && !operand ? ((match & one) !== 0 ? '1' : '0') : operand?.field.name ?? '/';
    const last = fields.at(-1);
    const joins = last && (/^[01]/.test(content) ? /^[01]+$/.test(last.content) : last.content === content);
    if (joins) fields[fields.length - 1] = { first: last.first, last: bit, content: /^[01]/.test(content) ? last.content + content : content };
    else fields.push({ first: bit, last: bit, content });
  }
  return fields;
}
