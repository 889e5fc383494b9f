/** Kernels under the retry policies of the debate (facts 1.1). */
import { CHOICES } from '../../sim/kernel/profile/choices.ts';
import { type ProfileChoice, profileOf } from '../../sim/kernel/profile/lookup.ts';
import type { RetryPolicy } from '../../sim/kernel/profile/profile.ts';

export const POLICIES: readonly RetryPolicy[] = CHOICES.interruptedRetry;

/** Each kernel under each policy; the kernels as they are where there are no policies. @throws ProfileError */
export function kernelsUnder(kernels: readonly ProfileChoice[], policies: readonly RetryPolicy[]): readonly ProfileChoice[] {
  return policies.length === 0 ? kernels : kernels.flatMap((kernel) => policies.map((policy) => underPolicy(kernel, policy)));
}

/** A kernel whose waits for an SPE and for the disk are sent back as a policy says; the former only where the kernel sends them back at all. */
function underPolicy(kernel: ProfileChoice, policy: RetryPolicy): ProfileChoice {
  const choices = typeof kernel === 'string' ? { base: kernel } : kernel;
  return { ...choices, ...(profileOf(kernel).interruptedWait === 'retry' ? { interruptedRetry: policy } : {}), pageCacheRetry: policy };
}
