/** Gangs: directories of contexts that may be placed next to each other (facts 3.1, 4.7). */
import { directoryEntries, newInode, S_IFDIR, touch } from '../files/inode.ts';
import type { Inode } from '../files/state.ts';
import type { Kernel } from '../kernel.ts';
import { ERRNO } from '../syscall/errno.ts';
import { SPU_CREATE } from './createFlags.ts';
import type { SpuContext, SpuGang } from './state.ts';

const PERMISSIONS = 0o777;

/** Makes a gang in the root of spufs. It has no end: nobody takes the directory away again. */
export function createGang(k: Kernel, root: Inode, name: string, mode: number): Inode {
  const path = `${root.path}/${name}`;
  const gang: SpuGang = { path, contexts: [], chain: [], reference: undefined, referenceSpe: undefined, placed: 0, merged: false };
  const folder = newInode(k.state.files, path, S_IFDIR | (mode & PERMISSIONS), { kind: 'spuGang', gang, entries: new Map() }, k.now());
  directoryEntries(root)?.set(name, folder);
  root.links += 1;
  touch(k, root);
  return folder;
}

/**
 * spufs_assert_affinity: whether a new context of a gang may have a place, beside `neighbour`
 * with SPU_CREATE_AFFINITY_SPU: 0 or a negative errno.
 */
export function checkAffinity(k: Kernel, gang: SpuGang | undefined, flags: number, neighbour: SpuContext | undefined): number {
  if (!gang) return -ERRNO.EINVAL;
  if ((flags & SPU_CREATE.affinityMem) !== 0 && gang.reference && (gang.reference.flags & SPU_CREATE.affinityMem) !== 0) return -ERRNO.EEXIST;
  if (gang.merged) return -ERRNO.EBUSY;
  if ((flags & SPU_CREATE.affinitySpu) === 0) return 0;
  if (!neighbour) return -ERRNO.EINVAL;
  if (isSurrounded(gang, neighbour)) return -ERRNO.EEXIST;
  if (neighbour.gang !== gang) return -ERRNO.EINVAL;
  const wanted = gang.chain.length + (gang.chain.includes(neighbour) ? 1 : 2);
  return freelyScheduled(k) >= wanted ? 0 : -ERRNO.EEXIST;
}

/** spufs_set_affinity: puts the new context into the chain. */
export function setAffinity(context: SpuContext, neighbour: SpuContext | undefined): void {
  const { gang, flags } = context;
  if (!gang) return;
  if ((flags & SPU_CREATE.affinityMem) !== 0) gang.reference = context;
  if ((flags & SPU_CREATE.affinitySpu) === 0 || !neighbour) return;
  if (!gang.chain.includes(neighbour)) {
    gang.chain.push(neighbour);
    neighbour.affinity.head = true;
  }
  const place = gang.chain.indexOf(neighbour);
  const following = gang.chain[place + 1];
  if (!following || following.affinity.head) {
    gang.chain.splice(place + 1, 0, context);
  } else {
    gang.chain.splice(place, 0, context);
    if (neighbour.affinity.head) {
      neighbour.affinity.head = false;
      context.affinity.head = true;
    }
  }
  gang.reference ??= context;
}

/** The context is gone. */
export function leaveGang(context: SpuContext): void {
  const { gang } = context;
  if (!gang) return;
  for (const list of [gang.contexts, gang.chain]) if (list.includes(context)) list.splice(list.indexOf(context), 1);
  if (gang.reference === context) gang.reference = gang.chain[0];
}

/** Both sides of a context of the chain are taken. */
function isSurrounded({ chain }: SpuGang, neighbour: SpuContext): boolean {
  const place = chain.indexOf(neighbour);
  const following = chain[place + 1];
  return place >= 0 && !neighbour.affinity.head && following !== undefined && !following.affinity.head;
}

/** SPEs that no context with SPU_CREATE_NOSCHED keeps. */
function freelyScheduled(k: Kernel): number {
  return k.state.spufs.slots.filter(({ context }) => !context || (context.flags & SPU_CREATE.nosched) === 0).length;
}
