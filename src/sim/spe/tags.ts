/** Tag groups: which are done, and who waits to know (facts 6.1, 6.3). */
import { EVENT, raiseEvent } from './events.ts';
import { INTERRUPT, raiseInterrupt } from './interrupts.ts';
import { type Spe, wakeFromChannel } from './spe.ts';
import type { MfcQueue, QueueName, TagStatus, TagUpdate } from './state.ts';

const UPDATES: readonly TagUpdate[] = ['immediate', 'any', 'all'];

/** Tag groups that have no command in a queue, one bit each. */
export function completedTags({ commands }: MfcQueue): number {
  let waiting = 0;
  for (const { tag } of commands) waiting |= 1 << tag;
  return ~waiting >>> 0;
}

/** MFC_WrTagUpdate: 0 immediate, 1 any, 2 all; other values count as 0. */
export function requestTagStatus(spe: Spe, value: number): void {
  const { tags } = spe.state.mfc;
  tags.status = undefined;
  tags.request = UPDATES[value] ?? 'immediate';
  tagsChanged(spe, 'spu');
}

/** MFC_RdTagStat: the groups asked for that are done, or undefined while the SPU has to wait. */
export function readTagStatus({ state }: Spe): number | undefined {
  const { tags } = state.mfc;
  const { status } = tags;
  tags.status = undefined;
  return status;
}

/** Prxy_QueryType: 1 any, 2 all; 0 takes the query back. */
export function queryProxyTags(spe: Spe, value: number): void {
  const { proxyTags } = spe.state.mfc;
  proxyTags.request = value === 0 ? undefined : UPDATES[value];
  tagsChanged(spe, 'proxy');
}

/** Prxy_QueryType as it reads: the query that waits, 0 for none. */
export function pendingQuery({ state: { mfc: { proxyTags: { request } } } }: Spe): number {
  return request === undefined ? 0 : UPDATES.indexOf(request);
}

/** A queue changed: answers whoever waits for its tag groups. */
export function tagsChanged(spe: Spe, name: QueueName): void {
  if (name === 'atomic') return;
  const { mfc } = spe.state;
  const tags = name === 'spu' ? mfc.tags : mfc.proxyTags;
  const done = (completedTags(mfc.queues[name]) & tags.mask) >>> 0;
  if (!isMet(tags, done)) return;
  tags.request = undefined;
  if (name === 'proxy') {
    raiseInterrupt(spe, 2, INTERRUPT.tagGroupComplete);
    return;
  }
  tags.status = done;
  raiseEvent(spe, EVENT.tagStatus);
  wakeFromChannel(spe);
}

/** With an empty mask, every condition is met. */
function isMet({ request, mask }: TagStatus, done: number): boolean {
  switch (request) {
    case undefined: return false;
    case 'immediate': return true;
    case 'any': return done !== 0 || mask === 0;
    case 'all': return done === mask >>> 0;
  }
}
