/**
 * The vDSO: a page of the kernel's that programs execute, told of by AT_SYSINFO_EHDR. Handlers
 * return to its signal trampoline; it has no functions for clocks, so C libraries make system calls.
 */
import { emptyFile, S_IFREG, newInode } from '../files/inode.ts';
import { newOpenFile } from '../files/references.ts';
import type { Kernel } from '../kernel.ts';
import { frameHost, holdPage } from '../mm/frames.ts';
import { MAP, mapRegion, PROT } from '../mm/mappings.ts';
import { ANSWER, type HandlerLocals } from '../mm/handler.ts';
import { pageOfFile } from '../mm/pageCache.ts';
import type { Mm } from '../mm/state.ts';
import { done, path, step, type Step } from '../path.ts';
import { TRAMPOLINE_OFFSET, vdsoImage } from './vdsoImage.ts';

/** VDSO64_MBASE of asm-powerpc/vdso.h. */
export const VDSO_BASE = 0x10_0000;
export const SIGNAL_TRAMPOLINE = VDSO_BASE + TRAMPOLINE_OFFSET;

declare module '../path.ts' {
  interface PathLocals {
    vdso_vma_nopage: HandlerLocals;
    special_mapping_fault: HandlerLocals;
  }
}

const HAND_OVER: readonly Step<HandlerLocals>[] = [
  step("hand over the kernel's page", (k, _task, { request }) => {
    const frame = request.vma.file && pageOfFile(k, request.vma.file.inode, 0);
    if (frame === undefined) return done(ANSWER.sigbus);
    holdPage(k, frame);
    request.frame = frame;
    return done(ANSWER.page);
  }),
];

export const vdsoVmaNopage = path('vdso_vma_nopage', 'arch/powerpc/kernel/vdso.c', HAND_OVER, ({ fileHandler }) => fileHandler === 'nopage');
export const specialMappingFault = path('special_mapping_fault', 'mm/mmap.c', HAND_OVER, ({ fileHandler }) => fileHandler === 'fault');

/** Maps the page into an address space. @throws RangeError when memory is used up. */
export function mapVdso(k: Kernel, mm: Mm): void {
  const inode = newInode(k.state.files, '[vdso]', S_IFREG | 0o555, emptyFile(k.configuration.pageBytes));
  const frame = pageOfFile(k, inode, 0);
  if (frame === undefined) throw new RangeError('The machine\'s memory is too small for any program.');
  k.memory.set(vdsoImage(), frameHost(k, frame));
  // The kernel itself is a user of the page, so that it never leaves memory.
  holdPage(k, frame);
  mapRegion(k, mm, {
    address: VDSO_BASE, length: k.configuration.pageBytes, protection: PROT.READ | PROT.EXEC, flags: MAP.PRIVATE | MAP.FIXED, offset: 0,
    source: { handler: 'vdso', name: '[vdso]', file: newOpenFile(inode, 0), context: undefined, pteFlags: 0 },
  });
}
