/** spu_get_idle: which idle SPE a context gets (facts 4.2 to 4.4). */
import type { Kernel } from '../../kernel.ts';
import type { SpuContext } from '../state.ts';
import { gangPlacing, placed, placeInRing } from './affinity.ts';

/** SPEs of one Cell: those of the next one are another node, which is looked at later (facts 6.5). */
const SPES_PER_NODE = 8;

/** Takes an idle SPE off the list: that of the context's place in its gang, else any; undefined where there is none. */
export function takeIdle(k: Kernel, context: SpuContext): number | undefined {
  const { idle } = k.state.spufs.runQueue;
  const gang = gangPlacing(k, context);
  const wanted = gang ? placeInRing(k, gang, context) : firstIdle(k);
  const place = wanted === undefined ? -1 : idle.indexOf(wanted);
  if (place < 0) return undefined;
  idle.splice(place, 1);
  if (gang) placed(context);
  return wanted;
}

/** Up to 2.6.22 a node's list is in the order in which its SPEs became idle, then in that of their numbers. */
function firstIdle({ profile: { scheduler }, state: { spufs: { runQueue: { idle } } } }: Kernel): number | undefined {
  if (scheduler === 'timeslice' || scheduler === 'async') return idle.length === 0 ? undefined : Math.min(...idle);
  let best: number | undefined;
  for (const spe of idle) if (best === undefined || nodeOf(spe) < nodeOf(best)) best = spe;
  return best;
}

function nodeOf(spe: number): number {
  return Math.floor(spe / SPES_PER_NODE);
}
