/** What the core and the handlers of mappings say to each other (facts 1.3). */
import type { FaultInFlight, HandlerAnswer } from '../fault/state.ts';
import type { HandlerKind, Profile } from '../profile/profile.ts';
import { protectionOf, PTE_NO_CACHE } from './pte.ts';
import type { Mm, Vma } from './state.ts';

/**
 * What a handler returns: a page, whose first frame it has put into `request.frame` and one use
 * of which it hands over, or one of the three special answers. Each kind of handler has names of its own for them.
 */
export const ANSWER = { page: 1, sigbus: 0, oom: -1, retry: -2 } as const;

/** The question, and the place for the answer. Shared by the frames of the core and the handler. */
export interface HandlerRequest {
  readonly mm: Mm;
  readonly vma: Vma;
  /** First address of the page that is missing. */
  readonly address: number;
  readonly write: boolean;
  /** Offset in the file, in bytes, that a nonlinear mapping names for the page. */
  readonly nonlinearOffset?: number;
  /** Physical address divided by 4096 of the page that the handler gives. */
  frame: number;
  /** The page came from the disk. */
  major: boolean;
  /** The handler has installed the PTE itself. */
  installed: boolean;
  /** The page may be cached, whatever the mapping says of its pages. */
  cacheable?: boolean;
}

/** Locals of every handler's path. */
export interface HandlerLocals {
  readonly fault: FaultInFlight;
  readonly request: HandlerRequest;
}

/** Offset in the file of the missing page, in bytes. */
export function fileOffset({ vma, address, nonlinearOffset }: HandlerRequest): number {
  return nonlinearOffset ?? vma.offset + address - vma.start;
}

/** Flags of the PTE that the page gets (vm_page_prot). */
export function pteFlagsFor({ vma, cacheable }: HandlerRequest): number {
  return cacheable === true ? protectionOf(vma) & ~PTE_NO_CACHE : protectionOf(vma);
}

/** What a handler of this kind calls its refusal, for listings. */
export const SIGBUS_NAME = { nopage: 'NOPAGE_SIGBUS', nopfn: 'NOPFN_SIGBUS', fault: 'VM_FAULT_SIGBUS' } as const satisfies Record<HandlerKind, HandlerAnswer>;
export const OOM_NAME = { nopage: 'NOPAGE_OOM', nopfn: 'NOPFN_OOM', fault: 'VM_FAULT_OOM' } as const satisfies Record<HandlerKind, HandlerAnswer>;

/** What a handler of this kind calls "make the access again". */
export function retryName({ retryName: name }: Profile, kind: HandlerKind): HandlerAnswer {
  switch (kind) {
    case 'nopage': return name;
    case 'nopfn': return 'NOPFN_REFAULT';
    case 'fault': return 'VM_FAULT_NOPAGE';
  }
}

/** An answer by the name that handlers of this kind have for it. */
export function answerName(profile: Profile, kind: HandlerKind, answer: number): HandlerAnswer {
  switch (answer) {
    case ANSWER.page: return 'page';
    case ANSWER.sigbus: return SIGBUS_NAME[kind];
    case ANSWER.oom: return OOM_NAME[kind];
    case ANSWER.retry: return retryName(profile, kind);
    default: throw new Error(`A handler answered ${String(answer)}, which means nothing.`);
  }
}
