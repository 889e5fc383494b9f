/** What comes from outside: what the program would not do by itself. Each at its place in history. */
import { pushInput } from '../kernel/files/console.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { SI } from '../kernel/signal/numbers.ts';
import { sendSignal, sentSignal } from '../kernel/signal/send.ts';
import type { Checkpoint, ThreadKey } from './checkpoint.ts';

export type Input =
  /** Bytes of standard input; its end where they are undefined. */
  | { readonly kind: 'stdin'; readonly bytes: Uint8Array | undefined }
  /** A signal from outside to the first process. */
  | { readonly kind: 'signal'; readonly signal: number }
  /** One thread alone may run from here on, or all. */
  | { readonly kind: 'only'; readonly thread: ThreadKey | undefined };

/** An input, or what the machine was after a debugger had changed it. */
export type LoggedInput = { readonly place: number } & (Input | { readonly kind: 'edit'; readonly after: Checkpoint });

/** Of the thread that may run alone the machine keeps count itself. */
export function giveInput(k: Kernel, input: Exclude<Input, { kind: 'only' }>): void {
  if (input.kind === 'stdin') {
    pushInput(k, input.bytes);
    return;
  }
  const [first] = k.state.tasks.values();
  if (first) sendSignal(k, first.group, sentSignal(input.signal, SI.USER, 0));
}
