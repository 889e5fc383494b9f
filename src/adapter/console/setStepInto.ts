/** `set step-into kernel|user`: what Step Into enters from now on. */
import { ExpressionError } from '../evaluate/expression.ts';
import type { ConsoleCommand } from './command.ts';

export const SET_STEP_INTO: ConsoleCommand = {
  words: 'set step-into', operands: 'kernel|user', about: 'whether Step Into goes through the kernel where an instruction faults or calls the system',
  run: ({ session: { stepping } }, [into]) => {
    if (into !== 'kernel' && into !== 'user') throw new ExpressionError('Write set step-into kernel, or set step-into user.');
    stepping.into = into;
    return into === 'kernel' ? 'Step Into goes through the kernel.' : 'Step Into runs the kernel through.';
  },
};
