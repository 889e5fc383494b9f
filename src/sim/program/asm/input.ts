/** The statements to come: of files, and of what macros and repetitions make of them. */
import { StatementError } from './error.ts';
import type { Statement } from './statement.ts';

interface Frame {
  readonly kind: 'file' | 'macro' | 'repetition';
  readonly statements: readonly Statement[];
  next: number;
  /** How often the statements are still to be read after this time. */
  again: number;
  /** Conditionals that were open when the frame began; `.exitm` closes the later ones. */
  readonly openConditionals: number;
}

const DEEPEST = 100;
/** A mistyped count must not hang the assembler; a program of this length would not fit its addresses anyway. */
const MOST_STATEMENTS = 1_000_000;

export class Input {
  private readonly frames: Frame[] = [];
  private taken = 0;

  push(kind: Frame['kind'], statements: readonly Statement[], openConditionals: number, times = 1): void {
    if (this.frames.length >= DEEPEST) {
      throw new StatementError(`Macros, repetitions and included files nest ${String(DEEPEST)} deep here: something includes or calls itself for ever.`);
    }
    if (statements.length * times > MOST_STATEMENTS - this.taken && !leavesEarly(statements)) this.tooMany();
    if (statements.length > 0 && times > 0) this.frames.push({ kind, statements, next: 0, again: times - 1, openConditionals });
  }

  /** The next statement, or undefined at the end of everything. */
  take(): Statement | undefined {
    for (let frame = this.frames.at(-1); frame; frame = this.frames.at(-1)) {
      const statement = frame.statements[frame.next];
      if (statement) {
        frame.next++;
        this.count();
        return statement;
      }
      if (frame.again === 0) this.frames.pop();
      else {
        frame.again--;
        frame.next = 0;
      }
    }
    return undefined;
  }

  /**
   * Takes statements up to the one that closes what is open, which is taken too and left out.
   * Undefined when the file or macro ends first.
   */
  takeBlock(opens: (word: string) => boolean, closes: string): Statement[] | undefined {
    const frame = this.frames.at(-1);
    const block: Statement[] = [];
    let depth = 1;
    while (frame) {
      const statement = frame.statements[frame.next];
      if (!statement) return undefined;
      frame.next++;
      this.count();
      const word = headWord(statement.text);
      if (opens(word)) depth++;
      if (word === closes && --depth === 0) return block;
      block.push(statement);
    }
    return undefined;
  }

  /** Leaves the innermost macro. Answers how many conditionals were open when it was called. */
  leaveMacro(): number | undefined {
    const index = this.frames.findLastIndex(({ kind }) => kind === 'macro');
    const frame = this.frames[index];
    if (!frame) return undefined;
    this.frames.length = index;
    return frame.openConditionals;
  }

  /** Drops everything that was to come. */
  stop(): void {
    this.frames.length = 0;
  }

  private count(): void {
    if (++this.taken > MOST_STATEMENTS) this.tooMany();
  }

  private tooMany(): never {
    this.stop();
    throw new StatementError(`The program has more than ${String(MOST_STATEMENTS)} statements here: a macro or .rept makes too many.`);
  }
}

/** Whether a block may end before its repetitions do. */
function leavesEarly(statements: readonly Statement[]): boolean {
  return statements.some(({ text }) => headWord(text) === 'exitm');
}

const HEAD = /^(?:[\w.$]+\s*:\s*)*\.?([\w.]+)/;

/** The directive or mnemonic of a statement, in lower case, without labels and dot. */
export function headWord(text: string): string {
  return HEAD.exec(text)?.[1]?.toLowerCase() ?? '';
}
