/** The `mfc` file: proxy DMA by writing commands and reading completed tags (facts 3.2). */
import { enterProxyCommand } from '../../spe/mfcEntry.ts';
import { freePlaces } from '../../spe/mfcQueue.ts';
import { completedTags, queryProxyTags } from '../../spe/tags.ts';
import type { CommandParameters } from '../../spe/state.ts';
import { failed, type ReadAnswer } from '../files/fileOperations.ts';
import { POLL } from '../files/flags.ts';
import type { Kernel } from '../kernel.ts';
import { call, done, goTo, labelled, next, path, step, stepWhen, wait, type Verdict } from '../path.ts';
import type { Task } from '../state.ts';
import { ERRNO, RESTART } from '../syscall/errno.ts';
import { speOf } from './bind.ts';
import { waitBegins, waitEnds } from './scheduler/waiting.ts';
import type { SpuContext } from './state.ts';
import { releaseContext } from './stateSema.ts';

const COMMAND_BYTES = 24;
const TAG_BYTES = 4;
/** Proxy_QueryType. */
const ANY = 1;
const ALL = 2;
const PUT = new Set([0x20, 0x21, 0x22]);
const GET = new Set([0x40, 0x41, 0x42]);
const LARGEST = 16384;
/** The upper 16 tags are the kernel's. */
const USER_TAGS = 16;

export interface DmaWrite {
  readonly context: SpuContext;
  readonly bytes: Uint8Array;
  /** The file is not O_NONBLOCK. */
  readonly mayWait: boolean;
  asleep: boolean;
}

declare module '../path.ts' {
  interface PathLocals {
    spufs_mfc_write: DmaWrite;
  }
}

/** Enters one command into the proxy queue, waiting for an SPE and for a free place. */
export const spufsMfcWrite = path('spufs_mfc_write', 'arch/powerpc/platforms/cell/spufs/file.c', [
  step('one command of 24 bytes that passes spufs_check_valid_dma', (_k, _task, f) => {
    const error = commandError(f.bytes);
    return error === 0 ? next : done(-error);
  }),
  labelled('acquire', 'get the context an SPE; from 2.6.25 on lock it wherever it is', (k, _task, f) =>
    call(k.profile.scheduler === 'async' ? 'spu_acquire' : 'spu_acquire_runnable', { context: f.context, fault: undefined })),
  step('no SPE: give up', (_k, _task, _f, { returned }) => (returned === 0 ? next : done(returned))),
  stepWhen(({ scheduler }) => scheduler === 'async', 'wait on run_wq until the scheduler has put it on an SPE', waitUntilBound),
  step('enter the command, when the queue has a free place', (k, task, f) => {
    const spe = speOf(k, f.context);
    if (freePlaces(spe, 'proxy') === 0) return next;
    const { parameters, word } = decode(f.bytes);
    enterProxyCommand(spe, parameters, word, k.now());
    f.context.tagWait |= 1 << parameters.tag;
    releaseContext(k, task, f.context);
    return done(COMMAND_BYTES);
  }),
  step('full: -EAGAIN where the file may not wait', (k, task, f) => {
    if (f.mayWait) return next;
    releaseContext(k, task, f.context);
    return done(-ERRNO.EAGAIN);
  }),
  step('sleep on mfc_wq until a command is done', sleepForSpace),
  step('try again', () => goTo('acquire')),
]);

/** Reads the mask of tags that are done since they were last read. */
export function readCompletedTags(k: Kernel, context: SpuContext, count: number): ReadAnswer {
  if (count !== TAG_BYTES) return failed(ERRNO.EINVAL);
  const spe = speOf(k, context);
  const completed = (completedTags(spe.state.mfc.queues.proxy) & context.tagWait) >>> 0;
  if (completed === 0) {
    askForTags(k, context, ANY);
    return { kind: 'wait', queue: context.mfcQueue };
  }
  context.tagWait &= ~completed;
  const bytes = new Uint8Array(TAG_BYTES);
  new DataView(bytes.buffer).setUint32(0, completed);
  return { kind: 'bytes', bytes, more: false };
}

/** Asks again from the lock on when it was woken. */
function waitUntilBound(k: Kernel, task: Task, f: DmaWrite): Verdict {
  if (f.asleep) {
    f.asleep = false;
    waitEnds(k, f.context);
    return task.interrupted ? done(-RESTART.ERESTARTSYS) : goTo('acquire');
  }
  if (f.context.state === 'RUNNABLE') return next;
  f.asleep = true;
  waitBegins(k, f.context);
  releaseContext(k, task, f.context);
  return wait(f.context.boundQueue, true);
}

function sleepForSpace(k: Kernel, task: Task, f: DmaWrite): Verdict {
  if (task.interrupted) return done(-RESTART.ERESTARTSYS);
  if (f.asleep) {
    f.asleep = false;
    return next;
  }
  f.asleep = true;
  // Only of commands under way: a tag that is done already would wake nobody.
  askForTags(k, f.context, ANY, f.context.tagWait & ~completedTags(speOf(k, f.context).state.mfc.queues.proxy));
  releaseContext(k, task, f.context);
  return wait(f.context.mfcQueue, true);
}

/** POLL_ bits: a free place for a command, a tag that is done. An interrupt comes when all are. */
export function pollDma(k: Kernel, context: SpuContext): number {
  const spe = speOf(k, context);
  if (context.tagWait !== 0) askForTags(k, context, ALL);
  const isDone = (completedTags(spe.state.mfc.queues.proxy) & context.tagWait) !== 0;
  return (freePlaces(spe, 'proxy') > 0 ? POLL.OUT : 0) | (isDone ? POLL.IN : 0);
}

function askForTags(k: Kernel, context: SpuContext, condition: typeof ANY | typeof ALL, tags = context.tagWait): void {
  const spe = speOf(k, context);
  spe.state.mfc.proxyTags.mask = tags;
  queryProxyTags(spe, condition);
}

/** struct mfc_dma_command: pad, lsa, ea, size, tag, class, cmd. */
function decode(bytes: Uint8Array): { readonly parameters: CommandParameters; readonly word: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, COMMAND_BYTES);
  return {
    parameters: {
      lsa: view.getUint32(4), eaHigh: view.getUint32(8), eaLow: view.getUint32(12), size: view.getUint16(16), tag: view.getUint16(18),
    },
    word: ((view.getUint16(20) << 16) | view.getUint16(22)) >>> 0,
  };
}

function commandError(bytes: Uint8Array): number {
  if (bytes.length !== COMMAND_BYTES) return ERRNO.EINVAL;
  const { parameters: { lsa, eaLow, size, tag }, word } = decode(bytes);
  const command = word & 0xffff;
  if (!PUT.has(command) && !GET.has(command)) return ERRNO.EIO;
  if ((lsa & 15) !== (eaLow & 15)) return ERRNO.EIO;
  const rest = size & 15;
  if (![0, 1, 2, 4, 8].includes(rest) || (lsa & (rest === 0 ? 15 : rest - 1)) !== 0) return ERRNO.EIO;
  return size > LARGEST || tag >= USER_TAGS || word >>> 16 !== 0 ? ERRNO.EIO : 0;
}
