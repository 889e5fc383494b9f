/** Physical page frames: taking, sharing and giving back. No path: allocation never sleeps here. */
import type { Kernel, MachineConfiguration } from '../kernel.ts';
import { newWaitQueue } from '../wait.ts';
import type { FrameState } from './state.ts';

/** Bytes of a frame, whatever the kernel's page size. */
export const FRAME_BYTES = 4096;
/** Frames that the kernel's own image keeps; they are never handed out. */
const KERNEL_FRAMES = 16;

/**
 * Frames of a machine that has just been switched on. `limitBytes` is how much memory programs
 * and the page cache may fill; all of RAM by default.
 */
export function newFrames(configuration: MachineConfiguration, limitBytes = configuration.ramBytes): FrameState {
  const count = Math.floor(configuration.ramBytes / FRAME_BYTES);
  const perPage = configuration.pageBytes / FRAME_BYTES;
  const zeroFrame = KERNEL_FRAMES;
  const references = new Uint32Array(count).fill(1, 0, KERNEL_FRAMES + perPage);
  const limit = Math.min(count - KERNEL_FRAMES - perPage, Math.floor(limitBytes / FRAME_BYTES));
  return {
    references, anonymous: new Uint8Array(count), ownerPage: new Float64Array(count), mapCount: new Uint32Array(count), hint: KERNEL_FRAMES + perPage,
    used: 0, limit, zeroFrame, nextMm: 1,
    cached: new Map(), clean: new Set(), diskUsed: 0, reads: new Map(), writes: new Map(), writesBegun: 0, writesDone: 0, writeQueue: newWaitQueue('the disk'), failuresGiven: [], clockHand: 0,
    swap: { slots: Math.floor((configuration.swapBytes ?? 0) / configuration.pageBytes), hint: 1, used: new Map(), cache: new Map(), reads: new Map() },
  };
}

/** Host offset of a frame of RAM. */
export function frameHost(k: Kernel, frame: number): number {
  return k.mmu.ram + frame * FRAME_BYTES;
}

/** Frames in one page of the kernel. */
export function framesPerPage(k: Kernel): number {
  return k.configuration.pageBytes / FRAME_BYTES;
}

/**
 * Takes `count` frames in a row, the first a multiple of `alignment`. The bytes are zero.
 * @returns the first frame, or undefined when memory is used up.
 */
export function takeFrames(k: Kernel, count: number, alignment = count): number | undefined {
  const { frames } = k.state;
  if (frames.used + count > frames.limit) return undefined;
  const first = findRun(frames, count, alignment);
  if (first === undefined) return undefined;
  frames.references.fill(1, first, first + count);
  frames.used += count;
  frames.hint = firstUnused(frames, first + count);
  const host = frameHost(k, first);
  k.memory.fill(0, host, host + count * FRAME_BYTES);
  // Code may have been decoded from these frames when they were somebody else's.
  k.mmu.written(first * FRAME_BYTES, count * FRAME_BYTES);
  return first;
}

/** Whether `takePage` would give a page now. */
export function pageIsFree(k: Kernel): boolean {
  const { frames } = k.state;
  const count = framesPerPage(k);
  return frames.used + count <= frames.limit && findRun(frames, count, count) !== undefined;
}

/** Takes one page of zeros, counted as anonymous or not. */
export function takePage(k: Kernel, anonymous: boolean): number | undefined {
  const frame = takeFrames(k, framesPerPage(k));
  if (frame !== undefined) k.state.frames.anonymous[frame] = anonymous ? 1 : 0;
  return frame;
}

/** One more user of a page. Frames outside RAM (problem state, local stores) are not counted. */
export function holdPage(k: Kernel, frame: number): void {
  const { references } = k.state.frames;
  if (frame < references.length) references[frame] = pageUsers(k, frame) + 1;
}

/** One user fewer; the last one frees the page. */
export function releasePage(k: Kernel, frame: number): void {
  const { references } = k.state.frames;
  if (frame >= references.length) return;
  const users = pageUsers(k, frame) - 1;
  references[frame] = users;
  if (users === 0) giveBack(k.state.frames, frame, framesPerPage(k));
  else if (users === 1) mayLeave(k.state.frames, frame);
}

/** A page of the page cache that only the cache uses, and that the disk has. Other pages are passed over. */
function mayLeave({ anonymous, cached, clean, writes }: FrameState, frame: number): void {
  if (anonymous[frame] === 1) return;
  const page = cached.get(frame);
  if (page && !page.inode.dirty.has(page.index) && !writes.has(frame)) clean.add(frame);
}

/** Gives back a run that `takeFrames` gave. */
export function releaseFrames(k: Kernel, first: number, count: number): void {
  giveBack(k.state.frames, first, count);
}

export function pageUsers(k: Kernel, frame: number): number {
  return k.state.frames.references[frame] ?? 0;
}

export function isAnonymous(k: Kernel, frame: number): boolean {
  return k.state.frames.anonymous[frame] === 1;
}

function giveBack(frames: FrameState, first: number, count: number): void {
  frames.references.fill(0, first, first + count);
  frames.anonymous.fill(0, first, first + count);
  frames.used -= count;
  frames.hint = Math.min(frames.hint, first);
}

/** The first free frame from the hint on; `end` where all before it are in use. */
function firstUnused({ references, hint }: FrameState, end: number): number {
  let frame = hint;
  while (frame < end && references[frame] !== 0) frame += 1;
  return frame;
}

function findRun(frames: FrameState, count: number, alignment: number): number | undefined {
  const { references } = frames;
  let first = Math.ceil(frames.hint / alignment) * alignment;
  while (first + count <= references.length) {
    let length = 0;
    while (length < count && references[first + length] === 0) length += 1;
    if (length === count) return first;
    first = Math.ceil((first + length + 1) / alignment) * alignment;
  }
  return undefined;
}
