/** Which choices cannot go together, and why. */
import type { HandlerKind, Profile } from './profile.ts';

/** Whether the core understands a handler of this kind that says "again". */
export function knowsRetry({ nopageRetry, nopfnRefault, vmFault }: Profile, kind: HandlerKind): boolean {
  switch (kind) {
    case 'nopage': return nopageRetry;
    case 'nopfn': return nopfnRefault;
    case 'fault': return vmFault.nopage !== undefined;
  }
}

/** A rule, and the sentence for a profile that breaks it. */
interface Rule {
  readonly breaks: (profile: Profile) => boolean;
  readonly sentence: (profile: Profile, base: string) => string;
}

const RULES: readonly Rule[] = [
  {
    breaks: ({ handlerKinds, fileHandler }) => !handlerKinds.includes(fileHandler),
    sentence: ({ handlerKinds, fileHandler }, base) => `"fileHandler": "${fileHandler}" does not go with the kernel ${base}, which asks handlers of the kind ${handlerKinds.join(' or ')} only.`,
  },
  {
    breaks: ({ handlerKinds, spufsHandler }) => !handlerKinds.includes(spufsHandler),
    sentence: ({ handlerKinds, spufsHandler }, base) => `"spufsHandler": "${spufsHandler}" does not go with the kernel ${base}, which asks handlers of the kind ${handlerKinds.join(' or ')} only.`,
  },
  {
    breaks: (profile) => profile.spufsHandler === 'nopfn' && !profile.nopfnRefault,
    sentence: () => 'Handlers of spufs of the kind nopfn install the PTE themselves and answer NOPFN_REFAULT: set nopfnRefault to true too.',
  },
  {
    breaks: (profile) => saysRetry(profile) && !knowsRetry(profile, profile.spufsHandler),
    sentence: (_profile, base) => `"nopageRetry": false does not go with the kernel ${base}, whose handlers answer NOPAGE_RETRY: set interruptedWait and deadContext to "sigbus" too.`,
  },
  {
    breaks: (profile) => !profile.speWaitHoldsMmapSem && !knowsRetry(profile, profile.spufsHandler),
    sentence: () => 'A handler that lets go of mmap_sem must have the access made again, for the mappings may have changed: without an answer for that speWaitHoldsMmapSem has to be true.',
  },
  {
    breaks: (profile) => !profile.faultActivates && !knowsRetry(profile, profile.spufsHandler),
    sentence: () => 'A handler that waits until somebody else has got the context an SPE must have the access made again: without an answer for that faultActivates has to be true.',
  },
  {
    breaks: (profile) => profile.pageCacheRetry !== 'never' && !knowsRetry(profile, profile.fileHandler),
    sentence: ({ pageCacheRetry }) => `"pageCacheRetry": "${pageCacheRetry}" needs a core that knows NOPAGE_RETRY: leave out "nopageRetry": false.`,
  },
  {
    breaks: ({ retryFolded, nopageRetry }) => !retryFolded && !nopageRetry,
    sentence: (_profile, base) => `"retryFolded": false is about what do_no_page does with NOPAGE_RETRY, which that of the kernel ${base} does not know: take 2.6.18-retry, 2.6.19 or 2.6.21.`,
  },
  {
    breaks: ({ faultActivates, scheduler }) => faultActivates && scheduler === 'async',
    sentence: () => 'The asynchronous scheduler leaves a context on its run queue instead of waiting for an SPE: a touch cannot get one. Set faultActivates to false and deadContext to "wait", or take another scheduler.',
  },
  {
    breaks: ({ faultActivates, scheduler }) => !faultActivates && scheduler !== 'async',
    sentence: ({ scheduler }) => `Only the asynchronous scheduler wakes those who wait until a context has an SPE: with "scheduler": "${scheduler}" faultActivates has to be true.`,
  },
  {
    breaks: ({ faultActivates, deadContext }) => faultActivates === (deadContext === 'wait'),
    sentence: ({ faultActivates }) => (faultActivates
      ? 'A handler that gets the context an SPE finds out that it has no owner: "deadContext": "wait" needs "faultActivates": false.'
      : 'A handler that only waits for an SPE does not ask for the owner: with "faultActivates": false deadContext has to be "wait".'),
  },
  {
    breaks: ({ interruptedRetry, interruptedWait }) => interruptedRetry !== 'unlimited' && interruptedWait !== 'retry',
    sentence: ({ interruptedRetry }) => `"interruptedRetry": "${interruptedRetry}" says how often an access is made again: it needs "interruptedWait": "retry".`,
  },
];

/** Why there cannot be such a kernel, as a sentence; `base` is the profile that was changed. */
export function contradiction(profile: Profile, base: string): string | undefined {
  return RULES.find(({ breaks }) => breaks(profile))?.sentence(profile, base);
}

function saysRetry({ interruptedWait, deadContext }: Profile): boolean {
  return interruptedWait === 'retry' || deadContext === 'retry';
}
