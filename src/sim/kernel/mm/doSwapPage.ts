/** do_swap_page: a page that is in the swap cache or on the swap device (facts 2.3). */
import { countFault, faultSleeps, faultWoke, notePte } from '../fault/inFlight.ts';
import type { Kernel } from '../kernel.ts';
import { call, done, goTo, labelled, next, path, step } from '../path.ts';
import { allocatePages } from './allocPages.ts';
import { holdPage } from './frames.ts';
import type { MmFault } from './handleMmFault.ts';
import { mayGrow } from './limits.ts';
import { changeFlags, installPage, pteOf } from './pages.ts';
import { protectionOf, PTE_DIRTY, PTE_RW, pteFlags, pteFrame, swapSlotOf } from './pte.ts';
import type { Pte, SwapRead } from './state.ts';
import { dropFromSwapCache, freeSwap, isSwapFull, slotOf, startSwapRead, swapReadInProgress } from './swap.ts';

interface SwapPage extends MmFault {
  /** The PTE that names the slot. */
  readonly pte: Pte;
  /** The page came from the device. */
  major: boolean;
  /** Others map the page, or name its slot. */
  isShared?: boolean;
  /** The read that was waited for. */
  read: SwapRead | undefined;
}

declare module '../path.ts' {
  interface PathLocals {
    do_swap_page: SwapPage;
  }
}

export const doSwapPage = path('do_swap_page', 'mm/memory.c', [
  labelled('look', 'somebody was faster: VM_FAULT_MINOR, or VM_FAULT_MAJOR if it was read from the device', (k, _task, f) => {
    if (pteOf(k, f.mm, f.address) !== f.pte) return goTo('answer');
    return slotOf(k, swapSlotOf(f.pte)).frame === undefined ? next : goTo('cached');
  }),
  step('somebody is having it read: it is in the swap cache already, locked', (k, _task, f) =>
    (swapReadInProgress(k, swapSlotOf(f.pte)) ? goTo('sleep') : next)),
  step('not in the swap cache: count PGMAJFAULT; this will be VM_FAULT_MAJOR', (k, _task, f) => {
    if (!f.major) k.state.counters.pgmajfault += 1;
    countFault(f.fault, 'pgmajfault');
    f.major = true;
    return next;
  }),
  labelled('read', 'start to read it, unless somebody has', (k, _task, f) => {
    const slot = swapSlotOf(f.pte);
    return swapReadInProgress(k, slot) || startSwapRead(k, slot) ? goTo('sleep') : allocatePages(f.fault);
  }),
  step('there was no page to read into; none could be freed: VM_FAULT_OOM', (k, _task, _f, { returned }) =>
    (returned === 0 ? done(k.profile.vmFault.oom) : goTo('look'))),
  labelled('sleep', 'sleep until the device has delivered it; a signal does not end this wait', (k, task, f) => {
    faultWoke(k, task, f.fault);
    const read = swapReadInProgress(k, swapSlotOf(f.pte));
    if (!read) return next;
    f.read = read;
    return faultSleeps(k, f.fault, read.queue, false);
  }),
  step('it could not be read: VM_FAULT_SIGBUS', (k, _task, f) => (f.read?.failed === true ? done(k.profile.vmFault.sigbus) : goTo('look'))),
  labelled('cached', 'it is in the swap cache; beyond the mapping\'s limit: VM_FAULT_OOM', (k, _task, f) =>
    (mayGrow(k, f.mm, f.vma) ? next : done(k.profile.vmFault.oom))),
  step('install it, writable for a write if nobody else has it; the PTE lets go of the slot, anon_rss + 1', (k, _task, f) => {
    const number = swapSlotOf(f.pte);
    const slot = slotOf(k, number);
    const { frame } = slot;
    if (frame === undefined) return goTo('look');
    f.isShared = slot.users > 1 || (k.state.frames.mapCount[frame] ?? 0) > 0;
    holdPage(k, frame);
    installPage(k, f.mm, f.address, frame, protectionOf(f.vma) | (f.write && !f.isShared ? PTE_RW | PTE_DIRTY : 0));
    notePte(f.fault, 'core');
    freeSwap(k, number);
    return next;
  }),
  step('a page that is written to leaves the swap cache, and any where swap is more than half full', (k, _task, f) => {
    if (f.isShared !== true && (f.write || isSwapFull(k))) leaveSwapCache(k, f);
    return next;
  }),
  step('tell the hashed page table; do_wp_page for a write to a page that others have too', (k, _task, f) => {
    if (f.fault.record.origin !== 'mfc') k.mmu.preload(f.mm, f.address);
    const { fault, mm, vma, address, write } = f;
    return write && f.isShared === true ? call('do_wp_page', { fault, mm, vma, address, write, pte: pteOf(k, mm, address), copy: 0 }) : goTo('answer');
  }),
  step('the write has copied a page that others have too; no page for that: VM_FAULT_OOM', (k, _task, _f, { returned }) =>
    (returned === k.profile.vmFault.oom ? done(returned) : next)),
  labelled('answer', 'answer VM_FAULT_MINOR, or VM_FAULT_MAJOR if it came from the device', (k, _task, f) =>
    done(f.major ? k.profile.vmFault.major : k.profile.vmFault.minor)),
]);

/** remove_exclusive_swap_page: the device no longer has what the page holds. */
function leaveSwapCache(k: Kernel, { mm, address }: SwapPage): void {
  const pte = pteOf(k, mm, address);
  dropFromSwapCache(k, pteFrame(pte));
  changeFlags(k, mm, address, pte, pteFlags(pte) | PTE_DIRTY);
}
