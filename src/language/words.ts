/** The names in a statement, and what each is there. */
import { characterEnd, type Statement, stringEnd } from '../sim/program/asm/statement.ts';
import type { TextSpan } from './sourceAnalysis.ts';

/** `label` is defined here, `head` is the mnemonic, directive or macro; `name` is anything in the operands. */
export type WordRole = 'label' | 'head' | 'assigned' | 'name';

export interface Word {
  readonly text: string;
  readonly role: WordRole;
  readonly span: TextSpan;
}

const LABEL = /[ \t]*([A-Za-z_.][\w.$]*|\d+)[ \t]*:(?!:)/y;
const HEAD = /[ \t]*([A-Za-z_.][\w.$]*[+-]?)/y;
const ASSIGNED = /[ \t]*==?(?!=)/y;
/** A suffix such as `@ha`, a name, a numeric local label's use, a register, a macro's parameter; other numbers are skipped whole. */
const OPERAND_WORD = /@\w+|[$%\\]?[A-Za-z_.][\w.$]*|[$%]\d+|\d+[fb](?![\w.$])|\d[\w.]*/y;

export function wordsOf(statement: Statement): Word[] {
  return partsOf(statement).words;
}

/** The numbers in its operands. */
export function numbersOf(statement: Statement): TextSpan[] {
  return partsOf(statement).numbers;
}

function partsOf({ text, place }: Statement): { readonly words: Word[]; readonly numbers: TextSpan[] } {
  const words: Word[] = [];
  const numbers: TextSpan[] = [];
  let at = 0;
  const add = (word: string, start: number, role: WordRole): void => {
    const from = place.column + start;
    words.push({ text: word, role, span: { line: place.line, start: from, end: from + word.length } });
  };
  const take = (pattern: RegExp): { readonly word: string; readonly start: number } | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (!found) return undefined;
    const word = found[1] ?? '';
    const start = at + found[0].indexOf(word);
    at += found[0].length;
    return { word, start };
  };
  for (let label = take(LABEL); label; label = take(LABEL)) add(label.word, label.start, 'label');
  const head = take(HEAD);
  if (head) add(head.word, head.start, take(ASSIGNED) ? 'assigned' : 'head');
  while (at < text.length) {
    if (text[at] === '"') {
      const end = stringEnd(text, at);
      at = end < 0 ? text.length : end;
    } else if (text[at] === "'") at = characterEnd(text, at);
    else {
      OPERAND_WORD.lastIndex = at;
      const word = OPERAND_WORD.exec(text)?.[0];
      if (word !== undefined && (!/^\d/.test(word) || /^\d+[fb]$/.test(word))) add(word, at, 'name');
      else if (word !== undefined) numbers.push({ line: place.line, start: place.column + at, end: place.column + at + word.length });
      at += word?.length ?? 1;
    }
  }
  return { words, numbers };
}
