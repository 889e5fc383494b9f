/** Handlers of spufs mappings: registers of the problem-state area, and the local store (facts 3.4, 3.5). */
import { LOCAL_STORE_BYTES } from '../../engine/layout.ts';
import { localStoreFrame, problemStateFrame } from '../../mmu/physical.ts';
import type { Kernel } from '../kernel.ts';
import { FRAME_BYTES, holdPage } from '../mm/frames.ts';
import { fileOffset, NOPAGE_PAGE, NOPAGE_RETRY, NOPAGE_SIGBUS, type NopageLocals, type NopageRequest } from '../mm/nopage.ts';
import { call, done, next, path, step } from '../path.ts';
import { ERRNO, RESTART } from '../syscall/errno.ts';
import { registerArea, type RegisterArea } from './fileTable.ts';
import { releaseContext } from './stateSema.ts';
import type { SpuContext } from './state.ts';

declare module '../path.ts' {
  interface PathLocals {
    spufs_ps_nopage: NopageLocals;
    spufs_mem_nopage: NopageLocals;
  }
}

const FILE = 'arch/powerpc/platforms/cell/spufs/file.c';
/** Frames of the kernel's image, which hold nothing. */
const KERNEL_FRAMES = 16;

/** Registers: the context must be on an SPE, and the fault waits until it is. */
export const spufsPsNopage = path('spufs_ps_nopage', FILE, [
  step('an offset past the end of the area: NOPAGE_SIGBUS', (k, _task, f) =>
    fileOffset(f.request) < areaOf(k, f.request).bytes ? next : done(NOPAGE_SIGBUS)),
  step('get the context onto an SPE (may sleep until one is free)', (_k, _task, f) =>
    call('spu_acquire_runnable', { context: contextOf(f.request), fault: f.fault })),
  step('it could not be: answer for the reason', (k, _task, _f, { returned }) =>
    returned === 0 ? next : done(answerFor(k, returned))),
  step('the page is the SPE\'s own register page', (k, _task, f) => {
    const { spe } = contextOf(f.request);
    // Its directory was closed under way: then there is no SPE again.
    f.request.frame = spe === undefined ? 0 : problemStateFrame(spe) + (areaOf(k, f.request).offset + fileOffset(f.request)) / FRAME_BYTES;
    return next;
  }),
  step('let go of the context', (k, task, f) => {
    releaseContext(k, task, contextOf(f.request));
    return done(f.request.frame === 0 ? NOPAGE_SIGBUS : NOPAGE_PAGE);
  }),
]);

/** The local store: of the SPE while the context is on one, else its image in memory. Never waits for an SPE. */
export const spufsMemNopage = path('spufs_mem_nopage', FILE, [
  step('an offset past the end of the local store', (k, _task, f) =>
    k.profile.memBounded && fileOffset(f.request) >= LOCAL_STORE_BYTES ? done(NOPAGE_SIGBUS) : next),
  step('get hold of the context, wherever it is', (_k, _task, f) =>
    call('spu_acquire', { context: contextOf(f.request), fault: f.fault })),
  step('RUNNABLE: the SPE\'s local store; SAVED: the image in memory', (k, _task, f) => {
    f.request.frame = memoryFrame(contextOf(f.request), fileOffset(f.request) / FRAME_BYTES);
    if (contextOf(f.request).spe === undefined) showImage(k, f);
    holdPage(k, f.request.frame);
    return next;
  }),
  step('let go of the context', (k, task, f) => {
    releaseContext(k, task, contextOf(f.request));
    return done(NOPAGE_PAGE);
  }),
]);

/**
 * The image of a saved context is memory like other memory, and the kernel has it in its cache. A mapping that
 * goes past the cache shows what memory has: on hardware perhaps old bytes (facts 8.12). Here both are the same.
 */
function showImage(k: Kernel, { request, fault }: NopageLocals): void {
  const context = contextOf(request);
  request.cacheable = k.profile.savedMemCached;
  if (request.cacheable || context.imageInCache !== 'written') return;
  context.imageInCache = 'told';
  k.notice(`The kernel has written to the saved local store of ${context.path} through the cache, and the access to 0x${fault.record.ea.toString(16)} goes past it: on a Cell the program may see old bytes.`);
}

/**
 * A frame of the local store. Where nothing bounds the mapping, what follows comes after its
 * end: the registers of the SPE, or pages of the kernel (facts 3.3).
 */
function memoryFrame({ spe, imageFrame }: SpuContext, index: number): number {
  if (spe !== undefined) return localStoreFrame(spe) + index;
  return index < LOCAL_STORE_BYTES / FRAME_BYTES ? imageFrame + index : index % KERNEL_FRAMES;
}

/** What the handler says when the context could not be got onto an SPE: a choice of the kernel (facts 1.1, 3.5). */
function answerFor(k: Kernel, error: number): number {
  const { profile } = k;
  if (error === -RESTART.ERESTARTSYS) return profile.interruptedWait === 'retry' ? NOPAGE_RETRY : NOPAGE_SIGBUS;
  if (error === -ERRNO.EINVAL) return profile.deadContext === 'retry' ? NOPAGE_RETRY : NOPAGE_SIGBUS;
  return NOPAGE_SIGBUS;
}

function contextOf({ vma }: NopageRequest): SpuContext {
  if (!vma.context) throw new Error(`The mapping ${vma.name} has a spufs handler and no SPE context.`);
  return vma.context;
}

function areaOf({ configuration, profile }: Kernel, { vma }: NopageRequest): RegisterArea {
  const content = vma.file?.inode.content;
  const area = content?.kind === 'spuFile' ? registerArea(content.file, configuration.pageBytes, profile.psMapLimit) : undefined;
  if (!area) throw new Error(`The mapping ${vma.name} has a spufs handler and shows no register page.`);
  return area;
}
