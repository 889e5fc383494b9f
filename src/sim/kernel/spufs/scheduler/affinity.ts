/**
 * Contexts that want to be next to each other: the chain of a gang is laid along the ring of
 * SPEs, from the place of its reference context (facts 4.7).
 */
import type { Kernel } from '../../kernel.ts';
import { SPU_CREATE } from '../createFlags.ts';
import type { SpuContext, SpuGang } from '../state.ts';

/** The SPEs of one Cell along its ring, by number; those by the memory are 0 and 1 (facts 4.7). */
const RING: readonly number[] = [0, 2, 4, 6, 7, 5, 3, 1];
const NEAR_MEMORY: ReadonlySet<number> = new Set([0, 1]);

/** SPEs of the ring in a machine that has so many. */
function ringOf(k: Kernel): readonly number[] {
  return RING.filter((spe) => spe < k.state.spufs.slots.length);
}

/** has_affinity: the gang's chain has a reference point, for which the first scheduling of one of its contexts looks. */
export function gangPlacing(k: Kernel, context: SpuContext): SpuGang | undefined {
  const { gang } = context;
  if (!gang?.chain.includes(context) || !gang.reference) return undefined;
  if (gang.placed === 0) gang.referenceSpe = undefined;
  if (gang.referenceSpe === undefined) {
    gang.merged = true;
    setOffsets(gang);
    gang.referenceSpe = referencePlace(k, gang.reference);
  }
  return gang.referenceSpe === undefined ? undefined : gang;
}

/** The SPE on which a context of the chain has to run; undefined where it belongs to a context that is never moved. */
export function placeInRing(k: Kernel, gang: SpuGang, { affinity: { offset } }: SpuContext): number | undefined {
  const ring = ringOf(k);
  const start = ring.indexOf(gang.referenceSpe ?? -1);
  const step = offset < 0 ? -1 : 1;
  let left = Math.abs(offset);
  for (let i = 0; i < ring.length; i += 1) {
    const spe = ring[(start + i * step + ring.length) % ring.length];
    if (spe === undefined || !isScheduled(k, spe)) continue;
    if (left === 0) return spe;
    left -= 1;
  }
  return undefined;
}

/** A context of the chain has its SPE. */
export function placed({ gang }: SpuContext): void {
  if (gang) gang.placed += 1;
}

/** A context has left its SPE: with the last of the chain its reference point is given up. */
export function displaced(context: SpuContext): void {
  const { gang } = context;
  if (!gang?.chain.includes(context) || gang.placed === 0) return;
  gang.placed -= 1;
  if (gang.placed === 0) gang.referenceSpe = undefined;
}

/** Where the reference context goes: the first SPE of a machine with room, near the memory if it asked for that. */
function referencePlace(k: Kernel, { flags }: SpuContext): number | undefined {
  const nearMemory = (flags & SPU_CREATE.affinityMem) !== 0;
  return k.state.spufs.slots.find(({ spe }) => (!nearMemory || NEAR_MEMORY.has(spe)) && isScheduled(k, spe))?.spe;
}

/** aff_set_offsets: 0 for the reference, negative before it. */
function setOffsets({ chain, reference }: SpuGang): void {
  const zero = Math.max(reference ? chain.indexOf(reference) : 0, 0);
  chain.forEach((context, i) => { context.affinity.offset = i - zero; });
}

/** sched_spu: its context can be moved. */
function isScheduled(k: Kernel, spe: number): boolean {
  const context = k.state.spufs.slots[spe]?.context;
  return !context || (context.flags & SPU_CREATE.nosched) === 0;
}
