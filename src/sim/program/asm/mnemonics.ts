/** Finding table entries by mnemonic. */
import { StatementError } from './error.ts';
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

  /** All forms of a mnemonic. */
  find(written: string): readonly Form[] | undefined {
    return this.forms.get(written);
  }

  /** What is wrong with a mnemonic that is one but for the hint behind it. */
  uselessHint(written: string, offset: number): StatementError | undefined {
    const [, mnemonic = '', hint = ''] = /^(.*)([-+])$/.exec(written) ?? [];
    if (!this.forms.has(mnemonic)) return undefined;
    return new StatementError(`"${mnemonic}" takes no hint: write it without "${hint}".`, offset, { code: 'useless-hint', written, mnemonic });
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
