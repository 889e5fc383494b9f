/** The list of mappings of an address space: finding, inserting with merging, splitting, removing. */
import { holdFile, releaseFile } from '../files/references.ts';
import type { Kernel } from '../kernel.ts';
import type { Mm, Vma } from './state.ts';

/** First mapping that ends after an address: the one that holds it, or the next one above. */
export function findVma(mm: Mm, address: number): Vma | undefined {
  return mm.vmas[placeOf(mm, address)];
}

/** The mapping that holds an address. */
export function vmaAt(mm: Mm, address: number): Vma | undefined {
  const vma = findVma(mm, address);
  return vma && vma.start <= address ? vma : undefined;
}

/** VM_IO: what is mapped is no memory that the kernel could hold on to. */
export function isIo(k: Kernel, { context }: Vma): boolean {
  return context !== undefined && k.profile.spufsMappingsAreIo;
}

/** Mappings that overlap a range, in order. */
export function vmasIn(mm: Mm, start: number, end: number): Vma[] {
  const found: Vma[] = [];
  for (let i = placeOf(mm, start); i < mm.vmas.length; i += 1) {
    const vma = mm.vmas[i];
    if (!vma || vma.start >= end) break;
    found.push(vma);
  }
  return found;
}

export function isFree(mm: Mm, start: number, end: number): boolean {
  return (findVma(mm, start)?.start ?? Infinity) >= end;
}

/** Whether a range has no hole. */
export function isCovered(mm: Mm, start: number, end: number): boolean {
  let from = start;
  for (const vma of vmasIn(mm, start, end)) {
    if (vma.start > from) return false;
    from = vma.end;
  }
  return from >= end;
}

/**
 * Adds a mapping to a free range; it becomes one with a neighbour that it continues. The
 * caller has counted the reference to its file.
 */
export function insertVma(k: Kernel, mm: Mm, vma: Vma): void {
  const place = placeOf(mm, vma.start);
  mm.vmas.splice(place, 0, vma);
  mm.totalPages += (vma.end - vma.start) / k.configuration.pageBytes;
  mergeAt(k, mm, place);
  mergeAt(k, mm, place - 1);
}

/** Makes `address` a boundary between two mappings where it lies within one. */
export function splitAt(mm: Mm, address: number): void {
  const place = placeOf(mm, address);
  const vma = mm.vmas[place];
  if (!vma || vma.start >= address) return;
  const upper: Vma = { ...vma, start: address, offset: vma.offset + address - vma.start };
  vma.end = address;
  if (upper.file) holdFile(upper.file);
  mm.vmas.splice(place + 1, 0, upper);
}

/** Takes the mappings of a range off the list and gives up their files; their pages are the caller's matter. */
export function removeVmas(k: Kernel, mm: Mm, start: number, end: number): Vma[] {
  splitAt(mm, start);
  splitAt(mm, end);
  const removed = vmasIn(mm, start, end);
  mm.vmas.splice(placeOf(mm, start), removed.length);
  for (const vma of removed) {
    mm.totalPages -= (vma.end - vma.start) / k.configuration.pageBytes;
    if (vma.file) releaseFile(k, vma.file);
  }
  return removed;
}

/** Joins mappings of a range with neighbours that have become alike. */
export function mergeRange(k: Kernel, mm: Mm, start: number, end: number): void {
  for (let place = placeOf(mm, end); place >= 0; place -= 1) {
    const vma = mm.vmas[place];
    if (vma && vma.end < start) return;
    mergeAt(k, mm, place);
  }
}

/** Index of the first mapping that ends after an address. */
function placeOf(mm: Mm, address: number): number {
  const { vmas } = mm;
  let low = 0;
  let high = vmas.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((vmas[middle]?.end ?? 0) > address) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Joins the mapping at a place with the one after it, if that one continues it. */
function mergeAt(k: Kernel, mm: Mm, place: number): void {
  const lower = mm.vmas[place];
  const upper = mm.vmas[place + 1];
  if (!lower || !upper || !continues(lower, upper)) return;
  lower.end = upper.end;
  mm.vmas.splice(place + 1, 1);
  if (upper.file) releaseFile(k, upper.file);
}

function continues(lower: Vma, upper: Vma): boolean {
  return lower.end === upper.start
    && lower.read === upper.read && lower.write === upper.write && lower.exec === upper.exec
    && lower.shared === upper.shared && lower.locked === upper.locked
    && !lower.growsDown && !upper.growsDown && lower.nonlinear !== true && upper.nonlinear !== true
    && lower.name === upper.name && lower.handler === upper.handler
    && lower.file === upper.file && lower.pteFlags === upper.pteFlags
    && (lower.file === undefined || lower.offset + lower.end - lower.start === upper.offset);
}
