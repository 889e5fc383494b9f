import type { Mistake } from '../mistake.ts';

/** A mistake in one statement. The assembler adds the statement's place and carries on with the next one. */
export class StatementError extends Error {
  /** @param offset characters from the start of the statement, where a narrower place than the statement is known */
  constructor(message: string, readonly offset?: number, readonly mistake?: Mistake) {
    super(message);
    this.name = 'StatementError';
  }
}

/** A value that is needed while reading, but depends on something that is only known at the end. */
export class NotYetKnown extends StatementError {
  constructor(message: string) {
    super(message);
    this.name = 'NotYetKnown';
  }
}
