/** What do_no_page and the handlers of mappings say to each other. */
import type { FaultInFlight } from '../fault/state.ts';
import type { Mm, Vma } from './state.ts';

/**
 * What a nopage handler returns (facts 1.3): a page, whose first frame it has put into
 * `request.frame` and one use of which it hands over, or one of the three special answers.
 */
export const NOPAGE_PAGE = 1;
export const NOPAGE_SIGBUS = 0;
export const NOPAGE_OOM = -1;
export const NOPAGE_RETRY = -2;

/** The question, and the place for the answer. Shared by the frames of do_no_page and the handler. */
export interface NopageRequest {
  readonly mm: Mm;
  readonly vma: Vma;
  /** First address of the page that is missing. */
  readonly address: number;
  readonly write: boolean;
  /** Physical address divided by 4096 of the page that the handler gives. */
  frame: number;
  /** The page may be cached, whatever the mapping says of its pages. */
  cacheable?: boolean;
  /** The handler's `*type`: the page came from the disk. */
  major: boolean;
  /** The handler has installed the PTE itself. */
  installed: boolean;
}

/** Locals of every nopage handler's path. */
export interface NopageLocals {
  readonly fault: FaultInFlight;
  readonly request: NopageRequest;
}

/** Offset in the file of the missing page, in bytes. */
export function fileOffset({ vma, address }: NopageRequest): number {
  return vma.offset + address - vma.start;
}
