/**
 * Kernel accesses to user memory. They go through the MMU like the program's own, fault like
 * those (origin `kernel`), and end early where a fault is not served: the fixup (facts 2.1 step 4).
 */
import { NO_TRANSLATION } from '../../mmu/mmu.ts';
import { pageFaultLocals } from '../fault/doPageFault.ts';
import { lowHashFaultLocals } from '../fault/lowHashFault.ts';
import type { Kernel } from '../kernel.ts';
import { call, done, goTo, labelled, path, step, type Verdict } from '../path.ts';
import type { Task } from '../state.ts';
import { ERRNO } from '../syscall/errno.ts';
import { TASK_SIZE } from './state.ts';

export interface UserCopy {
  readonly address: number;
  /** The kernel's side of the copy. */
  readonly bytes: Uint8Array;
  /** Bytes done. */
  copied?: number;
}

declare module '../path.ts' {
  interface PathLocals {
    copy_from_user: UserCopy;
    copy_to_user: UserCopy;
    strncpy_from_user: UserCopy;
  }
}

const FILE = 'arch/powerpc/lib/copyuser_64.S';
const PIECE = 4096;

/** Answers the number of bytes that could not be copied. */
export const copyFromUser = path('copy_from_user', FILE, [
  step('the whole range must be in the user region', (_k, _task, f) => (isUserRange(f) ? goTo('piece') : done(f.bytes.length))),
  labelled('piece', 'copy up to the end of the page', (k, task, f) => {
    const piece = nextPiece(f);
    if (piece === 0) return done(0);
    const physical = translate(k, task, f, { bytes: piece, write: false });
    if (physical === NO_TRANSLATION) return fault(k, task);
    k.mmu.readPhysical(physical, f.bytes.subarray(f.copied, (f.copied ?? 0) + piece));
    return advance(f, piece);
  }),
  step('a fault that was not served: the rest is not copied', (_k, _task, f, { returned }) => afterFault(f, returned)),
]);

/** Answers the number of bytes that could not be copied. */
export const copyToUser = path('copy_to_user', FILE, [
  step('the whole range must be in the user region', (_k, _task, f) => (isUserRange(f) ? goTo('piece') : done(f.bytes.length))),
  labelled('piece', 'copy up to the end of the page', (k, task, f) => {
    const piece = nextPiece(f);
    if (piece === 0) return done(0);
    const physical = translate(k, task, f, { bytes: piece, write: true });
    if (physical === NO_TRANSLATION) return fault(k, task);
    k.mmu.writePhysical(physical, f.bytes.subarray(f.copied, (f.copied ?? 0) + piece));
    return advance(f, piece);
  }),
  step('a fault that was not served: the rest is not copied', (_k, _task, f, { returned }) => afterFault(f, returned)),
]);

/** Answers the length of the text without its NUL, `bytes.length` where there is none so far, or -EFAULT. */
export const strncpyFromUser = path('strncpy_from_user', 'arch/powerpc/lib/strcase.c', [
  step('it must begin in the user region', (_k, _task, f) => (isUserAddress(f.address) ? goTo('piece') : done(-ERRNO.EFAULT))),
  labelled('piece', 'copy up to the end of the page, and look for the NUL', (k, task, f) => {
    const piece = nextPiece(f);
    if (piece === 0) return done(f.bytes.length);
    const copied = f.copied ?? 0;
    const cpu = task.cpu ?? 0;
    const physical = k.mmu.translateForKernel(cpu, task.mm, f.address + copied, false);
    if (physical === NO_TRANSLATION) return fault(k, task);
    const part = f.bytes.subarray(copied, copied + piece);
    k.mmu.readPhysical(physical, part);
    const end = part.indexOf(0);
    k.mmu.kernelAccess(cpu, task.mm, f.address + copied, physical, end < 0 ? piece : end + 1, false);
    if (end >= 0) return done(copied + end);
    return advance(f, piece);
  }),
  step('a fault that was not served: -EFAULT', (_k, _task, _f, { returned }) => (returned === 0 ? goTo('piece') : done(-ERRNO.EFAULT))),
]);

/**
 * A word of user memory as it is now, for a step that must not sleep; undefined where the
 * access would fault.
 */
export function readUserWord(k: Kernel, task: Task, address: number): number | undefined {
  const physical = translateAccess(k, task, address, { bytes: 4, write: false });
  if (physical === NO_TRANSLATION) return undefined;
  const bytes = new Uint8Array(4);
  k.mmu.readPhysical(physical, bytes);
  return new DataView(bytes.buffer).getUint32(0);
}

function isUserRange({ address, bytes }: UserCopy): boolean {
  return isUserAddress(address) && address + bytes.length <= TASK_SIZE;
}

function isUserAddress(address: number): boolean {
  return address >= 0 && address < TASK_SIZE;
}

function nextPiece({ address, bytes, copied = 0 }: UserCopy): number {
  return Math.min(bytes.length - copied, PIECE - ((address + copied) % PIECE));
}

function translate(k: Kernel, task: Task, { address, copied = 0 }: UserCopy, access: { readonly bytes: number; readonly write: boolean }): number {
  return translateAccess(k, task, address + copied, access);
}

/** The physical address of bytes that the kernel is about to access, or `NO_TRANSLATION`. */
function translateAccess(k: Kernel, task: Task, address: number, { bytes, write }: { readonly bytes: number; readonly write: boolean }): number {
  const cpu = task.cpu ?? 0;
  const physical = k.mmu.translateForKernel(cpu, task.mm, address, write);
  if (physical !== NO_TRANSLATION) k.mmu.kernelAccess(cpu, task.mm, address, physical, bytes, write);
  return physical;
}

function fault(k: Kernel, task: Task): Verdict {
  const reason = k.mmu.takeKernelFault(task.cpu ?? 0);
  return reason.refused ? call('low_hash_fault', lowHashFaultLocals(k, task, reason, 'kernel')) : call('do_page_fault', pageFaultLocals(k, task, reason, 'kernel'));
}

function advance(f: UserCopy, piece: number): Verdict {
  f.copied = (f.copied ?? 0) + piece;
  return goTo('piece');
}

function afterFault(f: UserCopy, returned: number): Verdict {
  return returned === 0 ? goTo('piece') : done(f.bytes.length - (f.copied ?? 0));
}
