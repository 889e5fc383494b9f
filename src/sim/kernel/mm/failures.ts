/** Failures that the launch configuration scripts: disk errors by file and page, and drivers that refuse writes. */
import type { Kernel } from '../kernel.ts';
import type { FailingOperation } from './state.ts';

/** Path by which the swap device is named; its pages are its slots. */
export const SWAP_PATH = 'swap';

/** Whether an operation on a page is scripted to fail now; a failure that is given so many times counts as given. */
export function takeFailure(k: Kernel, path: string, operation: FailingOperation, page: number): boolean {
  const { failures = [] } = k.configuration;
  const { failuresGiven } = k.state.frames;
  for (const [index, failure] of failures.entries()) {
    const given = failuresGiven[index] ?? 0;
    if (failure.path !== path || failure.operation !== operation || page < failure.firstPage || page > failure.lastPage || given >= failure.count) continue;
    failuresGiven[index] = given + 1;
    return true;
  }
  return false;
}

/** Whether a file's driver or file system wants to hear of the first write to each shared page: one whose refusals are scripted does. */
export function hasPageMkwrite({ configuration: { failures = [] } }: Kernel, path: string): boolean {
  return failures.some((failure) => failure.operation === 'mkwrite' && failure.path === path);
}
