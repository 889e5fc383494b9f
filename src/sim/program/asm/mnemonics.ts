/** Finding table entries by mnemonic. */
import { nearest } from './suggestion.ts';
import type { InstructionTable, TableEntry, TableOperand } from './table.ts';

/** A mnemonic as written, with record dot and branch hint. */
export const MNEMONIC = /[A-Za-z_][\w.]*[+-]?/y;

/** A file in another language has thousands of unknown words; nobody reads suggestions for all of them. */
const MOST_SUGGESTIONS = 200;

/** A table entry with its operands as they are written. */
export interface Form {
  readonly entry: TableEntry;
  readonly groups: readonly OperandGroup[];
  /** How many of them may be left out. */
  readonly optional: number;
}

/** One operand, or a displacement with its register in parentheses. */
export interface OperandGroup {
  readonly outer: TableOperand;
  readonly inner: TableOperand | undefined;
}

export class MnemonicIndex {
  private readonly forms = new Map<string, Form[]>();
  private readonly suggestions = new Map<string, string | undefined>();

  constructor(readonly table: InstructionTable) {
    for (const entry of [...table.instructions, ...table.aliases]) {
      const same = this.forms.get(entry.mnemonic);
      if (same) same.push(formOf(entry));
      else this.forms.set(entry.mnemonic, [formOf(entry)]);
    }
  }

  /** All forms of a mnemonic, and the branch hint that was written after it. */
  find(written: string): { forms: readonly Form[]; hint: '+' | '-' | undefined } | undefined {
    const exact = this.forms.get(written);
    if (exact) return { forms: exact, hint: undefined };
    const hint = this.table.name === 'ppc' ? written.at(-1) : undefined;
    if (hint !== '+' && hint !== '-') return undefined;
    const forms = this.forms.get(written.slice(0, -1));
    return forms && { forms, hint };
  }

  /** The mnemonic that was probably meant. */
  suggestion(written: string): string | undefined {
    const known = this.suggestions.get(written);
    if (known !== undefined || this.suggestions.size >= MOST_SUGGESTIONS) return known;
    const found = nearest(written.toLowerCase(), this.forms.keys());
    this.suggestions.set(written, found);
    return found;
  }
}

function formOf(entry: TableEntry): Form {
  const { operands } = entry;
  const groups: OperandGroup[] = [];
  operands.forEach((outer, index) => {
    if (outer.displaced) return;
    const next = operands[index + 1];
    groups.push({ outer, inner: next?.displaced ? next : undefined });
  });
  return { entry, groups, optional: groups.filter(({ outer }) => outer.optional !== undefined).length };
}
