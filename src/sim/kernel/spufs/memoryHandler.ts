/** Handlers of a mapped local store: of the SPE while the context is on one, else its image in memory (facts 3.4). */
import { LOCAL_STORE_BYTES } from '../../engine/layout.ts';
import { localStoreFrame } from '../../mmu/physical.ts';
import type { Kernel } from '../kernel.ts';
import { FRAME_BYTES, holdPage } from '../mm/frames.ts';
import { ANSWER, fileOffset, type HandlerLocals, retryName, SIGBUS_NAME } from '../mm/handler.ts';
import { insertPfn } from '../mm/insertPfn.ts';
import { call, done, next, path, step, stepWhen, type Step } from '../path.ts';
import type { HandlerKind } from '../profile/profile.ts';
import { mappedContext } from './mappedContext.ts';
import { releaseContext } from './stateSema.ts';
import type { SpuContext } from './state.ts';

declare module '../path.ts' {
  interface PathLocals {
    spufs_mem_nopage: HandlerLocals;
    spufs_mem_nopfn: HandlerLocals;
    spufs_mem_fault: HandlerLocals;
  }
}

const FILE = 'arch/powerpc/platforms/cell/spufs/file.c';
/** Frames of the kernel's image, which hold nothing. */
const KERNEL_FRAMES = 16;

export const spufsMemNopage = path('spufs_mem_nopage', FILE, handlerSteps('nopage'), ({ spufsHandler }) => spufsHandler === 'nopage');
export const spufsMemNopfn = path('spufs_mem_nopfn', FILE, handlerSteps('nopfn'), ({ spufsHandler }) => spufsHandler === 'nopfn');
export const spufsMemFault = path('spufs_mem_fault', FILE, handlerSteps('fault'), ({ spufsHandler }) => spufsHandler === 'fault');

/** It never waits for an SPE. */
function handlerSteps(kind: HandlerKind): Step<HandlerLocals>[] {
  return [
    stepWhen(({ memBounded }) => memBounded, `an offset past the end of the local store: ${SIGBUS_NAME[kind]}`, (_k, _task, f) =>
      (fileOffset(f.request) >= LOCAL_STORE_BYTES ? done(ANSWER.sigbus) : next)),
    step('get hold of the context, wherever it is', (_k, _task, f) =>
      call('spu_acquire', { context: mappedContext(f.request), fault: f.fault })),
    stepWhen(({ stateLock }) => stateLock === 'interruptible', (profile) => `a signal ended the wait: ${retryName(profile, kind)}`, (_k, _task, _f, { returned }) =>
      (returned === 0 ? next : done(ANSWER.retry))),
    step(({ savedMemCached }) => `RUNNABLE: the SPE's local store; SAVED: the image in memory${savedMemCached ? ', cached' : ''}`, (k, _task, f) => {
      const { request } = f;
      const context = mappedContext(request);
      request.frame = memoryFrame(context, fileOffset(request) / FRAME_BYTES);
      if (context.spe === undefined) showImage(k, f);
      holdPage(k, request.frame);
      return next;
    }),
    ...(kind === 'nopage' ? [] : [step<HandlerLocals>('vm_insert_pfn: install the PTE; one that is there stays', (k, _task, f) => {
      insertPfn(k, f);
      return next;
    })]),
    step(kind === 'nopage' ? 'let go of the context' : 'let go of the context; the access is made again', (k, task, f) => {
      releaseContext(k, task, mappedContext(f.request));
      return done(kind === 'nopage' ? ANSWER.page : ANSWER.retry);
    }),
  ];
}

/**
 * A frame of the local store. Where nothing bounds the mapping, what follows comes after its
 * end: the registers of the SPE, or pages of the kernel (facts 3.3).
 */
function memoryFrame({ spe, imageFrame }: SpuContext, index: number): number {
  if (spe !== undefined) return localStoreFrame(spe) + index;
  return index < LOCAL_STORE_BYTES / FRAME_BYTES ? imageFrame + index : index % KERNEL_FRAMES;
}

/**
 * The image of a saved context is memory like other memory, and the kernel has it in its cache. A mapping that
 * goes past the cache shows what memory has: on hardware perhaps old bytes (facts 8.12). Here both are the same.
 */
function showImage(k: Kernel, { request, fault }: HandlerLocals): void {
  const context = mappedContext(request);
  request.cacheable = k.profile.savedMemCached;
  if (request.cacheable || context.imageInCache !== 'written') return;
  context.imageInCache = 'told';
  k.notice(`The kernel has written to the saved local store of ${context.path} through the cache, and the access to 0x${fault.record.ea.toString(16)} goes past it: on a Cell the program may see old bytes.`);
}
