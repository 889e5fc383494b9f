/**
 * Which pages leave memory when none is free. Clean pages of the page cache that nobody maps
 * go first, those that have been so longest before the others. Then a clock with two hands goes round
 * the pages of memory: the front hand takes away the accessed bits, the back hand takes the
 * pages that nobody has touched since.
 */
import type { Kernel } from '../kernel.ts';
import { isAlive } from '../signal/send.ts';
import { startWrite } from './disk.ts';
import { framesPerPage, isAnonymous, pageUsers, releasePage } from './frames.ts';
import { dropPage, isDroppable, markDirty } from './pageCache.ts';
import { changeFlags, pteOf, unmapPage } from './pages.ts';
import { filePte, PTE_ACCESSED, PTE_DIRTY, pteFlags, pteFrame, swapPte } from './pte.ts';
import { placesOf, type MappedPlace } from './rmap.ts';
import type { Mm } from './state.ts';
import { addressSpaces } from './unmapFile.ts';
import { addToSwap, dropFromSwapCache, slotOf, slotOfFrame, startSwapWrite } from './swap.ts';

/** Most pages that one go takes (SWAP_CLUSTER_MAX), and least: a small machine gives up less. */
const MOST_AT_ONCE = 32;
const LEAST_AT_ONCE = 1;
/** A go takes up to this share of the machine's pages. */
const SHARE_AT_ONCE = 1 / 32;
/** Distance of the hands, in pages, as a share of memory and at least. */
const HANDS_APART = 1 / 16;
const LEAST_APART = 8;

/** What came of a page: it is gone, on its way to a disk, or stays. */
type Fate = 'freed' | 'writing' | 'stays';

/** How many pages one go of reclaim is after. */
export function pagesWanted(k: Kernel): number {
  const pages = k.state.frames.limit / framesPerPage(k);
  return Math.max(LEAST_AT_ONCE, Math.min(MOST_AT_ONCE, Math.floor(pages * SHARE_AT_ONCE)));
}

/** Goes round the clock, once at most, until so many pages are gone or on their way to a disk; answers how many are gone. */
export function runClock(k: Kernel, wanted: number): number {
  const { frames } = k.state;
  const perPage = framesPerPage(k);
  const pages = Math.floor(frames.references.length / perPage);
  const apart = Math.max(LEAST_APART, Math.floor(pages * HANDS_APART));
  const spaces = addressSpaces(k);
  const executing = executingFrames(k);
  const came: Record<Fate, number> = { freed: 0, writing: 0, stays: 0 };
  for (let turned = 0; turned < pages && came.freed + came.writing < wanted; turned += 1) {
    takeAccessedBit(k, spaces, ((frames.clockHand + apart) % pages) * perPage);
    const frame = frames.clockHand * perPage;
    if (!executing.has(frame)) came[takeOut(k, spaces, frame)] += 1;
    frames.clockHand = (frames.clockHand + 1) % pages;
  }
  return came.freed;
}

/** Pages that a thread's program counter is in: they would be wanted back at once. */
function executingFrames(k: Kernel): Set<number> {
  const found = new Set<number>();
  for (const task of k.state.tasks.values()) if (isAlive(task)) found.add(pteFrame(pteOf(k, task.mm, Number(k.registers(task).pc))));
  return found;
}

function takeAccessedBit(k: Kernel, spaces: Iterable<Mm>, frame: number): void {
  if (!isReclaimable(k, frame)) return;
  for (const { mm, ea } of placesOf(k, spaces, frame)) {
    const pte = pteOf(k, mm, ea);
    if ((pteFlags(pte) & PTE_ACCESSED) !== 0) changeFlags(k, mm, ea, pte, pteFlags(pte) & ~PTE_ACCESSED);
  }
}

function takeOut(k: Kernel, spaces: Iterable<Mm>, frame: number): Fate {
  if (!isReclaimable(k, frame)) return 'stays';
  const places = placesOf(k, spaces, frame);
  const isInUse = places.some(({ mm, vma, ea }) => vma.locked || (pteFlags(pteOf(k, mm, ea)) & PTE_ACCESSED) !== 0);
  if (isInUse) return 'stays';
  return isAnonymous(k, frame) ? takeOutAnonymous(k, frame, places) : takeOutFilePage(k, frame, places);
}

/** The kernel's own pages, pages of devices and free ones are none of reclaim's business. */
function isReclaimable(k: Kernel, frame: number): boolean {
  return pageUsers(k, frame) > 0 && (isAnonymous(k, frame) || k.state.frames.cached.has(frame));
}

function takeOutAnonymous(k: Kernel, frame: number, places: readonly MappedPlace[]): Fate {
  const inCache = slotOfFrame(k, frame);
  const users = places.length + (inCache === undefined ? 0 : 1);
  // Somebody else holds it: get_user_pages, a fault that is under way, a process that has moved its mapping.
  if (pageUsers(k, frame) !== users || users === 0) return 'stays';
  if (places.length === 0) return dropClean(k, frame);
  const number = inCache ?? addToSwap(k, frame);
  if (number === undefined) return 'stays';
  const slot = slotOf(k, number);
  const isDirty = slot.bytes === undefined || places.some(({ mm, ea }) => (pteFlags(pteOf(k, mm, ea)) & PTE_DIRTY) !== 0);
  for (const { mm, ea } of places) {
    slot.users += 1;
    unmapPage(k, mm, ea / k.configuration.pageBytes, swapPte(number));
    releasePage(k, frame);
  }
  if (!isDirty) return dropClean(k, frame);
  startSwapWrite(k, number, frame);
  return 'writing';
}

/** A page of the swap cache that nobody maps goes, if the swap device has it already. */
function dropClean(k: Kernel, frame: number): Fate {
  const number = slotOfFrame(k, frame);
  if (number === undefined || slotOf(k, number).bytes === undefined) return 'stays';
  dropFromSwapCache(k, frame);
  return 'freed';
}

function takeOutFilePage(k: Kernel, frame: number, places: readonly MappedPlace[]): Fate {
  const page = k.state.frames.cached.get(frame);
  if (!page || pageUsers(k, frame) !== places.length + 1) return 'stays';
  const { inode, index } = page;
  for (const { mm, vma, ea } of places) {
    if ((pteFlags(pteOf(k, mm, ea)) & PTE_DIRTY) !== 0) markDirty(k, frame);
    unmapPage(k, mm, ea / k.configuration.pageBytes, vma.nonlinear === true ? filePte(index) : 0);
    releasePage(k, frame);
  }
  if (isDroppable(k, frame)) {
    dropPage(k, inode, index);
    return 'freed';
  }
  startWrite(k, inode, index, true);
  return 'writing';
}
