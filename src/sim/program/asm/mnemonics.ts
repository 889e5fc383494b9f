/** Finding table entries by mnemonic. */
import { nearest } from './suggestion.ts';
import type { InstructionTable, TableEntry } from './table.ts';

/** A mnemonic as written, with record dot and branch hint. */
export const MNEMONIC = /[A-Za-z_][\w.]*[+-]?/y;

export class MnemonicIndex {
  private readonly entries = new Map<string, TableEntry[]>();

  constructor(readonly table: InstructionTable) {
    for (const entry of [...table.instructions, ...table.aliases]) {
      const same = this.entries.get(entry.mnemonic);
      if (same) same.push(entry);
      else this.entries.set(entry.mnemonic, [entry]);
    }
  }

  /** All forms of a mnemonic, and the branch hint that was written after it. */
  find(written: string): { forms: readonly TableEntry[]; hint: '+' | '-' | undefined } | undefined {
    const exact = this.entries.get(written);
    if (exact) return { forms: exact, hint: undefined };
    const hint = this.table.name === 'ppc' ? written.at(-1) : undefined;
    if (hint !== '+' && hint !== '-') return undefined;
    const forms = this.entries.get(written.slice(0, -1));
    return forms && { forms, hint };
  }

  suggestion(written: string): string | undefined {
    return nearest(written.toLowerCase(), this.entries.keys());
  }
}
