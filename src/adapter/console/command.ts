/** A command of the debug console. */
import type { Table } from './table.ts';
import type { Debuggee } from '../session/debuggee.ts';
import type { Session } from '../session/session.ts';
import type { Runner } from '../../sim/run/stop.ts';

export interface CommandContext {
  readonly debuggee: Debuggee;
  readonly session: Session;
  /** The thread that is selected, where one is. */
  readonly thread: Runner | undefined;
  /** Makes tables as the client shows them. */
  readonly table: Table;
}

export interface ConsoleCommand {
  /** Words that begin it: `info spu dma`. */
  readonly words: string;
  /** How help writes what follows: `[CONTEXT]`. */
  readonly operands: string;
  readonly about: string;
  /** Answers the text to show. Throws `ExpressionError` for operands that do not suit. */
  readonly run: (context: CommandContext, operands: readonly string[]) => string;
}
