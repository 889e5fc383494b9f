/** One system call: its number, name, arguments and what it does. */
import type { Kernel } from '../kernel.ts';
import type { Frame } from '../path.ts';
import type { Task } from '../state.ts';
import type { Argument, ArgumentValue } from './arguments.ts';

/**
 * What a call's function answers: a result (negative errno for errors), or the path that
 * finds the result. Calls that can neither sleep nor touch user memory answer at once.
 */
export type Answer = number | Frame;

type Values<A extends readonly Argument<unknown>[]> = {
  readonly [I in keyof A]: A[I] extends Argument<infer T> ? T : never;
};

export interface SystemCall {
  readonly number: number;
  readonly name: string;
  readonly arguments: readonly Argument<unknown>[];
  readonly run: (k: Kernel, task: Task, values: readonly ArgumentValue[]) => Answer;
}

/** Makes a table entry: `systemCall(6, 'close', [descriptor()], (k, task, fd) => ...)`. */
export function systemCall<const A extends readonly Argument<unknown>[]>(
  number: number,
  name: string,
  args: A,
  run: (k: Kernel, task: Task, ...values: Values<A>) => Answer,
): SystemCall {
  return {
    number, name, arguments: args,
    run: (k, task, values) => run(k, task, ...decode(args, values)),
  };
}

function decode<A extends readonly Argument<unknown>[]>(args: A, values: readonly ArgumentValue[]): Values<A> {
  const decoded = args.map((argument, index) => {
    const value = values[index];
    if (!value) throw new Error(`The system call has no register for its argument ${argument.name}.`);
    return argument.value(value);
  });
  return decoded as Values<A>;
}
