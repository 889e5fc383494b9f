/** Reading, writing and mapping the files of a context (facts 3.2, 3.3): what each kind of file answers. */
import { failed, type FileOperations, type ReadAnswer, type TransferRequest, type WriteAnswer } from '../files/fileOperations.ts';
import { O, POLL } from '../files/flags.ts';
import type { OpenFile } from '../files/state.ts';
import type { Kernel } from '../kernel.ts';
import type { MappingSource } from '../mm/mappings.ts';
import { PTE_GUARDED, PTE_NO_CACHE } from '../mm/pte.ts';
import { newFrame } from '../path.ts';
import { ERRNO } from '../syscall/errno.ts';
import { isPrivileged } from '../task/identity.ts';
import { setAsync } from './asyncNotice.ts';
import { SPU_CREATE } from './createFlags.ts';
import { forgetContext, holdContext, releaseReference } from './context.ts';
import { pollDma, readCompletedTags } from './dmaFile.ts';
import { registerArea, SPU_FILE, type SpuFileName } from './fileTable.ts';
import { readMemory, writeMemory } from './localStore.ts';
import { BODY, type Body, isSavedFile, pieceOf, writeBody } from './savedFiles.ts';
import type { SpuContext } from './state.ts';
import { closeSwitchLog, openSwitchLog, readSwitchLog } from './switchLog.ts';
import { isWordFile, pollWords, readWord, writeWords } from './wordFiles.ts';

const WORD_BYTES = 4;

/** Operations of `/spu/NAME/FILE`, for files with a position. */
export const spuFileOperations: FileOperations = {
  seekable: true,
  open: (_k, task, inode) => {
    const { context, file } = spuFile(inode);
    if (file === 'mfc' && context.owner !== task.mm) return -ERRNO.EINVAL;
    if (file === 'mfc' && context.mfcOpen) return -ERRNO.EBUSY;
    if (file === 'switch_log') {
      const busy = openSwitchLog(context);
      if (busy !== 0) return busy;
    }
    if (file === 'mfc') context.mfcOpen = true;
    holdContext(context);
    return 0;
  },
  read: (k, _task, { inode }, request) => readFile(k, spuFile(inode), request),
  write: (k, _task, file, bytes, request) => writeFile(k, spuFile(file.inode), bytes, request, (file.flags & O.NONBLOCK) === 0),
  poll: (k, { inode }) => {
    const { context, file } = spuFile(inode);
    if (file === 'switch_log') return (context.switchLog?.length ?? 0) > 0 ? POLL.IN : 0;
    return file === 'mfc' ? pollDma(k, context) : pollWords(k, context, file) ?? (POLL.IN | POLL.OUT);
  },
  fasync: (_k, file, on) => {
    const { context, file: name } = spuFile(file.inode);
    setAsync(context, name, file, on);
  },
  release: (k, open) => {
    const { context, file } = spuFile(open.inode);
    setAsync(context, file, open, false);
    if (file === 'mfc') context.mfcOpen = false;
    if (file === 'switch_log') closeSwitchLog(context);
    releaseReference(k, context);
  },
};

const unseekableOperations: FileOperations = { ...spuFileOperations, seekable: false };

export function operationsOfSpuFile(file: SpuFileName): FileOperations {
  return SPU_FILE[file].seekable === true ? spuFileOperations : unseekableOperations;
}

/** Operations of the descriptor that spu_create returned. */
export const spuContextOperations: FileOperations = {
  seekable: true,
  release: (k, { inode }) => {
    if (inode.content.kind === 'spuDescriptor') forgetContext(k, inode.content.context);
  },
};

/** What mmap of a spufs file maps, or a negative errno (facts 3.3). */
export function mappableSpuFile(k: Kernel, file: OpenFile, shared: boolean): MappingSource | number {
  const { context, file: name } = spuFile(file.inode);
  const isMemory = SPU_FILE[name].maps === 'local-store';
  if (!isMemory && !registerArea(name, k.configuration.pageBytes, k.profile.psMapLimit)) return -ERRNO.ENODEV;
  if (!shared) return -ERRNO.EINVAL;
  if (k.profile.rawIoFiles.includes(name) && !isPrivileged(k)) return -ERRNO.EPERM;
  context.mapped.add(file.inode);
  return {
    handler: isMemory ? 'spufs_mem' : 'spufs_ps',
    name: file.inode.path,
    file,
    context,
    pteFlags: isMemory ? PTE_NO_CACHE : PTE_NO_CACHE | PTE_GUARDED,
  };
}

interface SpuFile {
  readonly context: SpuContext;
  readonly file: SpuFileName;
}

function readFile(k: Kernel, { context, file }: SpuFile, request: TransferRequest): ReadAnswer {
  if (file === 'mem') return { kind: 'bytes', bytes: readMemory(k, context, request.position, request.count), more: true };
  if (file === 'mfc') return readCompletedTags(k, context, request.count);
  if (file === 'switch_log') return readSwitchLog(context, request.count);
  if (isSignal(file) && (context.flags & SPU_CREATE.nosched) !== 0) return failed(ERRNO.EINVAL);
  if (isSignal(file) && request.count < WORD_BYTES) return failed(ERRNO.EINVAL);
  if (isWordFile(file) && !(isSignal(file) && k.profile.signalRead === 'pending')) return readWord(k, context, file, request.count);
  if (!isSavedFile(file) || !hasBody(k, file)) return failed(ERRNO.EINVAL);
  if (file === 'proxydma_info' && request.count < (SPU_FILE[file].size ?? 0)) return failed(ERRNO.EINVAL);
  const body: Body = BODY[file];
  // The rest of a text that was read in part comes from the descriptor.
  if (!takesOff(file) || (body.isText === true && request.position > 0)) {
    return { kind: 'bytes', bytes: pieceOf(body, k, context, request), more: false };
  }
  return { kind: 'path', frame: newFrame('spufs_read_saved', { context, file, request, bytes: undefined, taken: 0 }) };
}

function writeFile(k: Kernel, { context, file }: SpuFile, bytes: Uint8Array, request: TransferRequest, mayWait: boolean): WriteAnswer {
  if (file === 'mem') return countOrError(writeMemory(k, context, request.position, bytes));
  if (file === 'mfc') return { kind: 'path', frame: newFrame('spufs_mfc_write', { context, bytes: bytes.slice(), mayWait, asleep: false }) };
  if (isWordFile(file)) return writeWords(k, context, file, bytes);
  if (!isSavedFile(file) || !hasBody(k, file)) return failed(ERRNO.EINVAL);
  const body: Body = BODY[file];
  if (!takesOff(file) || !body.write) return countOrError(writeBody(body, k, context, bytes, request.position));
  return { kind: 'path', frame: newFrame('spufs_write_saved', { context, file, request, bytes: bytes.slice(), taken: 0 }) };
}

/** Before it had a text, cntl could only be mapped. */
function hasBody({ profile }: Kernel, file: SpuFileName): boolean {
  return file !== 'cntl' || profile.controlText;
}

/** Reading or writing the file needs the context saved. */
function takesOff(file: SpuFileName): boolean {
  return SPU_FILE[file].needsSave === true || isSignal(file);
}

function isSignal(file: SpuFileName): boolean {
  return file === 'signal1' || file === 'signal2';
}

function countOrError(result: number): WriteAnswer {
  return result < 0 ? failed(-result) : { kind: 'count', count: result };
}

function spuFile({ content, path }: OpenFile['inode']): SpuFile {
  if (content.kind !== 'spuFile') throw new Error(`${path} was used as a file of an SPE context and is none.`);
  return { context: content.context, file: content.file };
}
