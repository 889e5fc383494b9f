/** `input TEXT`: a line for the program's standard input. */
import { pushInput } from '../../sim/kernel/files/console.ts';
import type { ConsoleCommand } from './command.ts';

export const INPUT: readonly ConsoleCommand[] = [
  {
    words: 'input', operands: 'TEXT', about: 'a line for the program\'s standard input',
    run: ({ debuggee }, operands) => {
      pushInput(debuggee.machine.kernel, new TextEncoder().encode(`${operands.join(' ')}\n`));
      return '';
    },
  },
  {
    words: 'input end', operands: '', about: 'ends the program\'s standard input',
    run: ({ debuggee }) => {
      pushInput(debuggee.machine.kernel, undefined);
      return '';
    },
  },
];
