/** The swap device and the swap cache: where anonymous pages go that reclaim takes out of memory (facts 2.3, do_swap_page). */
import type { Kernel } from '../kernel.ts';
import { newWaitQueue, wakeAll } from '../wait.ts';
import { SWAP_PATH, takeFailure } from './failures.ts';
import { frameHost, holdPage, isAnonymous, pageUsers, releasePage, takePage } from './frames.ts';
import type { SwapRead, SwapSlot, SwapState, SwapWrite } from './state.ts';

/** A slot by its number. @throws Error for a number that no PTE can have. */
export function slotOf(k: Kernel, number: number): SwapSlot {
  const slot = k.state.frames.swap.used.get(number);
  if (!slot) throw new Error(`The swap device has no slot ${String(number)} in use.`);
  return slot;
}

/** Number of the slot that a page of the swap cache has. */
export function slotOfFrame(k: Kernel, frame: number): number | undefined {
  return k.state.frames.swap.cache.get(frame);
}

/** add_to_swap: gives an anonymous page the lowest free slot; undefined when there is none. */
export function addToSwap(k: Kernel, frame: number): number | undefined {
  const { swap } = k.state.frames;
  if (swap.used.size >= swap.slots) return undefined;
  let number = swap.hint;
  while (swap.used.has(number)) number += 1;
  swap.hint = number + 1;
  swap.used.set(number, { bytes: undefined, frame, users: 0 });
  swap.cache.set(frame, number);
  holdPage(k, frame);
  return number;
}

/** Begins to write a page of the swap cache to its slot. It leaves memory afterwards, if nobody maps it by then. */
export function startSwapWrite(k: Kernel, number: number, frame: number): void {
  const host = frameHost(k, frame);
  const slot = slotOf(k, number);
  slot.bytes = undefined;
  const write: SwapWrite = { slot, number, frame, bytes: k.memory.slice(host, host + k.configuration.pageBytes) };
  k.state.frames.writesBegun += 1;
  k.schedule(k.now() + k.profile.cost.diskWrite, { kind: 'swapWritten', write });
}

export function swapWritten(k: Kernel, { slot, number, frame, bytes }: SwapWrite): void {
  const { frames } = k.state;
  if (frames.swap.used.get(number) === slot && slot.frame === frame) {
    slot.bytes = bytes;
    if (pageUsers(k, frame) === 1) dropFromSwapCache(k, frame);
  }
  frames.writesDone += 1;
  wakeAll(k, frames.writeQueue);
}

export function swapReadInProgress(k: Kernel, number: number): SwapRead | undefined {
  return k.state.frames.swap.reads.get(number);
}

/** Begins to read a slot into a page of the swap cache; false when there is no page to read into. */
export function startSwapRead(k: Kernel, number: number): boolean {
  const frame = takePage(k, true);
  if (frame === undefined) return false;
  const failed = takeFailure(k, SWAP_PATH, 'read', number);
  const read: SwapRead = { slot: number, frame, failed, queue: newWaitQueue(`slot ${String(number)} of the swap device`) };
  k.state.frames.swap.reads.set(number, read);
  k.schedule(k.now() + k.profile.cost.diskRead, { kind: 'swapRead', read });
  return true;
}

/** The device has delivered: the page is in the swap cache, unless the slot was given up meanwhile or the read failed. */
export function swapRead(k: Kernel, { slot: number, frame, failed, queue }: SwapRead): void {
  const { swap } = k.state.frames;
  swap.reads.delete(number);
  const slot = swap.used.get(number);
  if (slot?.bytes && slot.frame === undefined && !failed) {
    k.memory.set(slot.bytes, frameHost(k, frame));
    slot.frame = frame;
    swap.cache.set(frame, number);
  } else releasePage(k, frame);
  wakeAll(k, queue);
}

/** swap_free: a PTE no longer names the slot; a page that only the swap cache keeps goes with the last one. */
export function freeSwap(k: Kernel, number: number): void {
  const slot = slotOf(k, number);
  slot.users -= 1;
  if (slot.users > 0) return;
  if (slot.frame === undefined) giveUpSlot(k.state.frames.swap, number);
  else dropUnusedSwapCache(k, slot.frame);
}

/** A page leaves the swap cache. The slot is free if no PTE names it. */
export function dropFromSwapCache(k: Kernel, frame: number): void {
  const { swap } = k.state.frames;
  const number = swap.cache.get(frame);
  if (number === undefined) return;
  const slot = slotOf(k, number);
  swap.cache.delete(frame);
  slot.frame = undefined;
  if (slot.users === 0) giveUpSlot(swap, number);
  releasePage(k, frame);
}

function giveUpSlot(swap: SwapState, number: number): void {
  swap.used.delete(number);
  swap.hint = Math.min(swap.hint, number);
}

/** A page that nobody maps, and whose slot nobody names, has no business in the swap cache. */
export function dropUnusedSwapCache(k: Kernel, frame: number): void {
  const number = slotOfFrame(k, frame);
  if (number !== undefined && pageUsers(k, frame) === 1 && slotOf(k, number).users === 0) dropFromSwapCache(k, frame);
}

/**
 * can_share_swap_page: no other PTE maps the anonymous page or names its slot. It counts mappings, not users: what
 * get_user_pages holds stays in place, and so does a page of the swap cache.
 */
export function isMappedOnce(k: Kernel, frame: number): boolean {
  const slot = slotOfFrame(k, frame);
  const named = slot === undefined ? 0 : slotOf(k, slot).users;
  return isAnonymous(k, frame) && (k.state.frames.mapCount[frame] ?? 0) + named === 1;
}

/** vm_swap_full: more than half of the device is used, so that slots of pages in memory are given up. */
export function isSwapFull(k: Kernel): boolean {
  const { swap } = k.state.frames;
  return swap.used.size * 2 > swap.slots;
}
