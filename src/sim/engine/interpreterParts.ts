/** What an interpreter is generated from. */
import type { Form } from './forms.ts';
import type { PpeLayout, SpeLayout } from './layout.ts';

/** `watchesLoads`: loads from blocks that its code map marks as watched go to the host too, which costs every load. */
export type ProcessorPlace =
  | { readonly kind: 'ppe'; readonly layout: PpeLayout }
  | { readonly kind: 'spe'; readonly layout: SpeLayout; readonly watchesLoads: boolean };

export interface InterpreterParts {
  readonly forms: readonly Form[];
  /** Offset of the 64-bit program counter in the state. */
  readonly pcOffset: number;
  /** Exit code of words that are no instruction. */
  readonly illegal: number;
  /** Host helpers and their numbers of arguments. */
  readonly helpers: Readonly<Record<string, number>>;
  /** Size of the memory in pages of 64 KiB. */
  readonly memoryPages: number;
  readonly processor: ProcessorPlace;
}
