/** Who holds a context, and its end: the last holder takes it with him (facts 3.1). */
import { directoryEntries, touch } from '../files/inode.ts';
import type { Kernel } from '../kernel.ts';
import { releaseFrames } from '../mm/frames.ts';
import { leaveGang } from './gang.ts';
import { IMAGE_FRAMES } from './image.ts';
import { removeFromRunQueue } from './scheduler/contextQueue.ts';
import { deactivate, freeSpe } from './scheduler/deactivate.ts';
import { newRunQueue } from './scheduler/taskQueue.ts';
import { waitedCycles } from './scheduler/waiting.ts';
import type { SpuContext, SpufsState } from './state.ts';
import { contextGone } from '../../timeline/record.ts';

export function newSpufsState(spes: number): SpufsState {
  const numbers = Array.from({ length: spes }, (_, spe) => spe);
  return {
    contexts: new Map(),
    ended: [],
    nextContext: 1,
    slots: numbers.map((spe) => ({ spe, context: undefined, priority: 0, timestamp: 0, marked: false, tickAt: undefined })),
    runQueue: newRunQueue(numbers),
  };
}

/**
 * The last descriptor that spu_create gave is closed (spu_forget): the directory goes away, and
 * the context has no owner any more. Open files and mappings keep it alive.
 */
export function forgetContext(k: Kernel, context: SpuContext): void {
  const { root } = context;
  if (directoryEntries(root)?.delete(lastPart(context.path)) === true) {
    root.links -= 1;
    touch(k, root);
  }
  removeFromRunQueue(k, context);
  deactivate(k, context);
  context.owner = undefined;
  releaseReference(k, context);
}

export function holdContext(context: SpuContext): void {
  context.references += 1;
}

/** One holder fewer; the last one frees the SPE and the memory of the context. */
export function releaseReference(k: Kernel, context: SpuContext): void {
  context.references -= 1;
  if (context.references > 0) return;
  removeFromRunQueue(k, context);
  deactivate(k, context);
  // An SPE that was on its way to the context is free again.
  for (const work of context.deferred.splice(0)) if (work.kind === 'bind') freeSpe(k, work.spe);
  leaveGang(context);
  releaseFrames(k, context.imageFrame, IMAGE_FRAMES);
  k.state.spufs.contexts.delete(context.name);
  contextGone(k, context);
  k.state.spufs.ended.push({ name: context.name, faults: context.faults, waited: waitedCycles(context, k.now()) });
}

/** The name in a path. */
export function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
