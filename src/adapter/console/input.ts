/** `input TEXT`: a line for the program's standard input. */
import type { ConsoleCommand } from './command.ts';

export const INPUT: readonly ConsoleCommand[] = [
  {
    words: 'input', operands: 'TEXT', about: 'a line for the program\'s standard input',
    run: ({ session }, operands) => {
      session.execution.give({ kind: 'stdin', bytes: new TextEncoder().encode(`${operands.join(' ')}\n`) });
      return '';
    },
  },
  {
    words: 'input end', operands: '', about: 'ends the program\'s standard input',
    run: ({ session }) => {
      session.execution.give({ kind: 'stdin', bytes: undefined });
      return '';
    },
  },
];
