/** Handlers of spufs mappings: registers of the problem-state area, and the local store (facts 3.4, 3.5). */
import { localStoreFrame, problemStateFrame } from '../../mmu/physical.ts';
import type { Kernel } from '../kernel.ts';
import { FRAME_BYTES, holdPage } from '../mm/frames.ts';
import { fileOffset, NOPAGE_PAGE, NOPAGE_RETRY, NOPAGE_SIGBUS, type NopageLocals, type NopageRequest } from '../mm/nopage.ts';
import { call, done, next, path, step } from '../path.ts';
import { downRead } from '../rwsem.ts';
import { ERRNO, RESTART } from '../syscall/errno.ts';
import { releaseContext } from './acquire.ts';
import { IMAGE_FRAMES } from './context.ts';
import { SPU_FILE, type SpuFileName } from './fileTable.ts';
import type { SpuContext } from './state.ts';

declare module '../path.ts' {
  interface PathLocals {
    spufs_ps_nopage: NopageLocals;
    spufs_mem_nopage: NopageLocals;
  }
}

const FILE = 'arch/powerpc/platforms/cell/spufs/file.c';

/** Registers: the context must be on an SPE, and the fault waits until it is. */
export const spufsPsNopage = path('spufs_ps_nopage', FILE, [
  step('an offset past the end of the area: NOPAGE_SIGBUS', (k, _task, f) =>
    fileOffset(f.request) < k.profile.psMapLimit ? next : done(NOPAGE_SIGBUS)),
  step('get the context onto an SPE (may sleep until one is free)', (_k, _task, f) =>
    call('spu_acquire_runnable', { context: contextOf(f.request), fault: f.fault })),
  step('it could not be: answer for the reason', (k, _task, _f, { returned }) =>
    returned === 0 ? next : done(answerFor(k, returned))),
  step('the page is the SPE\'s own register page', (k, _task, f) => {
    const { spe } = contextOf(f.request);
    const { area } = spuFileOf(f.request);
    if (spe === undefined || area === 'local-store') return done(NOPAGE_SIGBUS);
    f.request.frame = problemStateFrame(spe) + Math.floor((area + fileOffset(f.request)) / FRAME_BYTES);
    return next;
  }),
  step('let go of the context', (k, task, f) => {
    releaseContext(k, task, contextOf(f.request));
    return done(NOPAGE_PAGE);
  }),
]);

/** The local store: of the SPE while the context is on one, else its image in memory. Never waits for an SPE. */
export const spufsMemNopage = path('spufs_mem_nopage', FILE, [
  step('an offset past the end of the local store', (k, _task, f) =>
    k.profile.memBounded && fileOffset(f.request) >= IMAGE_FRAMES * FRAME_BYTES ? done(NOPAGE_SIGBUS) : next),
  step('take state_sema for reading', (_k, task, f) => downRead(task, contextOf(f.request).stateSema) ?? next),
  step('RUNNABLE: the SPE\'s local store; SAVED: the image in memory', (k, _task, f) => {
    const context = contextOf(f.request);
    const first = context.spe === undefined ? context.imageFrame : localStoreFrame(context.spe);
    f.request.frame = first + Math.floor(fileOffset(f.request) / FRAME_BYTES);
    holdPage(k, f.request.frame);
    return next;
  }),
  step('let go of the context', (k, task, f) => {
    releaseContext(k, task, contextOf(f.request));
    return done(NOPAGE_PAGE);
  }),
]);

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

function spuFileOf({ vma }: NopageRequest): { readonly area: number | 'local-store' } {
  const content = vma.file?.inode.content;
  const maps = content?.kind === 'spuFile' ? SPU_FILE[content.file].maps : undefined;
  if (maps === undefined) throw new Error(`The mapping ${vma.name} has a spufs handler and shows no register page.`);
  return { area: maps };
}
