/**
 * The vDSO: a page of the kernel's that programs execute. Only its signal trampoline is
 * modelled, to which handlers return (arch/powerpc/kernel/vdso64/sigtramp.S); the program is not
 * told of it by AT_SYSINFO_EHDR, so no C library looks for more.
 */
import { S_IFREG, newInode } from '../files/inode.ts';
import { newOpenFile } from '../files/references.ts';
import type { Kernel } from '../kernel.ts';
import { frameHost, holdPage } from '../mm/frames.ts';
import { MAP, mapRegion, PROT } from '../mm/mappings.ts';
import { NOPAGE_PAGE, NOPAGE_SIGBUS, type NopageLocals } from '../mm/nopage.ts';
import { pageOfFile } from '../mm/pageCache.ts';
import type { Mm } from '../mm/state.ts';
import { done, path, step } from '../path.ts';

/** VDSO64_MBASE of asm-powerpc/vdso.h. */
const VDSO_BASE = 0x10_0000;
/**
 * addi r1,r1,128; li r0,172 (rt_sigreturn); sc. The words after it look like the end of the
 * trampoline that older kernels put on the stack; unwinders know the vDSO by the -168 where the
 * pointer to the ucontext was.
 */
const TRAMPOLINE = [0x3821_0080, 0x3800_00ac, 0x4400_0002, 0, 0, 0, 0, 0, -1, -168] as const;
const TRAMPOLINE_OFFSET = 0x300;

export const SIGNAL_TRAMPOLINE = VDSO_BASE + TRAMPOLINE_OFFSET;

declare module '../path.ts' {
  interface PathLocals {
    vdso_vma_nopage: NopageLocals;
  }
}

export const vdsoVmaNopage = path('vdso_vma_nopage', 'arch/powerpc/kernel/vdso.c', [
  step("hand over the kernel's page", (k, _task, { request }) => {
    const frame = request.vma.file && pageOfFile(k, request.vma.file.inode, 0);
    if (frame === undefined) return done(NOPAGE_SIGBUS);
    holdPage(k, frame);
    request.frame = frame;
    return done(NOPAGE_PAGE);
  }),
]);

/** Maps the page into an address space. @throws RangeError when memory is used up. */
export function mapVdso(k: Kernel, mm: Mm): void {
  const inode = newInode(k.state.files, '[vdso]', S_IFREG | 0o555, { kind: 'memory', size: k.configuration.pageBytes });
  const frame = pageOfFile(k, inode, 0);
  if (frame === undefined) throw new RangeError('The machine\'s memory is too small for any program.');
  const view = new DataView(k.memory.buffer, frameHost(k, frame) + TRAMPOLINE_OFFSET);
  TRAMPOLINE.forEach((instruction, i) => { view.setInt32(i * 4, instruction); });
  mapRegion(k, mm, {
    address: VDSO_BASE, length: k.configuration.pageBytes, protection: PROT.READ | PROT.EXEC, flags: MAP.PRIVATE | MAP.FIXED, offset: 0,
    source: { handler: 'vdso_vma_nopage', name: '[vdso]', file: newOpenFile(inode, 0), context: undefined, pteFlags: 0 },
  });
}
