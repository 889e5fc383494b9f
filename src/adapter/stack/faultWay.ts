/** The way of a fault through the kernel, read from its trail: the paths that had been called when the answer was given. */
import type { FaultRecord } from '../../sim/kernel/fault/state.ts';
import type { PathName } from '../../sim/kernel/path.ts';
import { pathName } from '../sources/kernelListings.ts';

/** A path on the way, outermost first, with the last step that it took until then. */
export interface WayStep {
  readonly path: PathName;
  readonly step: number;
}

/** The chain of calls at the last step of the handler; where none was asked, at the deepest place. */
export function faultWay({ trail, handler }: FaultRecord): readonly WayStep[] {
  const stack: WayStep[] = [];
  let way: readonly WayStep[] = [];
  let isOfHandler = false;
  for (const { path: name, step } of trail) {
    const path = pathName(name);
    if (path === undefined) continue;
    const place = stack.findIndex((s) => s.path === path);
    stack.splice(place < 0 ? stack.length : place, stack.length, { path, step });
    if (name === handler) isOfHandler = true;
    if (name === handler || (!isOfHandler && stack.length >= way.length)) way = [...stack];
  }
  return way;
}
