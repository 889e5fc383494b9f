/** The life of a context: spu_create makes it, its last holder ends it (facts 3.1). */
import { newInode, S_IFDIR, S_IFREG, touch } from '../files/inode.ts';
import type { Inode } from '../files/state.ts';
import type { Kernel } from '../kernel.ts';
import { releaseFrames } from '../mm/frames.ts';
import { takeFramesAtOnce } from '../mm/reclaim.ts';
import type { Mm } from '../mm/state.ts';
import { newRwSemaphore } from '../rwsem.ts';
import { ERRNO } from '../syscall/errno.ts';
import { newWaitQueue } from '../wait.ts';
import { newContext } from '../../spe/context.ts';
import { deactivate } from './deactivate.ts';
import { SPU_FILE } from './fileTable.ts';
import { IMAGE_ALIGNMENT, IMAGE_FRAMES } from './image.ts';
import { newRunQueue } from './runQueue.ts';
import type { SpuContext, SpufsState } from './state.ts';

const PERMISSIONS = 0o777;

export function newSpufsState(spes: number): SpufsState {
  const numbers = Array.from({ length: spes }, (_, spe) => spe);
  return {
    contexts: new Map(),
    ended: [],
    nextContext: 1,
    slots: numbers.map((spe) => ({ spe, context: undefined, priority: 0, timestamp: 0, marked: false })),
    runQueue: newRunQueue(numbers),
  };
}

/** Makes a context and its directory in `root` (`/spu`), which has no such name; -ENOMEM where there is no memory for its local store. */
export function createContext(k: Kernel, root: Inode, name: string, mode: number, owner: Mm): Inode | number {
  if (root.content.kind !== 'spufsRoot') return -ERRNO.EINVAL;
  if (root.content.entries.has(name)) return -ERRNO.EEXIST;
  const imageFrame = takeFramesAtOnce(k, IMAGE_FRAMES, IMAGE_ALIGNMENT);
  if (imageFrame === undefined) return -ERRNO.ENOMEM;
  const { spufs, files } = k.state;
  const path = `${root.path}/${name}`;
  const context: SpuContext = {
    id: spufs.nextContext, name, path, root, state: 'SAVED', spe: undefined, owner, flags: 0, references: 0,
    stateSema: newRwSemaphore(`state_sema of ${path}`),
    reaperWaits: false,
    runSema: { holder: undefined, queue: newWaitQueue(`run_sema of ${path}`) },
    stopQueue: newWaitQueue(`stop_wq of ${path}`),
    iboxQueue: newWaitQueue(`ibox_wq of ${path}`),
    wboxQueue: newWaitQueue(`wbox_wq of ${path}`),
    mfcQueue: newWaitQueue(`mfc_wq of ${path}`),
    runner: undefined, imageFrame, saved: newContext(), mapped: new Set(), mfcOpen: false, tagWait: 0,
    faults: { SIGBUS: 0, OOM: 0, MINOR: 0, MAJOR: 0, RETRY: 0, SIGSEGV: 0 },
  };
  spufs.nextContext += 1;
  giveUpName(spufs.contexts, name);
  spufs.contexts.set(name, context);
  const entries = new Map<string, Inode>();
  const folder = newInode(files, path, S_IFDIR | (mode & PERMISSIONS), { kind: 'spuContext', context, entries }, k.now());
  for (const file of k.profile.spuFiles) {
    entries.set(file, newInode(files, `${path}/${file}`, S_IFREG | (SPU_FILE[file].mode & mode), { kind: 'spuFile', context, file }, k.now()));
  }
  root.content.entries.set(name, folder);
  root.links += 1;
  touch(k, root);
  return folder;
}

/**
 * The last descriptor that spu_create gave is closed (spu_forget): the directory goes away, and
 * the context has no owner any more. Open files and mappings keep it alive.
 */
export function forgetContext(k: Kernel, context: SpuContext): void {
  const { root } = context;
  if (root.content.kind === 'spufsRoot' && root.content.entries.delete(context.name)) {
    root.links -= 1;
    touch(k, root);
  }
  deactivate(k, context);
  context.owner = undefined;
  releaseReference(k, context);
}

export function holdContext(context: SpuContext): void {
  context.references += 1;
}

/** One holder fewer; the last one frees the SPE and the memory of the context. */
export function releaseReference(k: Kernel, context: SpuContext): void {
  context.references -= 1;
  if (context.references > 0) return;
  deactivate(k, context);
  releaseFrames(k, context.imageFrame, IMAGE_FRAMES);
  k.state.spufs.contexts.delete(context.name);
  k.state.spufs.ended.push({ name: context.name, faults: context.faults });
}

/** A context that lives on without a directory leaves its name to a new one. */
function giveUpName(contexts: Map<string, SpuContext>, name: string): void {
  const closed = contexts.get(name);
  if (!closed) return;
  contexts.delete(name);
  giveUpName(contexts, `${name} (closed)`);
  closed.name = `${name} (closed)`;
  contexts.set(closed.name, closed);
}
