/** A new context and its directory (facts 3.1). */
import { newInode, S_IFDIR, S_IFREG, touch } from '../files/inode.ts';
import type { Inode } from '../files/state.ts';
import type { Kernel } from '../kernel.ts';
import { takeFramesAtOnce } from '../mm/pageCache.ts';
import { newRwSemaphore } from '../rwsem.ts';
import type { Task } from '../state.ts';
import { ERRNO } from '../syscall/errno.ts';
import { newWaitQueue } from '../wait.ts';
import { newContext } from '../../spe/context.ts';
import { lastPart } from './context.ts';
import { SPU_CREATE } from './createFlags.ts';
import { SPU_FILE, type SpuFileName } from './fileTable.ts';
import { IMAGE_ALIGNMENT, IMAGE_FRAMES } from './image.ts';
import { newSchedule } from './scheduler/schedule.ts';
import { hasReaders } from './stateSema.ts';
import type { SpuContext } from './state.ts';
import { newStatistics } from './statistics.ts';
import { contextCreated } from '../../timeline/record.ts';

const PERMISSIONS = 0o777;
const WRITE_ONLY = 0o222;

/** Who asked spu_create for a context, and how. */
export interface NewContext {
  readonly mode: number;
  /** SPU_CREATE_ bits. */
  readonly flags: number;
  readonly task: Task;
}

/** Makes a context and its directory in `root` (`/spu`, or a gang); -ENOMEM where there is no memory for its local store. */
export function createContext(k: Kernel, root: Inode, name: string, { mode, flags, task }: NewContext): Inode | number {
  if (root.content.kind !== 'spufsRoot' && root.content.kind !== 'spuGang') return -ERRNO.EINVAL;
  if (root.content.entries.has(name)) return -ERRNO.EEXIST;
  const imageFrame = takeFramesAtOnce(k, IMAGE_FRAMES, IMAGE_ALIGNMENT);
  if (imageFrame === undefined) return -ERRNO.ENOMEM;
  const { spufs, files } = k.state;
  const path = `${root.path}/${name}`;
  const gang = root.content.kind === 'spuGang' ? root.content.gang : undefined;
  const context: SpuContext = {
    id: spufs.nextContext, name: contextName(root, name), path, root, state: 'SAVED', spe: undefined, owner: task.mm, flags, references: 0,
    stateSema: newRwSemaphore(`${hasReaders(k.profile) ? 'state_sema' : 'state_mutex'} of ${path}`),
    deferred: [],
    runSema: { holder: undefined, queue: newWaitQueue(`run_sema of ${path}`) },
    stopQueue: newWaitQueue(`stop_wq of ${path}`),
    boundQueue: newWaitQueue(`run_wq of ${path}`),
    iboxQueue: newWaitQueue(`ibox_wq of ${path}`),
    wboxQueue: newWaitQueue(`wbox_wq of ${path}`),
    mfcQueue: newWaitQueue(`mfc_wq of ${path}`),
    schedule: newSchedule(k, task), gang, affinity: { head: false, offset: 0 }, objectId: 0n, eventReturn: 0, statistics: newStatistics(k.now()),
    runner: undefined, executed: 0, imageFrame, saved: newContext(), mapped: new Set(), asyncFiles: new Set(), switchLog: undefined, switchLogQueue: newWaitQueue(`switch_log of ${path}`), mfcOpen: false, tagWait: 0,
    faults: { SIGBUS: 0, OOM: 0, MINOR: 0, MAJOR: 0, RETRY: 0, SIGSEGV: 0 },
  };
  spufs.nextContext += 1;
  gang?.contexts.push(context);
  giveUpName(spufs.contexts, context.name);
  spufs.contexts.set(context.name, context);
  contextCreated(k, context);
  const entries = new Map<string, Inode>();
  const folder = newInode(files, path, S_IFDIR | (mode & PERMISSIONS), { kind: 'spuContext', context, entries }, k.now());
  for (const file of filesOf(k, flags)) {
    entries.set(file, newInode(files, `${path}/${file}`, S_IFREG | (fileMode(file, flags) & mode), { kind: 'spuFile', context, file, size: k.profile.fileSizes ? SPU_FILE[file].size ?? 0 : 0 }, k.now()));
  }
  root.content.entries.set(name, folder);
  root.links += 1;
  touch(k, root);
  return folder;
}

/** A context with SPU_CREATE_NOSCHED is never saved: it has no files that need it to be (facts 3.2). */
function filesOf({ profile: { spuFiles } }: Kernel, flags: number): readonly SpuFileName[] {
  return isScheduled(flags) ? spuFiles : spuFiles.filter((file) => SPU_FILE[file].needsSave !== true);
}

function fileMode(file: SpuFileName, flags: number): number {
  return !isScheduled(flags) && (file === 'signal1' || file === 'signal2') ? WRITE_ONLY : SPU_FILE[file].mode;
}

function isScheduled(flags: number): boolean {
  return (flags & SPU_CREATE.nosched) === 0;
}

/** `worker`; in a gang `gang/worker`. */
function contextName({ content, path }: Inode, name: string): string {
  return content.kind === 'spuGang' ? `${lastPart(path)}/${name}` : name;
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
